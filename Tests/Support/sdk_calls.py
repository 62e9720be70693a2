"""One call of each method of label-studio-sdk that the open server answers, in an order that works."""

import json
from dataclasses import dataclass
from types import SimpleNamespace

import sdk_storage_calls
from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError
from recording import Answer, Recorder

CONFIG = """<View><Image name="image" value="$image"/><Choices name="kind" toName="image">
<Choice value="car"/><Choice value="person"/></Choices></View>"""
OTHER_CONFIG = CONFIG.replace('<Choice value="person"/>', '<Choice value="bus"/>')
UPLOAD = b"image\nhttps://images.invalid/u.jpg\n"
CALLS = {}


def method_of(name):
    """The method that a call is of: a second call of one adds a comma and what is special about it."""
    return name.partition(",")[0]


def call(name):
    """Registers how a method is called; what it returns is compared."""
    def register(function):
        CALLS[name] = function
        return function
    return register


def simple(name, function):
    """Registers a call that keeps nothing for later ones."""
    CALLS[name] = function


def choice(value):
    return [{"id": "c1", "from_name": "kind", "to_name": "image", "type": "choices",
             "value": {"choices": [value]}}]


# Projects and tasks


@call("projects.create")
def create_project(c):
    c.project = c.client.projects.create(title="Calls", label_config=CONFIG)
    return c.project


@call("projects.import_tasks")
def import_tasks(c):
    answer = c.client.projects.import_tasks(
        id=c.project.id, return_task_ids=True,
        request=[{"image": f"https://images.invalid/{i}.jpg"} for i in range(5)],
    )
    c.tasks = answer.task_ids
    return answer


simple("projects.get", lambda c: c.client.projects.get(id=c.project.id))
simple("projects.list", lambda c: [p.id == c.project.id for p in c.client.projects.list()])
simple("projects.update", lambda c: c.client.projects.update(id=c.project.id, title="Renamed"))
simple("projects.list_counts", lambda c: c.client.projects.list_counts().results[0])
simple("projects.validate_label_config", lambda c: c.client.projects.validate_label_config(
    id=c.project.id, label_config=OTHER_CONFIG))


@call("tasks.create")
def create_task(c):
    c.task = c.client.tasks.create(
        project=c.project.id, data={"image": "https://images.invalid/t.jpg"})
    return c.task


simple("tasks.get", lambda c: c.client.tasks.get(id=str(c.tasks[0])))
simple("tasks.list", lambda c: list(c.client.tasks.list(project=c.project.id)))
simple("tasks.update", lambda c: c.client.tasks.update(
    id=str(c.tasks[0]), data={"image": "https://images.invalid/x.jpg"}, meta={"a": 1}))


# Annotations and predictions


@call("annotations.create")
def create_annotation(c):
    c.annotation = c.client.annotations.create(
        id=c.tasks[0], result=choice("car"), lead_time=2.5, ground_truth=True)
    return c.annotation


simple("annotations.get", lambda c: c.client.annotations.get(id=c.annotation.id))
simple("annotations.list", lambda c: c.client.annotations.list(id=c.tasks[0]))
simple("annotations.update", lambda c: c.client.annotations.update(
    id=c.annotation.id, result=choice("person")))


@call("predictions.create")
def create_prediction(c):
    c.prediction = c.client.predictions.create(
        task=c.tasks[1], result=choice("car"), score=0.5, model_version="m1")
    return c.prediction


simple("predictions.get", lambda c: c.client.predictions.get(id=c.prediction.id))
simple("predictions.list", lambda c: c.client.predictions.list(task=c.tasks[1]))
simple("predictions.update", lambda c: c.client.predictions.update(
    id=c.prediction.id, score=0.75))
simple("projects.import_predictions", lambda c: c.client.projects.import_predictions(
    id=c.project.id,
    request=[{"task": c.tasks[2], "result": choice("car"), "model_version": "m2"}]))
simple("annotations.create, skipped", lambda c: c.client.annotations.create(
    id=c.tasks[3], result=[], was_cancelled=True, lead_time=1))
