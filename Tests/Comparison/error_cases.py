"""Requests that a server must refuse: what is not there, what is missing, what cannot be right."""

from __future__ import annotations

from types import SimpleNamespace

from installation import API
from recording import Answer

CONFIG = """<View><Image name="image" value="$image"/><Choices name="kind" toName="image">
<Choice value="car"/><Choice value="person"/></Choices></View>"""
NOBODY = 987_654
CHOICE = {"id": "c1", "from_name": "kind", "to_name": "image", "type": "choices",
          "value": {"choices": ["car"]}}
# As a form, since these are no JSON.
BROKEN = {"data": "{\"title\": ", "headers": {"Content-Type": "application/json"}}
THINGS = {
    "project": "/api/projects/{}/", "task": "/api/tasks/{}/", "annotation": "/api/annotations/{}/",
    "prediction": "/api/predictions/{}/", "view": "/api/dm/views/{}/", "webhook": "/api/webhooks/{}/",
    "model": "/api/ml/{}", "file": "/api/import/file-upload/{}", "user": "/api/users/{}/",
    "draft": "/api/drafts/{}/", "organization": "/api/organizations/{}",
    "local storage": "/api/storages/localfiles/{}", "s3 storage": "/api/storages/s3/{}",
    "local export storage": "/api/storages/export/localfiles/{}",
    "s3 export storage": "/api/storages/export/s3/{}",
}
CASES: dict[str, tuple[str, str, dict]] = {}


def case(name: str, method: str, path: str, **options) -> None:
    """Adds one; `json` and the rest are those of requests, `{project}` and others are filled in."""
    assert name not in CASES, name
    CASES[name] = (method, path, options)


def post(name: str, path: str, body) -> None:
    case(name, "POST", path, json=body)


for thing, place in THINGS.items():
    for verb in ("GET", "PATCH", "DELETE"):
        options = {"json": {"project": "{project}"}} if verb == "PATCH" else {}
        case(f"{verb} of an unknown {thing}", verb, place.format(NOBODY), **options)

for about, path in {
    "tasks": "/api/projects/{nobody}/tasks/", "export": "/api/projects/{nobody}/export",
    "formats": "/api/projects/{nobody}/export/formats", "snapshots": "/api/projects/{nobody}/exports/",
    "files": "/api/projects/{nobody}/file-uploads", "next": "/api/projects/{nobody}/next/",
    "annotators": "/api/projects/{nobody}/annotators/", "list": "/api/tasks/?project={nobody}",
    "views": "/api/dm/views/?project={nobody}", "actions": "/api/dm/actions/?project={nobody}",
    "columns": "/api/dm/columns/?project={nobody}", "models": "/api/ml/?project={nobody}",
    "webhooks": "/api/webhooks/?project={nobody}", "predictions": "/api/predictions/?task={nobody}",
    "local storages": "/api/storages/localfiles/?project={nobody}",
    "s3 export storages": "/api/storages/export/s3?project={nobody}",
}.items():
    case(f"{about} of an unknown project", "GET", path)

case("annotations of an unknown task", "GET", "/api/tasks/{nobody}/annotations/")
case("an unknown snapshot", "GET", "/api/projects/{project}/exports/{nobody}")
case("download of an unknown snapshot", "GET", "/api/projects/{project}/exports/{nobody}/download")
post("conversion of an unknown snapshot", "/api/projects/{project}/exports/{nobody}/convert",
     {"export_type": "JSON"})
case("the next task of an empty project", "GET", "/api/projects/{empty}/next/")
case("an unknown membership", "GET", "/api/organizations/1/memberships/{nobody}/")
case("an unknown upload", "GET", "/data/upload/{project}/none.png")
case("an unknown import", "GET", "/api/projects/{project}/imports/{nobody}/")
case("an unknown path", "GET", "/api/nothing-of-the-kind/")
case("an id that is a word", "GET", "/api/projects/word/")

for thing, path in {"projects": "/api/projects/", "counts": "/api/projects/counts/",
                    "memberships": "/api/organizations/1/memberships",
                    "tasks": "/api/tasks/?project={project}",
                    "tasks of a project": "/api/projects/{project}/tasks/"}.items():
    joint = "&" if "?" in path else "?"
    case(f"a page of {thing} past the end", "GET", f"{path}{joint}page=99")
    case(f"a page of {thing} that is a word", "GET", f"{path}{joint}page=word")
    case(f"page zero of {thing}", "GET", f"{path}{joint}page=0")

