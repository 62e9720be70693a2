"""Debian's Chromium, and pages that must not complain."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

# What a page owes is told by its budgets; here a slow machine must not look like a fault.
expect.set_options(timeout=15_000)


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


@pytest.fixture
def page(page):
    """A page test fails on an error in the console, a refused script or an unhandled rejection."""
    complaints = []

    def note(message):
        # A refused request is told by its answer, which the test looks at.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert not complaints, complaints


@pytest.fixture
def signed_in(page, daemon):
    """The page, signed in as the administrator through the form."""
    page.goto("/sign-in")
    page.get_by_label("Email").fill("admin@example.org")
    page.get_by_label("Password", exact=True).fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects")
    return page


@pytest.fixture(scope="session")
def shots(tmp_path_factory):
    """Where screenshots go: POSTIL_SHOTS names the folder that the documentation shows."""
    named = os.environ.get("POSTIL_SHOTS")
    return Path(named) if named else tmp_path_factory.mktemp("shots")
