"""Whatever fits the OpenAPI document, or nearly, is answered as the document says."""

import os
import time
from collections import Counter

import hypothesis
import pytest
import requests
import schemathesis
from fuzzed_server import RESULT, FuzzedServer
from hypothesis import strategies
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

# `make test-api-fuzz` sends what is promised; the ordinary run is shorter.
CASES = int(os.environ.get("POSTIL_FUZZ_CASES", "200"))
SEED = int(os.environ.get("POSTIL_FUZZ_SEED", "1"))
# Only operations whose path holds this.
ONLY = os.environ.get("POSTIL_FUZZ_ONLY", "")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance,
          response_schema_conformance]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
STREAM = "text/event-stream"


@schemathesis.serializer("application/gzip")
def package(context, value):
    return {"data": value if isinstance(value, bytes) else str(value).encode(errors="replace")}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with FuzzedServer(tmp_path_factory.mktemp("fuzz")) as made:
        yield made


def aim(case, known, share):
    """Lets most cases be about something that is there; `share` tells how much of it."""
    if share == 0:
        return
    for name in case.path_parameters or {}:
        if name in known:
            case.path_parameters[name] = known[name]
    documented = {parameter.name for parameter in case.operation.query}
    if documented & {"project", "task"}:
        names = documented & known.keys() - {"id", "name", "action", "version"}
        case.query = {**(case.query or {}), **{name: known[name] for name in names}}
    if share == 1 or not isinstance(case.body, dict):
        return
    case.body = {**case.body, **{name: known[name] for name in case.body if name in known}}
    for name in ("result", "predictions"):
        if name in case.body and share == 2:
            case.body[name] = RESULT


def send(case, server):
    """The answer to a case; of one that never ends, its head."""
    wanted = case.as_transport_kwargs(base_url=server.daemon.url)
    wanted["headers"] = {**(wanted.get("headers") or {}), "Authorization": f"Token {server.token}"}
    with requests.request(**wanted, stream=True, timeout=120, allow_redirects=False) as answer:
        if answer.headers.get("Content-Type") == STREAM:
            answer._content = b""
        else:
            answer.content  # noqa: B018 - reads it
    return answer


class Run:
    """Cases as they go, and what was wrong with the answers."""

    def __init__(self, server):
        self.server = server
        self.counts = Counter()
        self.seconds = Counter()
        self.faults: dict[tuple, str] = {}

    def try_operation(self, operation, mode, count, seed):
        @hypothesis.seed(seed)
        @hypothesis.settings(
            max_examples=count, database=None, deadline=None,
            phases=[hypothesis.Phase.generate], suppress_health_check=list(hypothesis.HealthCheck))
        @hypothesis.given(case=operation.as_strategy(mode), share=strategies.integers(0, 3))
        def one(case, share):
            aim(case, self.server.known, share)
            self.judge(case, mode)

        begun = time.monotonic()
        try:
            one()
        except (hypothesis.errors.Unsatisfiable, schemathesis.errors.IncorrectUsage):
            # Nothing that is wrong can be said where nothing is asked.
            assert mode is GenerationMode.NEGATIVE, operation.label
        self.seconds[operation.label] += time.monotonic() - begun

    def judge(self, case, mode):
        answer = send(case, self.server)
        label = case.operation.label
        self.counts[label] += 1
        self.counts[answer.status_code] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            for failure in group.exceptions:
                self.note(label, failure, case, answer)
        except Failure as failure:
            self.note(label, failure, case, answer)
        self.server.put_right(case.method.upper(), answer)

    def note(self, label, failure, case, answer):
        key = (label, failure.title, answer.status_code)
        body = repr(case.body)[:400]
        self.faults.setdefault(key, (
            f"{label}: {answer.status_code} {failure.title}: {failure.message[:600]}\n"
            f"  {answer.request.path_url[:300]}  body {body}\n  {answer.text[:300]}"))


def test_every_answer_is_as_the_document_says(server):
    document = requests.get(server.daemon.url + "/api/openapi.json", timeout=60).json()
    schema = schemathesis.openapi.from_dict(document)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == sum(len(path) for path in document["paths"].values())
    operations = [operation for operation in operations if ONLY in operation.path]
    run = Run(server)
    sent, seed, begun = 0, SEED, time.monotonic()
    while sent < CASES:
        # Some have fewer different cases than others, so there may be a second round.
        count = max(1, (CASES - sent) // (2 * len(operations)))
        for index, operation in enumerate(operations):
            # Beginning with an operation costs more than a few cases: a short run tries each once.
            for mode in MODES if count > 1 else [MODES[(index + seed) % 2]]:
                run.try_operation(operation, mode, count, seed)
            if not run.counts[operation.label]:
                run.try_operation(operation, GenerationMode.POSITIVE, count, seed)
        seed += 1
        sent = sum(run.counts[operation.label] for operation in operations)
    statuses = {status: n for status, n in sorted(
        (key, n) for key, n in run.counts.items() if isinstance(key, int))}
    print(f"{sent} cases of {len(operations)} operations in {time.monotonic() - begun:.0f} s, "
          f"seed {SEED}, answers by status: {statuses}, {server.count} daemons")
    assert all(run.counts[operation.label] for operation in operations)
    assert not run.faults, f"{len(run.faults)} faults\n\n" + "\n\n".join(
        fault for _, fault in sorted(run.faults.items(), key=lambda entry: str(entry[0])))
