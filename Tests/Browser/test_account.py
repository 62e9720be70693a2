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


def test_K4_an_administrator_sets_keys_for_everybody(editor, admin, daemon, media_root, browser,
                                                     browser_context_args, base_url):
    keys = {"tool:pan-image": {"key": "alt+shift+q", "mac": "alt+shift+w", "description": "Pan",
                               "active": True}}
    assert admin.value("PUT", "/api/hotkeys/", json={"hotkeys": keys}) == {"hotkeys": keys}
    daemon.make_user("other-keys@example.org", "member")
    image = picture(media_root / "keys", "disc.png")
    project, (task,) = editor.project(CONFIG, {"image": image}, title="Keys of the site")
    context = browser.new_context(**{**browser_context_args, "base_url": base_url})
    page = context.new_page()
    sign_in(page, "other-keys@example.org")
    with page.expect_response(lambda r: r.url.endswith("/api/hotkeys/")):
        other = Editor(page, admin).open(project, task)
    pan = page.get_by_role("button", name="Pan", exact=True)
    other.press("Alt+Shift+KeyQ")
    expect(pan).to_have_attribute("aria-pressed", "true")
    context.close()
    refused = admin.request("PUT", "/api/hotkeys/", json={"hotkeys": {"x": {"key": 1}}})
    assert refused.status_code == 400
    assert refused.json()["place"]["pointer"] == "/hotkeys/x/key"
    many = {f"x{i}": {"key": "a"} for i in range(201)}
    assert admin.request("PUT", "/api/hotkeys/", json={"hotkeys": many}).status_code == 400
    assert admin.value("GET", "/api/hotkeys/") == {"hotkeys": keys}
    admin.value("PUT", "/api/hotkeys/", json={"hotkeys": {}})


def test_W8_keys_leave_and_come_back_as_a_file(editor, admin, tmp_path):
    page = editor.page
    admin.value("PATCH", "/api/current-user/hotkeys/",
                json={"custom_hotkeys": {"tool:rect": {"key": "alt+r"}}})
    page.goto("/account")
    changed = page.get_by_label("Changed keys")
    expect(changed).to_contain_text("tool:rect")
    expect(changed).to_contain_text("Alt+R")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export keys").click()
    assert waiting.value.suggested_filename == "postil-keys.json"
    kept = tmp_path / "keys.json"
    waiting.value.save_as(kept)
    page.get_by_role("button", name="Reset all keys").click()
    expect(page.get_by_text("You have changed none.")).to_be_visible()
    broken = tmp_path / "broken.json"
    broken.write_text('{"tool:rect": {"key": 7}}')
    page.get_by_label("File of keys").set_input_files(broken)
    expect(page.get_by_text("The key of “tool:rect” is not understood.")).to_be_visible()
    page.get_by_label("File of keys").set_input_files(kept)
    expect(changed).to_contain_text("Alt+R")
    assert admin.value("GET", "/api/current-user/hotkeys/") == {
        "custom_hotkeys": {"tool:rect": {"key": "alt+r"}}}
    page.get_by_role("button", name="Set for everybody…").click()
    page.get_by_role("dialog").get_by_role("button", name="Set for everybody").click()
    expect(page.get_by_text("Everybody begins with 1 key of this site.")).to_be_visible()
    assert admin.value("GET", "/api/hotkeys/")["hotkeys"] == {"tool:rect": {"key": "alt+r"}}
    admin.value("PUT", "/api/hotkeys/", json={"hotkeys": {}})
    page.get_by_role("button", name="Reset all keys").click()
    expect(page.get_by_text("You have changed none.")).to_be_visible()