case("a method that a path lacks", "PUT", "/api/version/", json={})
case("DELETE of all projects", "DELETE", "/api/projects/")
case("POST to a project", "POST", "/api/projects/{project}/", json={})

# Who asks

for name, header in {"no token": None, "a wrong token": "Token " + 40 * "0", "half a token": "Token",
                     "a token of two words": "Token a b", "a wrong access token": "Bearer eyJ.a.b",
                     "another scheme": "Basic YTpi"}.items():
    case(name, "GET", "/api/projects/", headers={"Authorization": header})
    case(f"{name}, to write", "POST", "/api/projects/", json={}, headers={"Authorization": header})
post("refreshing with nonsense", "/api/token/refresh/", {"refresh": "nonsense"})
post("refreshing with nothing", "/api/token/refresh/", {})
post("revoking nonsense", "/api/token/blacklist/", {"refresh": "nonsense"})
post("revoking nothing", "/api/token/blacklist/", {})
post("rotating nonsense", "/api/token/rotate/", {"refresh": "nonsense"})
post("rotating nothing", "/api/token/rotate/", {})

# Projects and configs

CONFIGS = {
    "broken XML": "<View><Image", "no XML": "nothing", "two of a name": CONFIG.replace(
        "</View>", '<Text name="image" value="$t"/></View>'),
    "a toName of nothing": CONFIG.replace('toName="image"', 'toName="gone"'),
    "no name": CONFIG.replace('name="kind" ', ""), "nothing": "", "no value": CONFIG.replace(
        ' value="$image"', ""),
}
for name, config in CONFIGS.items():
    post(f"a project with a config of {name}", "/api/projects/", {"title": "Bad", "label_config": config})
    case(f"a project changed to a config of {name}", "PATCH", "/api/projects/{project}/",
         json={"label_config": config})
    post(f"validating a config of {name}", "/api/projects/validate/", {"label_config": config})
    post(f"validating a config of {name} for a project", "/api/projects/{project}/validate/",
         {"label_config": config})
post("validating no config", "/api/projects/{project}/validate/", {})
for field, value in {"title": "x", "title of 51": 51 * "x", "color": "red-ish", "sampling": "Any",
                     "maximum_annotations": "many", "show_instruction": "perhaps",
                     "skip_queue": "NO", "overlap_cohort_percentage": -1,
                     "organization": NOBODY, "description": ["a"], "expert_instruction": {"a": 1},
                     "model_version": ["a"], "label_config": 7, "control_weights": "heavy",
                     "is_published": "maybe", "maximum_annotations of 0": 0}.items():
    key = field.split(" of ")[0]
    post(f"a project with a wrong {field}", "/api/projects/", {"title": "Wrong", key: value})
    case(f"a project changed to a wrong {field}", "PATCH", "/api/projects/{project}/", json={key: value})
case("a project of half a document", "POST", "/api/projects/", **BROKEN)
post("a project of a list", "/api/projects/", [])

# Tasks and imports

post("a task of an unknown project", "/api/tasks/", {"project": NOBODY, "data": {"image": "a"}})
post("a task without a project", "/api/tasks/", {"data": {"image": "a"}})
post("a task without data", "/api/tasks/", {"project": "{project}"})
post("a task whose data are text", "/api/tasks/", {"project": "{project}", "data": "text"})
post("a task whose data do not fit", "/api/tasks/", {"project": "{project}", "data": {"other": "a"}})
case("a task changed to no data", "PATCH", "/api/tasks/{task}/", json={"data": None})
case("a task changed to data of text", "PATCH", "/api/tasks/{task}/", json={"data": "text"})
case("a task changed to an overlap of text", "PATCH", "/api/tasks/{task}/", json={"overlap": "much"})
case("a list without a project", "GET", "/api/tasks/")
for name, body in {
    "nothing": [], "numbers": [1, 2], "text": "text", "other data": [{"other": "a"}],
    "a null": [None], "an object": {}, "results of text": [
        {"data": {"image": "a"}, "annotations": [{"result": "text"}]}],
    "annotations of text": [{"data": {"image": "a"}, "annotations": "text"}],
    "predictions without results": [{"data": {"image": "a"}, "predictions": [{}]}],
    "an unknown annotator": [{"data": {"image": "a"}, "annotations": [
        {"result": [CHOICE], "completed_by": {"email": "nobody@example.org"}}]}],
}.items():
    post(f"an import of {name}", "/api/projects/{project}/import", body)
