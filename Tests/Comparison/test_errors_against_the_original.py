"""Requests that cannot be right: status, kind and shape of the answer are the original's."""

import error_cases
import pytest
from comparing import refusal_differences
from listed import Listed


@pytest.fixture(scope="module")
def listed():
    return Listed("errors")


@pytest.fixture(scope="module")
def answers(servers, outcomes):
    """Ours and theirs for each case, after the SDK's calls, which want both servers fresh."""
    ours, theirs = (error_cases.run(server.url, server.token) for server in servers)
    return {name: (ours[name], theirs[name]) for name in error_cases.CASES}


@pytest.fixture(scope="module")
def found(answers):
    return {name: list(refusal_differences(name, *pair)) for name, pair in answers.items()
            if not breaks_down(pair[1])}


def breaks_down(theirs) -> bool:
    """Whether the original has no answer for a program: it fails, or shows a page for people."""
    return theirs.status >= 500 or theirs.kind == "text/html"


@pytest.mark.parametrize("name", error_cases.CASES)
def test_the_refusal_is_the_originals(name, answers, found, listed):
    if name in found:
        surprises = listed.surprises(found[name])
        assert not surprises, "\n" + "\n".join(map(str, surprises))
        return
    ours, theirs = answers[name]
    assert 400 <= ours.status < 500, ours
    assert theirs.status >= 500 or ours.status == theirs.status, ours
    assert ours.kind == "application/json"
    assert ours.body["status_code"] == ours.status and ours.body["detail"], ours


def test_what_is_listed_occurs(found, listed, answers, pytestconfig):
    for differences in found.values():
        listed.surprises(differences)
    assert not listed.unmet
    failures = sum(theirs.status >= 500 for _, theirs in answers.values())
    pages = sum(theirs.kind == "text/html" for _, theirs in answers.values())
    pytestconfig.comparison.append(
        f"{len(found)} of {len(answers)} wrong requests were compared; at {failures} the original "
        f"fails, and to {pages} it answers with a page for people")