simple("annotations.list, skipped", lambda c: c.client.annotations.list(id=c.tasks[3]))
simple("tasks.get, annotated", lambda c: c.client.tasks.get(id=str(c.tasks[0])))
simple("tasks.get, predicted", lambda c: c.client.tasks.get(id=str(c.tasks[1])))
simple("tasks.get, skipped", lambda c: c.client.tasks.get(id=str(c.tasks[3])))
simple("tasks.list, annotated", lambda c: list(c.client.tasks.list(
    project=c.project.id, only_annotated=True)))
simple("tasks.list, in pages", lambda c: list(c.client.tasks.list(
    project=c.project.id, page_size=2)))
simple("tasks.list, tasks alone", lambda c: list(c.client.tasks.list(
    project=c.project.id, fields="task_only")))
simple("projects.get, annotated", lambda c: c.client.projects.get(id=c.project.id))
simple("projects.list, some fields", lambda c: list(c.client.projects.list(
    include="id,title,task_number", ids=str(c.project.id))))
simple("projects.list, by title", lambda c: list(c.client.projects.list(title="Ren", page_size=1)))
simple("projects.list_counts, annotated", lambda c: c.client.projects.list_counts())
simple("projects.list_unique_annotators", lambda c: c.client.projects.list_unique_annotators(
    id=c.project.id))


# Views and actions


@call("views.create")
def create_view(c):
    c.view = c.client.views.create(project=c.project.id, data={
        "title": "Some", "ordering": ["-tasks:id"],
        "filters": {"conjunction": "and", "items": [{
            "filter": "filter:tasks:id", "operator": "greater", "type": "Number",
            "value": c.tasks[0]}]}})
    return c.view


simple("views.get", lambda c: c.client.views.get(id=str(c.view.id)))
simple("views.list", lambda c: c.client.views.list(project=c.project.id))
simple("views.update", lambda c: c.client.views.update(
    id=str(c.view.id), project=c.project.id, data={"title": "Other"}))
simple("tasks.list, of a view", lambda c: list(c.client.tasks.list(view=c.view.id)))
simple("tasks.list, of a query", lambda c: list(c.client.tasks.list(
    project=c.project.id, query=json.dumps({"ordering": ["-tasks:id"], "filters": {
        "conjunction": "and", "items": [{"filter": "filter:tasks:total_annotations",
                                         "operator": "equal", "type": "Number", "value": 0}]}}))))
simple("views.update_order", lambda c: c.client.views.update_order(
    project=c.project.id, ids=[c.view.id]))
simple("actions.list", lambda c: [a.id for a in c.client.actions.list(project=c.project.id)])
simple("actions.create", lambda c: c.client.actions.create(
    id="predictions_to_annotations", project=c.project.id,
    selected_items={"all": False, "included": [c.tasks[2]]}))


# Exports


simple("projects.exports.list_formats", lambda c: sorted(
    f["name"] for f in c.client.projects.exports.list_formats(id=c.project.id)
    if f["name"] in ("JSON", "CSV")))
simple("projects.exports.download_sync", lambda c: len(b"".join(
    c.client.projects.exports.download_sync(id=c.project.id, export_type="JSON"))) > 2)


for kind in ("JSON_MIN", "CSV", "TSV"):
    simple(f"projects.exports.download_sync, {kind}", lambda c, kind=kind: len(b"".join(
        c.client.projects.exports.download_sync(id=c.project.id, export_type=kind))) > 2)
simple("projects.exports.download_sync, all tasks", lambda c: len(b"".join(
    c.client.projects.exports.download_sync(
        id=c.project.id, export_type="JSON", download_all_tasks=True))) > 2)


@call("projects.exports.create")
def create_snapshot(c):
    c.snapshot = c.client.projects.exports.create(id=c.project.id, title="Kept")
    return c.snapshot


simple("projects.exports.get", lambda c: c.client.projects.exports.get(
    id=c.project.id, export_pk=c.snapshot.id))