case("an import of half a document", "POST", "/api/projects/{project}/import", **BROKEN)
post("an import to an unknown project", "/api/projects/{nobody}/import", [{"image": "a"}])
case("an import of an empty file", "POST", "/api/projects/{project}/import", files={"f": ("a.csv", b"")})
case("an import of a broken file", "POST", "/api/projects/{project}/import",
     files={"f": ("a.json", b"[{")})
case("an import of a program", "POST", "/api/projects/{project}/import",
     files={"f": ("a.exe", b"MZ")})
for name, body in {
    "an unknown task": [{"task": NOBODY, "result": [CHOICE]}], "no task": [{"result": [CHOICE]}],
    "no result": [{"task": "{task}"}], "text": "text", "an object": {},
    "a score of text": [{"task": "{task}", "result": [CHOICE], "score": "high"}],
}.items():
    post(f"predictions with {name}", "/api/projects/{project}/import/predictions", body)

# Annotations and predictions

post("an annotation of an unknown task", "/api/tasks/{nobody}/annotations/", {"result": [CHOICE]})
for name, body in {"no result": {}, "a result of text": {"result": "text"}, "a result of numbers": {
        "result": [1]}, "a lead time of text": {"result": [CHOICE], "lead_time": "long"},
        "an unknown control": {"result": [{**CHOICE, "from_name": "gone"}]},
        "an unknown choice": {"result": [{**CHOICE, "value": {"choices": ["bus"]}}]},
        "a state of text": {"result": [CHOICE], "was_cancelled": "perhaps"},
        "a unique id of text": {"result": [CHOICE], "unique_id": "text"},
        "an unknown person": {"result": [CHOICE], "completed_by": NOBODY}}.items():
    post(f"an annotation with {name}", "/api/tasks/{task}/annotations/", body)
    if body and "unique_id" not in body:  # It cannot be changed, and is passed over.
        case(f"an annotation changed to {name}", "PATCH", "/api/annotations/{annotation}/", json=body)
for name, body in {"no task": {"result": [CHOICE]}, "an unknown task": {"task": NOBODY, "result": [CHOICE]},
                   "no result": {"task": "{task}"},
                   "a score of text": {"task": "{task}", "result": [CHOICE], "score": "high"}}.items():
    post(f"a prediction with {name}", "/api/predictions/", body)
post("a draft with no result", "/api/tasks/{task}/drafts", {})
post("a draft of an unknown task", "/api/tasks/{nobody}/drafts", {"result": []})

# Views and actions

post("a view without a project", "/api/dm/views/", {"data": {"title": "a"}})
post("a view of an unknown project", "/api/dm/views/", {"project": NOBODY, "data": {}})
post("a view of text", "/api/dm/views/", {"project": "{project}", "data": "text"})
post("an order of nothing", "/api/dm/views/order/", {"project": "{project}"})
post("an unknown action", "/api/dm/actions/?id=dance&project={project}",
     {"selectedItems": {"all": True, "excluded": []}})
post("an action without a name", "/api/dm/actions/?project={project}",
     {"selectedItems": {"all": True, "excluded": []}})
post("an action without a project", "/api/dm/actions/?id=delete_tasks",
     {"selectedItems": {"all": True, "excluded": []}})
post("an action without a selection", "/api/dm/actions/?id=predictions_to_annotations&project={project}", {})

# The rest

for name, body in {"no address": {"project": "{project}"}, "an address of text": {
        "project": "{project}", "url": "text"}, "an unknown action": {
        "project": "{project}", "url": "https://a.example/", "actions": ["DANCE"]},
        "headers of text": {"project": "{project}", "url": "https://a.example/", "headers": "text"},
        "an unknown project": {"project": NOBODY, "url": "https://a.example/"}}.items():
    post(f"a webhook with {name}", "/api/webhooks/", body)
for name, body in {"no address": {"project": "{project}"}, "an address of text": {
        "project": "{project}", "url": "text"}, "an address where nobody is": {
        "project": "{project}", "url": "http://127.0.0.1:9"}, "no project": {"url": "http://127.0.0.1:9"},
        "an unknown project": {"project": NOBODY, "url": "http://127.0.0.1:9"}}.items():
    post(f"a model with {name}", "/api/ml/", body)
