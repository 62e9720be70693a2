"""Whatever comes in broken is refused with a place and a hint, and nothing is changed."""

import json

import pytest

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="car"/></RectangleLabels>
<Choices name="mood" toName="image"><Choice value="good"/></Choices></View>"""

BOX = {"id": "b", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
       "original_width": 100, "original_height": 100,
       "value": {"x": 1, "y": 2, "width": 3, "height": 4, "rotation": 0,
                 "rectanglelabels": ["car"]}}


@pytest.fixture(scope="module")
def project(admin):
    return admin.make_project("Bad input", CONFIG)


@pytest.fixture(scope="module")
def task(admin, project):
    answer = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                         json=[{"image": "a.png"}])
    return answer["task_ids"][0]


def counts(admin, project):
    kept = admin.value("GET", f"/api/projects/{project}/")
    return kept["task_number"], kept["total_annotations_number"], kept["label_config"]


def assert_refused(answer, statuses=(400, 413, 422)):
    assert answer.status_code in statuses, f"{answer.status_code} {answer.text[:500]}"
    body = answer.json()
    assert body["detail"] and body["code"] and body["hint"], body
    return body


# A billion laughs in small, and other documents that no parser of strangers' text may follow.
CONFIGS = {
    "not closed": "<View>\n  <Image name='image'",
    "wrong end": "<View>\n<Header value='a'></View>",
    "no markup": "hello",
    "empty": "",
    "two roots": "<View/><View/>",
    "unquoted attribute": "<View><Image name=image value='$image'/></View>",
    "repeated attribute": "<View><Image name='a' name='b' value='$image'/></View>",
    "unknown entity": "<View><Header value='&nbsp;'/></View>",
    "doctype": "<!DOCTYPE View><View/>",
    "outside entity": "<!DOCTYPE v [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><View>&x;</View>",
    "entity bomb": "<!DOCTYPE v [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>"
                   "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><View>&c;&c;&c;&c;</View>",
    "too deep": "<View>" * 5000 + "</View>" * 5000,
    "absent object": "<View>\n<Image name='image' value='$image'/>\n"
                     "<Choices name='c' toName='picture'><Choice value='x'/></Choices></View>",
    "name twice": "<View><Image name='a' value='$a'/><Image name='a' value='$b'/></View>",
    "unknown tag": "<View>\n<Image name='image' value='$image'/>\n<Sparkle name='s' toName='image'/>"
                   "</View>",
}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_broken_config_is_refused_with_its_place(admin, project, name):
    before = counts(admin, project)
    body = assert_refused(admin.patch(f"/api/projects/{project}/",
                                      json={"label_config": CONFIGS[name]}))
    assert body["place"]["line"] >= 1 and body["place"]["column"] >= 1
    assert counts(admin, project) == before


def test_a_config_of_100_mb_is_refused(admin, project):
    before = counts(admin, project)
    huge = "<View><!--" + "x" * 100_000_000 + "--></View>"
    assert_refused(admin.patch(f"/api/projects/{project}/", json={"label_config": huge}))
    assert counts(admin, project) == before


def test_a_control_that_names_an_absent_object_is_shown_at_its_line(admin, project):
    body = assert_refused(admin.patch(f"/api/projects/{project}/",
                                      json={"label_config": CONFIGS["absent object"]}))
    assert body["code"] == "to_name_unknown" and body["place"]["line"] == 3


def test_a_truncated_import_stores_nothing(admin, project):
    text = json.dumps([{"image": f"{i}.png", "n": i} for i in range(8)]).encode()
    before = counts(admin, project)
    for end in range(0, len(text), 10):
        answer = admin.post(f"/api/projects/{project}/import", data=text[:end],
                            headers={"Content-Type": "application/json"})
        assert_refused(answer)
    assert counts(admin, project) == before


IMPORTS = {
    "NaN": (b'[{"image": NaN}]', "application/json"),
    "not UTF-8": (b'[{"image": "\xff\xfe"}]', "application/json"),
    "text after the end": (b'[{"image": "a"}] x', "application/json"),
    "a number": (b"5", "application/json"),
    "data missing": (b'[{"other": "a"}]', "application/json"),
    "data of a wrong type": (b'[{"image": 7}]', "application/json"),
    "ragged CSV": (b"image,n\na.png,1\nb.png\n", "text/csv"),
    "open quote in CSV": (b'image,n\n"a.png,1\n', "text/csv"),
    "wrong label": (json.dumps([{"data": {"image": "a"}, "annotations": [{"result": [
        {**BOX, "value": {**BOX["value"], "rectanglelabels": ["plane"]}}]}]}]).encode(),
        "application/json"),
}


@pytest.mark.parametrize("name", IMPORTS)
def test_a_broken_import_is_refused_with_its_place(admin, project, name):
    body, media_type = IMPORTS[name]
    before = counts(admin, project)
    refused = assert_refused(admin.post(f"/api/projects/{project}/import", data=body,
                                        headers={"Content-Type": media_type}))
    assert refused["place"], refused
    assert counts(admin, project) == before


RESULTS = {
    "NaN": json.dumps({"result": [BOX]}).replace('"x": 1', '"x": NaN'),
    "wrong label": json.dumps({"result": [
        {**BOX, "value": {**BOX["value"], "rectanglelabels": ["plane"]}}]}),
    "wrong to_name": json.dumps({"result": [{**BOX, "to_name": "picture"}]}),
    "wrong from_name": json.dumps({"result": [{**BOX, "from_name": "boxes"}]}),
    "wrong type": json.dumps({"result": [{**BOX, "type": "choices"}]}),
    "no value": json.dumps({"result": [{k: v for k, v in BOX.items() if k != "value"}]}),
    "not a list": json.dumps({"result": "text"}),
    "unknown choice": json.dumps({"result": [
        {"from_name": "mood", "to_name": "image", "type": "choices",
         "value": {"choices": ["bad"]}}]}),
    "not JSON": "{",
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_that_does_not_fit_is_refused(admin, project, task, name):
    before = counts(admin, project)
    refused = assert_refused(admin.post(f"/api/tasks/{task}/annotations/", data=RESULTS[name],
                                        headers={"Content-Type": "application/json"}))
    assert refused["place"], refused
    assert counts(admin, project) == before


def test_a_result_that_is_not_utf_8_is_refused(admin, project, task):
    before = counts(admin, project)
    body = json.dumps({"result": [BOX]}).encode().replace(b'"car"', b'"c\xe4r"')
    assert_refused(admin.post(f"/api/tasks/{task}/annotations/", data=body,
                              headers={"Content-Type": "application/json"}))
    assert counts(admin, project) == before


def test_csv_with_a_byte_order_mark_semicolons_and_crlf_is_taken(admin):
    project = admin.make_project("CSV", CONFIG)
    text = "\ufeffimage;note\r\na.png;\"one; two\"\r\nb.png;\r\n".encode()
    counted = admin.value("POST", f"/api/projects/{project}/import",
                          files={"file": ("tasks.csv", text, "text/csv")})
    assert counted["task_count"] == 2
    tasks = admin.value("GET", f"/api/tasks/?project={project}")["tasks"]
    assert [t["data"] for t in tasks] == [{"image": "a.png", "note": "one; two"},
                                          {"image": "b.png", "note": ""}]


def test_a_task_with_a_text_of_50_mb_is_taken(admin):
    project = admin.make_project("Long", '<View><Text name="t" value="$text"/></View>')
    text = "äöü wörter " * 3_900_000
    assert len(text.encode()) > 50_000_000
    admin.value("POST", f"/api/projects/{project}/import", json=[{"text": text}], timeout=120)
    task = admin.value("GET", f"/api/tasks/?project={project}")["tasks"][0]
    kept = admin.value("GET", f"/api/tasks/{task['id']}/", timeout=120)
    assert kept["data"]["text"] == text


def test_a_task_above_the_limit_is_refused(tmp_path):
    from installation import API, Daemon

    daemon = Daemon(tmp_path / "data", ["--max-task-bytes", "100000"])
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    try:
        api = API(daemon.url, token)
        project = api.make_project("Small", '<View><Text name="t" value="$text"/></View>')
        assert_refused(api.post(f"/api/projects/{project}/import",
                                json=[{"text": "fits"}, {"text": "x" * 200_000}]))
        assert counts(api, project)[0] == 0
    finally:
        daemon.stop()