simple("projects.exports.list", lambda c: c.client.projects.exports.list(id=c.project.id))
simple("projects.exports.convert", lambda c: c.client.projects.exports.convert(
    id=c.project.id, export_pk=c.snapshot.id, export_type="CSV"))
simple("projects.exports.download", lambda c: len(b"".join(
    c.client.projects.exports.download(id=c.project.id, export_pk=c.snapshot.id))) > 2)
simple("projects.exports.delete", lambda c: c.client.projects.exports.delete(
    id=c.project.id, export_pk=c.snapshot.id))


# Files


@call("files.list")
def list_files(c):
    c.http.post(f"/api/projects/{c.project.id}/import", files={"f": ("u.csv", UPLOAD)})
    c.files = c.client.files.list(id=c.project.id, all_=True)
    return c.files


simple("files.get", lambda c: c.client.files.get(id=c.files[0].id))
simple("files.download", lambda c: c.client.files.download(
    filename=c.files[0].file.removeprefix("upload/")))
simple("files.update", lambda c: c.client.files.update(id=c.files[0].id))
simple("files.delete", lambda c: c.client.files.delete(id=c.files[0].id))
simple("files.delete_many", lambda c: c.client.files.delete_many(id=c.project.id))


# People


simple("users.whoami", lambda c: c.client.users.whoami())


@call("users.create")
def create_user(c):
    c.user = c.client.users.create(
        email="calls@example.org", username="calls", first_name="Cal")
    return c.user


simple("users.get", lambda c: c.client.users.get(id=c.user.id))
simple("users.list", lambda c: [u.email for u in c.client.users.list()][-1:])
simple("users.update", lambda c: c.client.users.update(id=c.user.id, last_name="Ls"))
simple("users.get_hotkeys", lambda c: c.client.users.get_hotkeys())
simple("users.update_hotkeys", lambda c: c.client.users.update_hotkeys(
    custom_hotkeys={"annotation:submit": {"key": "ctrl+enter", "active": True}}))
simple("organizations.list", lambda c: c.client.organizations.list()[0].id)
simple("organizations.get", lambda c: c.client.organizations.get(id=1).id)
simple("organizations.update", lambda c: c.client.organizations.update(
    id=1, title="Surveyors").title)
simple("organizations.members.list", lambda c: [
    m.user.email for m in c.client.organizations.members.list(id=1).items][-1:])
simple("organizations.members.get", lambda c: c.client.organizations.members.get(
    id=1, user_pk=c.user.id).annotations_count)
simple("organizations.members.delete", lambda c: c.client.organizations.members.delete(
    id=1, user_pk=c.user.id))
simple("organizations.invites.get_invite_link", lambda c: (
    "/user/signup/?token=" in c.client.organizations.invites.get_invite_link().invite_url))
simple("organizations.reset_token", lambda c: (
    "/user/signup/?token=" in c.client.organizations.reset_token().invite_url))


@call("users.delete")
def delete_user(c):
    other = c.client.users.create(email="gone@example.org", username="gone")
    return c.client.users.delete(id=other.id)


# Webhooks


@call("webhooks.create")
def create_webhook(c):
    c.webhook = c.client.webhooks.create(
        url="https://hooks.example.org/a", project=c.project.id, send_for_all_actions=False,
        actions=["TASKS_CREATED"], headers={"X-Key": "k"}, is_active=False)
    return c.webhook


simple("webhooks.get", lambda c: c.client.webhooks.get(id=c.webhook.id))
simple("webhooks.list", lambda c: c.client.webhooks.list(project=str(c.project.id)))
simple("webhooks.info", lambda c: {
    name: (entry["key"], entry["organization-only"])
    for name, entry in c.http.value("GET", "/api/webhooks/info/").items()
    if c.client.webhooks.info()})
simple("webhooks.update", lambda c: c.client.webhooks.update(
    id=c.webhook.id, url="https://hooks.example.org/b", send_payload=False,
    actions=["ANNOTATION_CREATED"]))
simple("webhooks.delete", lambda c: c.client.webhooks.delete(id=c.webhook.id))


# ML backends


