"""New plugins of every language in a running daemon, isolated, as an administrator allows them."""

import pytest
from authoring import new, postil, told
from installation import API, Daemon

LANGUAGES = ["c", "cpp", "rust", "swift"]
CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels>{tags}</View>"""
BOX = {
    "id": "a", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
    "original_width": 640, "original_height": 480, "image_rotation": 0,
    "value": {"x": 1, "y": 2, "width": 3, "height": 4, "rotation": 0, "rectanglelabels": ["Car"]},
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A daemon with an exporter and a tag in each language, allowed."""
    folder = tmp_path_factory.mktemp("plugins")
    plugins = folder / "installed"
    for language in LANGUAGES:
        for capability, name in (("exporter", "table"), ("tag", "line")):
            source = new(folder, language, capability, f"{language}-{name}")
            built = postil("plugin", "build", source, "--output", plugins)
            assert built.returncode == 0, told(built)
    daemon = Daemon(folder / "data", ["--plugin-dir", str(plugins)])
    api_token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    api = API(daemon.url, api_token)
    for path in plugins.glob("*/*"):
        allowed = api.value("POST", f"/api/plugins/{path.parent.name}/{path.name}/actions/allow")
        assert allowed["isolation"] == "isolated", allowed
    yield api
    assert daemon.stop() == 0


def enable(api, project, id):
    api.value("PUT", f"/api/projects/{project}/plugins/{id}", json={"enabled": True})


def test_exporters_of_all_languages_write_the_same(place):
    api = place
    project = api.make_project("Tables", CONFIG.format(tags=""))
    tasks = api.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                      json=[{"image": "/data/upload/1/a.png"}] * 3)["task_ids"]
    for task in tasks[:2]:
        api.value("POST", f"/api/tasks/{task}/annotations/", json={"result": [BOX]})
    texts = {}
    for language in LANGUAGES:
        enable(api, project, f"org.example.{language}-table")
        name = f"{language}-table".upper()
        answer = api.get(f"/api/projects/{project}/export?exportType={name}&download_all_tasks=true")
        assert answer.status_code == 200, answer.text
        texts[language] = answer.text
    lines = texts["c"].splitlines()
    assert lines[0] == "task\tannotation\tcontrol\ttype\tlabels" and len(lines) == 3
    assert lines[1].endswith("\tbox\trectanglelabels\tCar")
    assert set(texts.values()) == {texts["c"]}


def test_tags_of_all_languages_judge_the_same(place):
    api = place
    names = {language: f"{language.capitalize()}Line" for language in LANGUAGES}
    tags = "".join(f'<{name} name="{language}" toName="image" minLength="10"/>'
                   for language, name in names.items())
    project = api.make_project("Lines", CONFIG.format(tags=""))
    for language in LANGUAGES:
        enable(api, project, f"org.example.{language}-line")
    api.value("PATCH", f"/api/projects/{project}/", json={"label_config": CONFIG.format(tags=tags)})
    task = api.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                     json=[{"image": "/data/upload/1/a.png"}])["task_ids"][0]

    def line(language, end):
        kind = names[language].lower()
        value = {kind: {"start": [10, 10], "end": end, "length_px": 1}}
        return {"id": language, "from_name": language, "to_name": "image", "type": kind,
                "original_width": 1000, "original_height": 500, "image_rotation": 0, "value": value}

    stored = api.value("POST", f"/api/tasks/{task}/annotations/",
                       json={"result": [line(language, [13, 18]) for language in LANGUAGES]})
    lengths = {result["from_name"]: result["value"][result["type"]]["length_px"]
               for result in stored["result"]}
    assert lengths == dict.fromkeys(LANGUAGES, 50.0)
    for language in LANGUAGES:
        refused = api.post(f"/api/tasks/{task}/annotations/",
                           json={"result": [line(language, [10.5, 10])]})
        assert refused.status_code == 400 and "minLength" in refused.text, refused.text
