"""The list of projects as Label Studio's programs ask for it: some of them, in an order, some members."""

import pytest

CONFIG = '<View><Text name="text" value="$text"/></View>'


@pytest.fixture(scope="module")
def three(admin):
    made = {name: admin.make_project(f"List {name}", CONFIG) for name in ("beta", "Alpha", "gamma")}
    admin.value("POST", f"/api/projects/{made['beta']}/import", json=[{"text": "1"}, {"text": "2"}])
    admin.value("PATCH", f"/api/projects/{made['gamma']}/", json={"pinned_at": "2026-01-01T00:00:00Z"})
    return made


def titles(admin, three, **query):
    asked = {"ids": ",".join(map(str, three.values())), **query}
    answer = admin.value("GET", "/api/projects/", params=asked)
    assert answer["count"] == len(answer["results"])
    return [project["title"].removeprefix("List ") for project in answer["results"]]


def test_projects_are_picked_and_sorted(admin, three):
    assert titles(admin, three) == ["gamma", "Alpha", "beta"]
    assert titles(admin, three, ordering="title") == ["Alpha", "beta", "gamma"]
    assert titles(admin, three, ordering="-title") == ["gamma", "beta", "Alpha"]
    assert titles(admin, three, ordering="created_at") == ["beta", "Alpha", "gamma"]
    assert titles(admin, three, ordering="-task_number")[0] == "beta"
    assert titles(admin, three, filter="pinned_only") == ["gamma"]
    assert titles(admin, three, filter="exclude_pinned") == ["Alpha", "beta"]
    assert titles(admin, three, ids=str(three["beta"])) == ["beta"]


def test_an_archived_project_is_told_apart_and_works_on(admin, three):
    path = f"/api/projects/{three['Alpha']}/"
    admin.value("PATCH", path, json={"archived_at": "2026-02-01T00:00:00Z"})
    assert titles(admin, three, archived="true") == ["Alpha"]
    assert titles(admin, three, archived="false") == ["gamma", "beta"]
    assert titles(admin, three) == ["gamma", "Alpha", "beta"]
    assert admin.value("GET", path)["archived_at"].startswith("2026-02-01T00:00:00")
    assert admin.value("POST", path + "import", json=[{"text": "3"}])["task_count"] == 1
    admin.value("PATCH", path, json={"archived_at": None})
    assert titles(admin, three, archived="true") == []


def test_only_the_members_that_are_wanted_come(admin, three):
    answer = admin.value("GET", "/api/projects/", params={
        "ids": str(three["beta"]), "include": "id, task_number"})
    assert answer["results"] == [{"id": three["beta"], "task_number": 2}]


@pytest.mark.parametrize("query", [{"ordering": "color"}, {"filter": "some"}, {"archived": "perhaps"}, {"ids": "one"}])
def test_what_cannot_be_asked_is_refused_with_its_name(admin, query):
    refused = admin.request("GET", "/api/projects/", params=query)
    assert refused.status_code == 400 and next(iter(query)) in refused.text
