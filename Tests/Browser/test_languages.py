"""The sign-in page speaks the browser's language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

CATALOGUES = Path(__file__).resolve().parents[2] / "Sources/WebFrontend/js/i18n"


@pytest.mark.parametrize(
    ("locale", "language", "button"),
    [("de-AT", "de", "Anmelden"), ("fr-FR", "fr", "Se connecter"), ("ja-JP", "en", "Sign in")],
)
def test_the_sign_in_page_speaks_the_browsers_language(
    browser, browser_context_args, base_url, locale, language, button
):
    catalogue = CATALOGUES / f"{language}.json"
    said = json.loads(catalogue.read_text("utf-8")) if language != "en" else {}
    context = browser.new_context(
        **{**browser_context_args, "base_url": base_url, "locale": locale}
    )
    try:
        page = context.new_page()
        page.goto("/projects")
        expect(page).to_have_title(f"{button} · Postil")
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.get_by_role("button", name=button, exact=True).click()
        for message in ("Enter your email address.", "Enter your password."):
            expect(page.get_by_text(said.get(message, message))).to_be_visible()
    finally:
        context.close()
