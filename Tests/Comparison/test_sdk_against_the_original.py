"""Every method of label-studio-sdk, called with the same input on Postil and on Label Studio."""

import json
from fnmatch import fnmatch
from pathlib import Path

import pytest
import sdk_calls
from comparing import Difference, exchange_differences
from label_studio_sdk.core.api_error import ApiError
from listed import Listed

COMPATIBILITY = Path(__file__).parents[1] / "Compatibility"
METHODS = (COMPATIBILITY / "sdk_methods.txt").read_text().split()
EXCEPTIONS = json.loads((COMPATIBILITY / "sdk_exceptions.json").read_text())


@pytest.fixture(scope="module")
def listed():
    return Listed("methods")


@pytest.fixture(scope="module")
def found(servers, outcomes):
    """The differences of each method."""
    ours, theirs = servers
    return {name: list(of_method(name, *(o[name] for o in outcomes), ours.names, theirs.names))
            for name in sdk_calls.CALLS}


def of_method(name, ours, theirs, names, their_names):
    yield from exchange_differences(name, ours.answers, theirs.answers, names, their_names)
    mine, their = came_to(ours.value), came_to(theirs.value)
    if mine != their:
        yield Difference(f"{name} outcome", mine, their)


def came_to(value):
    """Whether the client could use the answer."""
    if isinstance(value, ApiError):
        return f"status {value.status_code}"
    return repr(value) if isinstance(value, Exception) else "a value"


@pytest.mark.parametrize("name", sdk_calls.CALLS)
def test_the_method_answers_as_the_original(name, outcomes, found, listed):
    assert all(o[name].answers for o in outcomes), [o[name].value for o in outcomes]
    surprises = listed.surprises(found[name])
    assert not surprises, "\n" + "\n".join(map(str, surprises))


def test_what_is_listed_occurs(found, listed, pytestconfig):
    for differences in found.values():
        listed.surprises(differences)
    assert not listed.unmet
    called = {sdk_calls.method_of(name) for name in sdk_calls.CALLS}
    compared = [name for name in METHODS if name in called]
    excepted = [name for name in METHODS if any(fnmatch(name, e) for e in EXCEPTIONS)]
    assert len(compared) == len(METHODS) - len(excepted)
    pytestconfig.comparison += [
        f"{len(compared)} of {len(METHODS)} methods of label-studio-sdk were called on both; "
        f"{len(excepted)} are written exceptions:",
        *(f"  {name}: {EXCEPTIONS[name]}" for name in excepted),
    ]
