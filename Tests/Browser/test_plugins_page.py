"""The administrator's page of plugins: packages in, three switches, upgrades, and news without reloading."""

import re
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from installation import distribution
from playwright.sync_api import expect

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Good"/></Choices></View>"""
ID = "org.example.field-list"


def postil(*arguments):
    done = subprocess.run([distribution() / "bin/postil", "plugin", *map(str, arguments)],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """Signed packages of an exporter in two versions, and one that was damaged."""
    folder = tmp_path_factory.mktemp("packages")
    source = folder / "field-list"
    postil("new", "exporter", "field-list", "--directory", source)
    postil("keygen", folder / "key")
    for number in ("0.1.0", "0.2.0"):
        for path in (source / "manifest.json", source / "field_list.c"):
            path.write_text(path.read_text().replace('"0.1.0"', f'"{number}"'))
        postil("pack", source, "-o", folder / f"{number}.tar.gz")
        postil("sign", folder / f"{number}.tar.gz", "--key", folder / "key")
    bent = bytearray((folder / "0.1.0.tar.gz").read_bytes())
    bent[len(bent) // 2] ^= 0xFF
    (folder / "bent.tar.gz").write_bytes(bent)
    return folder


def card(page, version):
    return page.get_by_role("listitem").filter(has_text=f"{ID} {version}").filter(
        has=page.get_by_role("heading"))


def barriers(page):
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found
            if v["impact"] in ("serious", "critical")]


def upload(page, path):
    page.get_by_role("button", name="Install a package…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Package").set_input_files(path)
    dialog.get_by_role("button", name="Verify and install").click()
    return dialog


def confirm(page, name):
    page.get_by_role("dialog").get_by_role("button", name=name).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_refused_package_is_explained_step_by_step(signed_in, packages, shots, scheme):
    page = signed_in
    page.emulate_media(color_scheme=scheme)
    page.goto("/plugins")
    dialog = upload(page, packages / "bent.tar.gz")
    expect(dialog.get_by_role("alert")).to_be_visible()
    steps = dialog.locator(".checks li")
    expect(steps).to_have_count(7)
    expect(steps.filter(has_text="failed")).to_have_count(1)
    assert not barriers(page)
    page.screenshot(path=shots / f"plugin-refused-{scheme}.png")


def test_a_package_goes_through_its_life(signed_in, admin, packages, shots):
    page = signed_in
    page.goto("/plugins")
    dialog = upload(page, packages / "0.1.0.tar.gz")
    expect(dialog.get_by_text(f"{ID} 0.1.0 is installed.")).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()
    old = card(page, "0.1.0")
    expect(old.get_by_text("Not allowed")).to_be_visible()
    expect(old.get_by_text("Signed", exact=True)).to_be_visible()
    old.get_by_role("button", name=re.compile("^Allow")).click()
    confirm(page, "Allow it")
    expect(old.get_by_text("Allowed", exact=True)).to_be_visible()

    project = admin.make_project("Fields", CONFIG)
    admin.value("PUT", f"/api/projects/{project}/plugins/{ID}", json={"enabled": True})
    # Nobody has touched the page: the news came by the event stream.
    expect(old.get_by_text("enabled in 1 project")).to_be_visible()

    old.get_by_text("Details").click()
    expect(old.get_by_text("Verification passed")).to_be_visible()
    expect(old.get_by_role("link", name="Fields")).to_be_visible()
    expect(old.get_by_text("by admin@example.org")).to_be_visible()
    expect(old.get_by_text("no network")).to_be_visible()
    old.get_by_role("button", name=re.compile("^History")).click()
    history = old.get_by_role("list", name="History")
    for action in ("plugin.installed", "plugin.allowed", "plugin.enabled"):
        expect(history.get_by_text(action)).to_be_visible()

    upload(page, packages / "0.2.0.tar.gz").get_by_role("button", name="Close").last.click()
    new = card(page, "0.2.0")
    new.get_by_role("button", name=re.compile("^Allow")).click()
    confirm(page, "Allow it")
    new.get_by_role("button", name=re.compile("^Upgrade")).click()
    confirm(page, "Upgrade")
    expect(new.get_by_text("enabled in 1 project")).to_be_visible()
    expect(old.get_by_text("enabled in no project")).to_be_visible()
    expect(old.locator("details")).to_have_attribute("open", "")
    new.get_by_text("Details").click()
    expect(new.get_by_text("Self-test passed")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert not barriers(page)
        new.screenshot(path=shots / f"plugin-card-{scheme}.png")
    answer = admin.get(f"/api/projects/{project}/export?exportType=FIELD-LIST&download_all_tasks=1")
    assert answer.status_code == 200

    new.get_by_role("button", name=re.compile("^Roll back")).click()
    confirm(page, "Roll back")
    expect(old.get_by_text("enabled in 1 project")).to_be_visible()
    new.get_by_role("button", name=re.compile("^Retire")).click()
    confirm(page, "Retire")
    expect(new.get_by_text("Retired", exact=True)).to_be_visible()


def test_what_others_do_shows_without_reloading(signed_in, admin, daemon, packages):
    page = signed_in
    page.goto("/plugins")
    expect(page.get_by_role("heading", name="Plugins", exact=True)).to_be_visible()
    folder = daemon.plugin_dir / "org.example.dropped/1.0.0"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(
        '{"manifestVersion":1,"id":"org.example.dropped","version":"1.0.0","name":"Dropped in",'
        '"abi":{"built":"1.0","min":"1.0"}}')
    expect(page.get_by_role("heading", name="Dropped in")).to_be_visible()
    admin.value("POST", "/api/plugins/org.example.dropped/1.0.0/actions/quarantine",
                json={"reason": "It looks odd."})
    expect(page.get_by_text("It looks odd.")).to_be_visible()
    (folder / "manifest.json").unlink()
    folder.rmdir()
    expect(page.get_by_role("heading", name="Dropped in")).to_have_count(0)
