"""Every method of Label Studio's client either works or stands in the list of exceptions."""

import json
from fnmatch import fnmatch
from pathlib import Path

import pytest
import sdk_calls
from installation import API, Daemon
from places import places

HERE = Path(__file__).parent
METHODS = (HERE / "sdk_methods.txt").read_text().split()
EXCEPTIONS = json.loads((HERE / "sdk_exceptions.json").read_text())


def is_exception(name):
    return any(fnmatch(name, pattern) for pattern in EXCEPTIONS)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What each method came to, against a daemon of its own: tokens and users change on the way."""
    media = tmp_path_factory.mktemp("media")
    daemon = Daemon(
        tmp_path_factory.mktemp("sdk"),
        ["--media-root", str(media), "--allow-outbound", "127.0.0.1"],
    )
    token = daemon.make_user("calls-admin@example.org", "administrator")
    daemon.start()
    try:
        with places(media) as told:
            yield sdk_calls.run(daemon.url, token, API(daemon.url, token), told)
    finally:
        assert daemon.stop() == 0


def test_each_method_is_called_or_excepted_not_both():
    called = {sdk_calls.method_of(name) for name in sdk_calls.CALLS}
    assert len(METHODS) == 166
    assert called <= set(METHODS)
    assert {name for name in METHODS if is_exception(name)} == set(METHODS) - called
    for pattern in EXCEPTIONS:
        assert any(fnmatch(name, pattern) for name in METHODS), pattern
    print(f"{len(called)} of {len(METHODS)} methods are called")


@pytest.mark.parametrize("name", sdk_calls.CALLS)
def test_the_method_works(name, outcomes):
    value = outcomes[name].value
    assert not isinstance(value, Exception), f"{name}: {value!r}"
    assert value is not False
    assert outcomes[name].answers, f"{name}: nothing was asked"