@call("ml.create")
def create_model(c):
    c.model = c.client.ml.create(
        url=c.places.model_url, project=c.project.id, title="Cars", is_interactive=True)
    return c.model


simple("ml.get", lambda c: c.client.ml.get(id=c.model.id))
simple("ml.list", lambda c: c.client.ml.list(project=c.project.id))
simple("ml.update", lambda c: c.client.ml.update(
    id=c.model.id, url=c.places.model_url, project=c.project.id, description="Finds cars"))
simple("ml.list_model_versions", lambda c: c.client.ml.list_model_versions(id=c.model.id))
simple("ml.predict_interactive", lambda c: c.client.ml.predict_interactive(
    id=c.model.id, task=c.tasks[3], context={"result": []}))
simple("ml.train", lambda c: c.client.ml.train(id=c.model.id))
simple("ml.delete", lambda c: c.client.ml.delete(id=c.model.id))


# Storages


sdk_storage_calls.register(call, simple)


# The site


simple("session_policy.get", lambda c: c.client.session_policy.get())
simple("session_policy.update", lambda c: c.client.session_policy.update(
    max_session_age=10_000))
simple("states.state_history", lambda c: c.client.states.state_history(
    entity_name="task", entity_id=c.tasks[0]))


@call("tasks.create_many_status")
def ask_for_a_status(c):
    # Both answer an import when it is done, so there is no status of one to ask for.
    try:
        return c.client.tasks.create_many_status(id=c.project.id, import_pk="999")
    except ApiError as error:
        return error.status_code


# Tokens


@call("tokens.create")
def create_token(c):
    c.token = c.client.tokens.create().token
    return len(c.token.split("."))


simple("tokens.list", lambda c: len(c.client.tokens.list()))
simple("tokens.refresh", lambda c: len(c.client.tokens.refresh(refresh=c.token).access) > 99)


@call("tokens.rotate")
def rotate_token(c):
    c.token = c.client.tokens.rotate(refresh=c.token).refresh
    # The client itself takes such a token, and swaps it for short ones.
    return LabelStudio(base_url=c.url, api_key=c.token).users.whoami().email


simple("tokens.blacklist", lambda c: c.client.tokens.blacklist(refresh=c.token))
simple("jwt_settings.get", lambda c: c.client.jwt_settings.get().api_tokens_enabled)
simple("jwt_settings.update", lambda c: c.client.jwt_settings.update(
    api_token_ttl_days=200, api_tokens_enabled=True,
    legacy_api_tokens_enabled=True).legacy_api_tokens_enabled)
simple("users.get_token", lambda c: len(c.client.users.get_token().token))
simple("versions.get", lambda c: c.client.versions.get().edition)


# What takes things away comes last.


simple("annotations.delete", lambda c: c.client.annotations.delete(id=c.annotation.id))
simple("predictions.delete", lambda c: c.client.predictions.delete(id=c.prediction.id))
simple("tasks.delete", lambda c: c.client.tasks.delete(id=str(c.task.id)))
simple("views.delete", lambda c: c.client.views.delete(id=str(c.view.id)))
simple("views.delete_all", lambda c: c.client.views.delete_all(project=c.project.id))
simple("tasks.delete_all_tasks", lambda c: c.client.tasks.delete_all_tasks(id=c.project.id))
simple("projects.delete", lambda c: c.client.projects.delete(id=c.project.id))
simple("users.reset_token", lambda c: len(c.client.users.reset_token().token))


@dataclass
class Outcome:
    """What a method came to: the value or the error that the client gave, and the answers behind it."""

    value: object
    answers: list[Answer]


def run(url, token, http, places):
    """Calls everything; the outcome of each, by name.

    `places` says where things are that the server is told of: a folder that it may read, a model,
    an object store.
    """
    recorder = Recorder()
    context = SimpleNamespace(
        url=url, http=http, places=places,
        client=LabelStudio(base_url=url, api_key=token, httpx_client=recorder.client),
    )
    outcomes = {}
    for name, function in CALLS.items():
        try:
            value = function(context)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what the method came to
            value = error
        outcomes[name] = Outcome(value, recorder.take())
    return outcomes
