"""Labels and their links as objects of the API, as Label Studio's clients ask for them."""

import pytest
from test_bad_input import BOX, CONFIG, assert_refused


@pytest.fixture
def project(admin):
    return admin.make_project("Labels", CONFIG)


def make(api, project, *labels):
    return api.value("POST", "/api/labels/", json=[
        {"project": project, "from_name": "box", "value": label, "title": title}
        for label, title in labels])


def test_labels_are_made_listed_changed_and_deleted(admin, project):
    car, road = make(admin, project, ("car", f"Car {project}"), (["road", "bridge"], f"R {project}"))
    assert (car["value"], road["value"]) == ("car", ["road", "bridge"])
    assert (car["approved"], car["approved_by"], car["projects"]) == (False, None, [project])
    assert admin.value("GET", f"/api/labels/{car['id']}/") == car
    me = admin.value("GET", "/api/current-user/whoami")["id"]
    changed = admin.value("PATCH", f"/api/labels/{car['id']}/", json={
        "description": "with wheels", "approved": True})
    assert changed == {**car, "description": "with wheels", "approved": True, "approved_by": me,
                       "updated_at": changed["updated_at"]}
    first = admin.value("GET", "/api/labels/?page_size=1")
    assert first["count"] >= 2 and len(first["results"]) == 1 and "page=2" in first["next"]
    everything = admin.value("GET", "/api/labels/?page_size=1000")["results"]
    assert {car["id"], road["id"]} <= {label["id"] for label in everything}
    assert admin.get("/api/labels/?page=999").status_code == 404
    taken = admin.patch(f"/api/labels/{road['id']}/", json={
        "value": "car", "title": f"Car {project}"})
    assert taken.status_code == 409
    assert admin.delete(f"/api/labels/{car['id']}/").status_code == 204
    assert admin.get(f"/api/labels/{car['id']}/").status_code == 404
    links = admin.value("GET", f"/api/label_links/?project={project}")["results"]
    assert [link["label"] for link in links] == [road["id"]]


def test_a_label_of_two_projects_is_one(admin, project):
    other = admin.make_project("Labels too", CONFIG)
    [first] = make(admin, project, ("car", f"Shared {project}"))
    [second] = make(admin, other, ("car", f"Shared {project}"))
    assert second["id"] == first["id"] and second["projects"] == [project, other]
    admin.delete(f"/api/projects/{other}/")
    assert admin.value("GET", f"/api/labels/{first['id']}/")["projects"] == [project]


def test_links_count_the_results_that_use_their_label(admin, project):
    [car] = make(admin, project, ("car", f"Counted {project}"))
    [link] = admin.value("GET", f"/api/label_links/?project={project}")["results"]
    assert (link["label"], link["from_name"], link["annotations_count"]) == (car["id"], "box", 0)
    task = admin.value("POST", "/api/tasks/", json={
        "project": project, "data": {"image": "a.png"}})["id"]
    admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": [BOX]})
    path = f"/api/label_links/{link['id']}/"
    assert admin.value("GET", path) == {**link, "annotations_count": 1}
    moved = admin.value("PATCH", path, json={"from_name": "mood"})
    assert moved == {**link, "from_name": "mood", "annotations_count": 0}
    again = admin.value("POST", "/api/label_links/", json={
        "project": project, "label": car["id"], "from_name": "mood"})
    assert again == moved
    assert admin.delete(path).status_code == 204
    assert admin.get(path).status_code == 404
    assert admin.value("GET", f"/api/labels/{car['id']}/")["links"] == []


@pytest.mark.parametrize("body, pointer", [
    ({}, "/project"), ([{}], "/0/project"), ([5], "/0"), ([{"project": "x"}], "/0/project"),
    ([{"project": 1}], "/0/from_name"), ([{"project": 1, "from_name": "b"}], "/0/value"),
    ([{"project": 1, "from_name": "b", "value": "v", "title": 5}], "/0/title"),
    ([{"project": 1, "from_name": "b", "value": "v", "approved": "x"}], "/0/approved"),
    ([{"project": 1, "from_name": "b", "value": "v", "title": ""}], "/0/title"),
])
def test_what_is_no_label_is_refused_with_its_place(admin, body, pointer):
    refused = assert_refused(admin.post("/api/labels/", json=body), (400,))
    assert refused["place"] == {"pointer": pointer}


def test_a_link_to_nothing_is_refused(admin, project):
    [car] = make(admin, project, ("car", f"Lonely {project}"))
    for body in ({"project": 999999, "label": car["id"], "from_name": "box"},
                 {"project": project, "label": 999999, "from_name": "box"}):
        assert admin.post("/api/label_links/", json=body).status_code == 404
    assert admin.post("/api/labels/", json=[{
        "project": 999999, "from_name": "b", "value": "v", "title": "t"}]).status_code == 404
