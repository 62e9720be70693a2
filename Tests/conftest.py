"""Fixtures that all tests from outside share."""

import pytest
from installation import API, Daemon


@pytest.fixture(scope="session")
def media_root(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="session")
def daemon(tmp_path_factory, media_root):
    """A daemon with an administrator, shared by tests that make projects of their own."""
    plugins = tmp_path_factory.mktemp("plugins")
    made = Daemon(
        tmp_path_factory.mktemp("data"),
        ["--media-root", str(media_root), "--plugin-dir", str(plugins)],
        environment={"POSTIL_TEST_MODE": "1"},
    )
    made.plugin_dir = plugins
    made.admin_token = made.make_user("admin@example.org", "administrator")
    made.start()
    yield made
    assert made.stop() == 0


@pytest.fixture(scope="session")
def admin(daemon):
    return API(daemon.url, daemon.admin_token)
