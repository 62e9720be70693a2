"""Filters, orders, selections and views that cannot be are refused with a place."""

import json

import pytest
from test_bad_input import CONFIG, assert_refused


@pytest.fixture(scope="module")
def project(admin):
    made = admin.make_project("Bad filters", CONFIG)
    admin.value("POST", f"/api/projects/{made}/import",
                json=[{"image": "a" * 40 + "!"}, {"image": "b.png", "n": 2}])
    return made


def item(column, operator, value, **more):
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": "String",
            "value": value, **more}


def filters(*items, conjunction="and"):
    return {"filters": {"conjunction": conjunction, "items": list(items)}}


def nested(depth):
    """Filters inside one another."""
    made = item("id", "greater", 0)
    for _ in range(depth - 1):
        made = item("id", "greater", 0, child_filter=made)
    return made


FIRST = "/filters/items/0"
DATA = "data.image"
CASES = {
    "unknown column": (filters(item("sparkle", "equal", 1)), FIRST + "/filter"),
    "column without a name": (filters(item("", "equal", 1)), FIRST + "/filter"),
    "data without a name": (filters(item("data.", "equal", 1)), FIRST + "/filter"),
    "data with a hole": (filters(item("data.a..b", "equal", 1)), FIRST + "/filter"),
    "data with a quote": (filters(item('data.a"b', "equal", 1)), FIRST + "/filter"),
    "unknown operator": (filters(item("id", "resembles", 1)), FIRST + "/operator"),
    "no operator": (filters({"filter": "filter:tasks:id", "value": 1}), FIRST + "/operator"),
    "operator of a wrong type": (filters(item("id", 7, 1)), FIRST + "/operator"),
    "text for a number": (filters(item("id", "equal", "two")), FIRST + "/value"),
    "infinity": (filters(item("id", "equal", "inf")), FIRST + "/value"),
    "object for a number": (filters(item("id", "less", {})), FIRST + "/value"),
    "text for a moment": (filters(item("created_at", "less", "yesterday")), FIRST + "/value"),
    "number for a moment": (filters(item("created_at", "less", 5)), FIRST + "/value"),
    "text for a truth": (filters(item("draft_exists", "equal", "maybe")), FIRST + "/value"),
    "text for an id": (filters(item("annotators", "contains", "me")), FIRST + "/value"),
    "text in a list of numbers": (filters(item("id", "in_list", [1, "x"])), FIRST + "/value"),
    "null in a list": (filters(item(DATA, "in_list", [None])), FIRST + "/value"),
    "range without an end": (filters(item("id", "in", {"min": 1})), FIRST + "/value"),
    "range of nothing": (filters(item("id", "in", {"min": None, "max": None})), FIRST + "/value"),
    "range of texts": (filters(item("id", "in", {"min": "a", "max": "b"})), FIRST + "/value"),
    "range that is none": (filters(item("id", "not_in", 5)), FIRST + "/value"),
    "emptiness that is none": (filters(item(DATA, "empty", "perhaps")), FIRST + "/value"),
    "broken regex": (filters(item(DATA, "regex", "(")), FIRST + "/value"),
    "broken regex in the second": (
        filters(item("id", "greater", 0), item(DATA, "regex", "[a")), "/filters/items/1/value"),
    "broken regex in a child": (
        filters(item("id", "greater", 0, child_filter=item(DATA, "regex", "*"))),
        FIRST + "/child_filter/value"),
    "long regex": (filters(item(DATA, "regex", "a" * 20_000)), FIRST + "/value"),
    "regex without an end": (
        filters(item("id", "greater", 0), item(DATA, "regex", "^(a+)+$")),
        "/filters/items/1/value"),
    "too deep": (filters(nested(40)), FIRST + "/child_filter" * 16),
    "child of a wrong type": (
        filters(item("id", "greater", 0, child_filter=[])), FIRST + "/child_filter"),
    "wrong column in a child": (
        filters(item("id", "greater", 0, child_filter=item("x", "equal", 1))),
        FIRST + "/child_filter/filter"),
    "too many": (filters(*[item("id", "greater", 0)] * 501), "/filters/items"),
    "too many values": (filters(item("id", "in_list", list(range(10_001)))), FIRST + "/value"),
    "too many values together": (
        filters(*[item("id", "in_list", list(range(9_000)))] * 3), "/filters/items"),
    "too many parts": (filters(item(DATA, "contains", ["x"] * 501)), FIRST + "/value"),
    "conjunction": (filters(item("id", "equal", 1), conjunction="xor"), "/filters/conjunction"),
    "item of a wrong type": (filters("id"), FIRST),
    "items of a wrong type": ({"filters": {"items": {}}}, "/filters/items"),
    "filters of a wrong type": ({"filters": []}, "/filters"),
    "order by an unknown column": ({"ordering": ["tasks:id", "-tasks:x"]}, "/ordering/1"),
    "order of a wrong type": ({"ordering": "tasks:id"}, "/ordering"),
    "key of a wrong type": ({"ordering": [1]}, "/ordering/0"),
    "order by data with a quote": ({"ordering": ['tasks:data.a"b']}, "/ordering/0"),
    "selection of a wrong type": ({"selectedItems": []}, "/selectedItems"),
    "selection of no ids": (
        {"selectedItems": {"all": False, "included": ["x"]}}, "/selectedItems/included"),
    "exclusion of no ids": (
        {"selectedItems": {"all": True, "excluded": [None]}}, "/selectedItems/excluded"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_asked_is_refused_with_its_place(admin, project, name):
    query, place = CASES[name]
    views = admin.value("GET", f"/api/dm/views/?project={project}")
    if len(json.dumps(query)) < 4000:
        listed = assert_refused(admin.get(
            f"/api/tasks/?project={project}", params={"query": json.dumps(query)}), (400,))
        assert (listed["code"], listed["place"]) == ("filter_invalid", {"pointer": place})
    # What a list refuses, an action that deletes must refuse too, and a view must not keep.
    acted = assert_refused(admin.post(
        f"/api/dm/actions/?id=delete_tasks&project={project}", json=query), (400,))
    assert acted["place"] == {"pointer": place}
    if "regex" not in name:  # A pattern is compiled when it is used.
        kept = assert_refused(admin.post(
            "/api/dm/views/", json={"project": project, "data": query}), (400,))
        assert kept["place"] == {"pointer": "/data" + place}
    assert admin.value("GET", f"/api/dm/views/?project={project}") == views
    assert admin.value("GET", f"/api/projects/{project}/")["task_number"] == 2


@pytest.mark.parametrize("text", ["", "{", "[", '{"filters": NaN}', "\x00", "5"])
@pytest.mark.parametrize("parameter", ["query", "selectedItems"])
def test_a_query_that_is_no_json_object_is_refused(admin, project, parameter, text):
    answer = admin.get(f"/api/tasks/?project={project}", params={parameter: text})
    if text == "":
        return answer.raise_for_status()
    assert assert_refused(answer, (400,))["place"]


@pytest.mark.parametrize("parameters", [
    {"project": "x"}, {"page": "x"}, {"page": "0"}, {"page": "99999999999999999999"},
    {"page_size": "x"}, {"view": "x"}, {"view": "999999"}, {"fields": "all", "page": "9999"},
    {"only_annotated": "maybe"},
])
def test_parameters_that_cannot_be_are_refused(admin, project, parameters):
    answer = admin.get("/api/tasks/", params={"project": project, **parameters})
    assert answer.status_code in (400, 404), answer.text
    assert answer.json()["detail"]


def test_as_many_filters_as_are_allowed_find_tasks(admin, project):
    many = filters(*[item(DATA, "contains", ["b.p"] * 39 + [".png"])] * 500)
    path = f"/api/dm/actions/?id=delete_tasks_annotations&project={project}"
    assert admin.value("POST", path, json=many)["processed_items"] == 0
    any_of = filters(*[nested(16)] * 500, item("id", "in_list", list(range(5_000))),
                     conjunction="or")
    any_of["filters"]["items"] = any_of["filters"]["items"][1:]
    assert admin.value("POST", path, json=any_of)["processed_items"] == 0
