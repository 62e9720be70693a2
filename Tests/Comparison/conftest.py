"""Postil and the original, side by side, for all comparisons of one run."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace

import original
import pytest
import sdk_calls
from formats import COMPARED
from generated_tasks import COUNT, SEED
from installation import API, Daemon
from label_studio_sdk.converter.converter import Format
from places import places

EMAIL = "calls-admin@example.org"
# The one is a name without a format; the other makes archives of one vendor's documents.
LEFT_OUT = ("CSV_OLD", "DOCLANG")


@dataclass
class Server:
    """One of the two, told of a model, an object store and a folder of its own."""

    url: str
    token: str
    places: SimpleNamespace

    @property
    def http(self) -> API:
        return API(self.url, self.token)

    @property
    def names(self) -> dict[str, str]:
        """What stands in answers for where this one happens to be."""
        return {self.url: "<server>", self.url.removeprefix("http://"): "<server>",
                str(self.places.media): "<media>", self.places.model_url: "<model>",
                self.places.s3_url: "<store>"}


@contextmanager
def postil(folder):
    media = folder / "media"
    daemon = Daemon(folder / "data", ["--media-root", str(media), "--allow-outbound", "127.0.0.1"])
    media.mkdir()
    token = daemon.make_user(EMAIL, "administrator")
    daemon.start()
    try:
        with places(media) as told:
            yield Server(daemon.url, token, told)
    finally:
        assert daemon.stop() == 0


@contextmanager
def label_studio(folder):
    if not original.is_installed():
        original.install()
    with original.label_studio(folder, EMAIL) as (url, token), places(folder / "media") as told:
        yield Server(url, token, told)


@pytest.fixture(scope="session")
def servers(tmp_path_factory):
    """Ours and theirs."""
    with postil(tmp_path_factory.mktemp("postil")) as ours, \
            label_studio(tmp_path_factory.mktemp("original")) as theirs:
        yield ours, theirs


@pytest.fixture(scope="session")
def outcomes(servers):
    """What every method of the SDK came to, on both, fresh as they are: numbers are given alike."""
    found = [sdk_calls.run(s.url, s.token, s.http, s.places) for s in servers]
    for server, outcome in zip(servers, found):  # Its token was exchanged on the way.
        server.token = outcome["users.reset_token"].answers[-1].body["token"]
    return found


def pytest_configure(config):
    config.comparison = []


def pytest_sessionfinish(session):
    """With the comparisons of formats in the same run, all formats must have been compared."""
    if not COMPARED:
        return
    missing = [f.name for f in Format if f.name not in COMPARED and f.name not in LEFT_OUT]
    few = [name for name, tasks in COMPARED.items() if tasks < COUNT]
    session.config.comparison += [
        f"{len(COMPARED)} of {len(Format)} formats of the converter were compared, with seed {SEED}; "
        f"without {', '.join(LEFT_OUT)}:",
        *(f"  {name}: {tasks:,} tasks" for name, tasks in sorted(COMPARED.items())),
    ]
    if missing or few:
        session.config.comparison.append(f"not compared: {missing}; with too few tasks: {few}")
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter, config):
    for line in config.comparison:
        terminalreporter.write_line(line)
