"""Metrics made of functions of libraries that know nothing of Postil, asked of a running daemon.

ERFA (astronomy) judges pairs one by one, CBLAS all pairs of a batch at once, the C library single
answers; and a signature that is wrong ends nothing but its own process.
"""

import json
import math

import pytest

CONFIG = """<View><Image name="sky" value="$image"/>
<Number name="ra" toName="sky"/><Number name="dec" toName="sky"/></View>"""


def number(origin, control, kind="f64", **more):
    return {"type": kind, "of": origin, "control": control, "pointer": "/value/number", **more}


SKY = {
    "name": "sky-distance", "kind": "metric", "symmetric": True, "better": "lower",
    "range": [0, 3.1416], "library": "liberfa.so.1", "symbol": "eraSeps", "result": "f64",
    "arguments": [number("first", "ra"), number("first", "dec"),
                  number("second", "ra"), number("second", "dec")],
    "vectors": [{"arguments": [1.0, 0.1, 0.2, -3.0], "result": 2.346722016996998865,
                 "tolerance": 1e-14}],
}
# y := -1 * x + y, in place: what the first says less what the second says.
LEAD = {
    "name": "lead", "kind": "metric", "calls": "batch", "range": [None, None],
    "library": "libgslcblas.so.0", "symbol": "cblas_daxpy", "result": "void",
    "arguments": [
        {"type": "i32", "lengthOf": 2}, {"type": "f64", "value": -1},
        number("second", "ra", "f64[]", length="elsewhere"), {"type": "i32", "value": 1},
        number("first", "ra", "out f64[]", length="elsewhere"), {"type": "i32", "value": 1},
    ],
    "vectors": [{"arguments": [[1, 5], [4, 4]], "out": [[3, -1]]}],
}
HEIGHT = {
    "name": "height", "kind": "measure", "range": [0, None],
    "library": "libm.so.6", "symbol": "fabs", "result": "f64",
    "arguments": [number("first", "dec")], "vectors": [{"arguments": [-2], "result": 2}],
}
# strlen wants a pointer and is given a number.
WRONG = {
    "name": "wrong", "kind": "measure", "range": [0, None],
    "library": "libc.so.6", "symbol": "strlen", "result": "u64",
    "arguments": [{"type": "i64", "of": "task", "pointer": "/id"}],
    "vectors": [{"arguments": [64], "result": 1}],
}


def install(daemon, name, bindings):
    package = daemon.plugin_dir / f"org.example.{name}" / "1.0.0"
    package.mkdir(parents=True)
    (package / "manifest.json").write_text(json.dumps({
        "manifestVersion": 1, "id": f"org.example.{name}", "version": "1.0.0", "name": name,
        "abi": {"built": "1.0", "min": "1.0"}, "bindings": bindings,
    }))
    return f"org.example.{name}"


def answer(ra, dec):
    return {"result": [
        {"id": control, "type": "number", "from_name": control, "to_name": "sky",
         "value": {"number": value}}
        for control, value in [("ra", ra), ("dec", dec)] if value is not None
    ]}


@pytest.fixture(scope="module")
def task(daemon, admin):
    """A task with three answers, in a project that uses the bound functions."""
    plugins = [install(daemon, "sky", [SKY, LEAD, HEIGHT]), install(daemon, "wrong", [WRONG])]
    project = admin.make_project("Sky", CONFIG)
    for plugin in plugins:
        admin.value("POST", f"/api/plugins/{plugin}/1.0.0/actions/allow")
        admin.value("PUT", f"/api/projects/{project}/plugins/{plugin}", json={"enabled": True})
    admin.value("POST", f"/api/projects/{project}/import", json=[{
        "data": {"image": "sky.png"},
        "annotations": [answer(1.0, 0.1), answer(0.2, -1.5), answer(0.5, None)],
    }])
    page = admin.value("GET", f"/api/tasks/?project={project}&page_size=10")
    return page["tasks"][0]["id"]


def judged(admin, task, metric):
    (entry,) = admin.value("GET", f"/api/tasks/{task}/agreement?metric={metric}")["metrics"]
    return entry


def test_a_function_of_astronomers_measures_agreement(admin, task):
    entry = judged(admin, task, "sky-distance")
    assert entry["reason"] is None
    scores = sorted(entry["scores"], key=lambda s: s["score"] is None)
    assert len(scores) == 3
    a, b = (1.0, 0.1), (0.2, -1.5)
    cosine = (math.sin(a[1]) * math.sin(b[1])
              + math.cos(a[1]) * math.cos(b[1]) * math.cos(a[0] - b[0]))
    assert scores[0]["score"] == pytest.approx(math.acos(cosine), abs=1e-12)
    # The third answer does not say how high the star stands.
    assert [s["score"] for s in scores[1:]] == [None, None]
    assert entry["mean"] == scores[0]["score"]


def test_a_function_of_columns_judges_all_pairs_at_once(admin, task):
    entry = judged(admin, task, "lead")
    assert entry["reason"] is None
    found = sorted(round(s["score"], 12) for s in entry["scores"])
    assert found == [-0.8, -0.5, -0.3, 0.3, 0.5, 0.8]


def test_a_function_of_the_c_library_measures_single_answers(admin, task):
    entry = judged(admin, task, "height")
    assert sorted(s["score"] for s in entry["scores"] if s["score"] is not None) == [0.1, 1.5]
    assert entry["mean"] == pytest.approx(0.8)


def test_a_wrong_signature_ends_its_own_process_and_nothing_else(daemon, admin, task):
    entry = judged(admin, task, "wrong")
    assert entry["scores"] == []
    assert entry["reason"]["code"] == "plugin_crashed"
    assert "signal 11" in entry["reason"]["detail"]
    assert "binding.call" in entry["reason"]["detail"]
    assert admin.get("/health").status_code == 200
    assert judged(admin, task, "height")["reason"] is None
    (plugin,) = [p for p in admin.value("GET", "/api/plugins") if p["id"] == "org.example.wrong"]
    assert plugin["health"]["crashes"] >= 1
