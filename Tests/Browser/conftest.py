"""Debian's Chromium, and pages that must not complain."""

import os
import shutil
from pathlib import Path

import pytest
from editing import Editor
from playwright.sync_api import expect


# What a page owes is told by its budgets; here a slow machine must not look like a fault.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items):
    """A page on a machine that stalls may miss a moment: such a test is tried once more, and the
    summary names it."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium"),
        "args": ["--no-sandbox", "--enable-unsafe-swiftshader"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 1280, "height": 800}, "locale": "en-US"}


@pytest.fixture(scope="session")
def base_url(daemon):
    return daemon.url


def listen(page, complaints):
    """Notes errors in the console, what the content security policy refused, unhandled rejections."""

    def note(message):
        # A refused request is told by its answer, which the test looks at.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.fixture
def page(page):
    """A page test fails on anything the page complains about."""
    complaints = []
    listen(page, complaints)
    yield page
    assert not complaints, complaints


def sign_in(page, email="admin@example.org"):
    page.goto("/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects")


@pytest.fixture(scope="module")
def shared_editor(browser, browser_context_args, base_url, daemon, admin):
    """A page of the administrator that the tests of a module share: signing in takes a second."""
    context = browser.new_context(**{**browser_context_args, "base_url": base_url})
    page = context.new_page()
    made = Editor(page, admin)
    listen(page, made.complaints)
    sign_in(page)
    yield made
    context.close()


@pytest.fixture
def editor(request, shared_editor):
    if getattr(request.node, "execution_count", 1) > 1:
        # What the first try drew would be there again.
        shared_editor.forget_drafts()
    shared_editor.complaints.clear()
    shared_editor.page.context.set_offline(False)
    yield shared_editor
    # A test that failed halfway must not hold the requests of the next.
    shared_editor.page.unroute_all(behavior="ignoreErrors")
    assert not shared_editor.complaints, shared_editor.complaints


@pytest.fixture
def signed_in(page, daemon):
    """The page, signed in as the administrator through the form."""
    sign_in(page)
    return page


@pytest.fixture(scope="session")
def shots(tmp_path_factory):
    """Where screenshots go: POSTIL_SHOTS names the folder that the documentation shows."""
    named = os.environ.get("POSTIL_SHOTS")
    return Path(named) if named else tmp_path_factory.mktemp("shots")