post("training of an unknown model", "/api/ml/{nobody}/train", {})
post("an unknown model asked", "/api/ml/{nobody}/interactive-annotating", {"task": "{task}"})
for name, body in {"no address": {"username": "a"}, "an address of text": {"email": "text"},
                   "an address that is taken": {"email": "calls-admin@example.org"},
                   "a first name of 300": {"email": "long@example.org", "first_name": 300 * "x"}}.items():
    post(f"a user with {name}", "/api/users/", body)
case("a user changed to a name of 300", "PATCH", "/api/users/{user}/", json={"first_name": 300 * "x"})
case("a user changed in an address", "PATCH", "/api/users/{user}/", json={"email": "b@example.org"})
case("an administrator removed by himself", "DELETE", "/api/users/{user}/")
case("a membership ended by oneself", "DELETE", "/api/organizations/1/memberships/{user}/")
case("an organization changed to no title", "PATCH", "/api/organizations/1", json={"title": ""})
case("an organization changed to a title of 1001", "PATCH", "/api/organizations/1",
     json={"title": 1001 * "x"})
case("a session of text", "PATCH", "/api/session-policy/", json={"max_session_age": "long"})
post("settings of tokens of text", "/api/jwt/settings", {"api_tokens_enabled": "perhaps"})
case("keys of text", "PATCH", "/api/current-user/hotkeys/", json={"custom_hotkeys": "text"})
case("no keys", "PATCH", "/api/current-user/hotkeys/", json={})
case("an export of an unknown format", "GET", "/api/projects/{project}/export?exportType=DANCE")
case("an export of a format that does not fit", "GET",
     "/api/projects/{project}/export?exportType=CONLL2003")
post("a snapshot of filters of text", "/api/projects/{project}/exports/", {"task_filter_options": "text"})
for kind, body in {"localfiles": {"path": "/nowhere"}, "s3": {"bucket": "none"}}.items():
    for joint, direction in (("/", ""), ("", "export/")):
        path = f"/api/storages/{direction}{kind}"
        post(f"a {direction}{kind} of an unknown project", path + joint, {**body, "project": NOBODY})
        post(f"a {direction}{kind} without a project", path + joint, body)
        post(f"a {direction}{kind} that is not there", path + joint, {**body, "project": "{project}"})
        post(f"a {direction}{kind} without a place", path + joint, {"project": "{project}"})
        post(f"a {direction}{kind} checked", path + "/validate", {**body, "project": "{project}"})
        post(f"an unknown {direction}{kind} synchronized", f"{path}/{NOBODY}/sync", {})


def prepare(api: API) -> dict:
    """What the cases speak of: a project with a task and an annotation, and one with nothing."""
    user = api.value("GET", "/api/current-user/whoami")["id"]
    project, empty = api.make_project("Refusals", CONFIG), api.make_project("Empty", CONFIG)
    task = api.value("POST", "/api/tasks/", json={"project": project, "data": {"image": "a.jpg"}})["id"]
    annotation = api.value("POST", f"/api/tasks/{task}/annotations/", json={"result": [CHOICE]})["id"]
    return vars(SimpleNamespace(
        user=user, project=project, empty=empty, task=task, annotation=annotation, nobody=NOBODY))


def filled(value, known: dict):
    """The value with `{project}` and the like replaced; alone they are numbers."""
    if isinstance(value, dict):
        return {key: filled(item, known) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, known) for item in value]
    if isinstance(value, str) and value.startswith("{") and value[1:-1] in known:
        return known[value[1:-1]]
    return value


def run(url: str, token: str) -> dict[str, Answer]:
    """Asks everything; the answer to each case."""
    api = API(url, token)
    answers, is_spoiled = {}, True
    for name, (method, path, options) in CASES.items():
        if is_spoiled:
            known = prepare(api)
        path = path.format(**known)
        answer = api.request(method, path, **{**options, **(
            {"json": filled(options["json"], known)} if "json" in options else {})})
        # What was done counts; and the original stores some of what it then fails on.
        is_spoiled = method != "GET" and not 400 <= answer.status_code < 500
        answers[name] = Answer.of(f"{method} {path}", answer.status_code, answer.headers, answer.content)
    return answers
