"""The account page, and what people take along to other browsers."""

import re

import requests
from conftest import sign_in
from editing import Editor, picture
from playwright.sync_api import expect

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels></View>"""


def test_W8_a_personal_access_token_is_shown_once_and_ended(editor, base_url):
    page = editor.page
    page.goto("/account")
    page.get_by_role("button", name="New access token").click()
    token = page.get_by_label("Personal access token", exact=True).first.input_value()
    swapped = requests.post(f"{base_url}/api/token/refresh/", json={"refresh": token}, timeout=30)
    assert swapped.ok and swapped.json()["access"]
    page.reload()
    tokens = page.get_by_role("list", name="Personal access tokens").get_by_role("listitem")
    expect(tokens).to_have_count(1)
    assert token not in page.content()
    expect(page.get_by_role("button", name="New access token")).to_be_disabled()
    page.get_by_role("button", name="End token…").click()
    page.get_by_role("dialog").get_by_role("button", name="End token").click()
    expect(tokens).to_have_count(0)
    refused = requests.post(f"{base_url}/api/token/refresh/", json={"refresh": token}, timeout=30)
    assert refused.status_code == 401


def test_K4_a_changed_key_goes_along_to_another_browser(
        editor, admin, media_root, browser, browser_context_args, base_url):
    image = picture(media_root / "keys", "disc.png")
    project, (task,) = editor.project(CONFIG, {"image": image}, title="Keys")
    editor.open(project, task)
    editor.press("?")
    dialog = editor.page.get_by_role("dialog", name="Keys")
    dialog.get_by_label("Find a key").fill("Pan")
    key = dialog.get_by_role("button", name=re.compile("^Pan.*Change"))
    key.click()
    with editor.page.expect_response(lambda r: "/hotkeys" in r.url and r.request.method == "PATCH"):
        editor.page.keyboard.press("Alt+Shift+KeyY")
    context = browser.new_context(**{**browser_context_args, "base_url": base_url})
    page = context.new_page()
    sign_in(page)
    with page.expect_response(lambda r: "/hotkeys" in r.url):
        other = Editor(page, admin).open(project, task)
    other.press("Alt+Shift+KeyY")
    expect(page.get_by_role("button", name="Pan", exact=True)).to_have_attribute("aria-pressed", "true")
    context.close()
    with editor.page.expect_response(lambda r: "/hotkeys" in r.url and r.request.method == "PATCH"):
        dialog.get_by_role("button", name="Reset all keys").click()
