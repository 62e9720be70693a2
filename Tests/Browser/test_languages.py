"""Pages speak the chosen language, or else the browser's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import sign_in
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


def test_W8_the_language_is_chosen_on_the_account_page_and_kept(page, daemon):
    daemon.make_user("languages@example.org", "member")  # whose token nobody else uses
    sign_in(page, "languages@example.org")
    page.goto("/account")
    page.get_by_role("combobox", name="Language").select_option("Deutsch")
    expect(page.get_by_role("heading", name="Konto", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    # A token that is shown once stays in view; the language waits for it.
    page.get_by_role("button", name="Neues Token …").click()
    page.get_by_role("dialog").get_by_role("button", name="Neues Token erstellen").click()
    token = page.get_by_role("textbox", name="API-Token")
    expect(token).to_be_visible()
    page.get_by_role("combobox", name="Sprache").select_option("Français")
    expect(page.get_by_text("Die Sprache wechselt, sobald")).to_be_visible()
    expect(token).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.get_by_role("heading", name="Compte", exact=True)).to_be_visible()
    assert [url.rsplit("/")[-1] for url in asked if "/i18n/" in url and url.endswith(".json")] == [
        "fr.json"
    ]
    asked.clear()
    page.get_by_role("combobox", name="Langue").select_option("English")
    expect(page.get_by_role("heading", name="Account", exact=True)).to_be_visible()
    assert not [url for url in asked if url.endswith(".json")]
