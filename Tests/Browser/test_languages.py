"""Pages speak the chosen language, or else the browser's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import renamed_tag
from conftest import sign_in
from editing import picture
from playwright.sync_api import expect

TEXTS = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Gut"/></Choices></View>"""
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


def test_the_page_of_an_invitation_speaks_the_browsers_language(browser, browser_context_args, base_url):
    context = browser.new_context(
        **{**browser_context_args, "base_url": base_url, "locale": "de-DE"}
    )
    try:
        page = context.new_page()
        page.goto("/user/signup/?token=none")
        expect(page.get_by_role("heading", name="Postil beitreten")).to_be_visible()
        expect(page.get_by_label("Vorname")).to_be_visible()
        expect(page.get_by_role("button", name="Beitreten")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "de")
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


def plain(text):
    """As names are compared: a space that does not break is a space."""
    return text.replace("\u00a0", " ")


@pytest.fixture
def speaks(editor):
    """Makes the pages of these tests speak a language, and English again afterwards."""
    page = editor.page

    def choose(language):
        page.evaluate("(language) => localStorage.setItem('postil.language', language)", language)

    yield choose
    page.evaluate("() => localStorage.removeItem('postil.language')")


@pytest.fixture(scope="module")
def many_tasks(admin):
    project = admin.make_project("Viele", TEXTS)
    admin.value("POST", f"/api/projects/{project}/import",
                json=[{"text": f"Satz {i}"} for i in range(1234)])
    yield project
    admin.request("DELETE", f"/api/projects/{project}/")


@pytest.mark.parametrize(("language", "projects", "new", "count", "day", "column", "condition", "filter"), [
    ("de", "Projekte", "Neues Projekt", "1.234 Aufgaben", r"\d\d\.\d\d\.20\d\d", "Vorhersagen",
     "ist mindestens", "Vorhersagen ist mindestens 2"),
    ("fr", "Projets", "Nouveau projet", "1\u202f234 tâches", r"\d\d? \S+ 20\d\d", "Prédictions",
     "est au moins", "Prédictions est au moins 2"),
])
def test_X6_projects_and_their_data_are_told_in_the_language(
        editor, speaks, many_tasks, language, projects, new, count, day, column, condition, filter):
    page = editor.page
    said = json.loads((CATALOGUES / f"{language}.json").read_text("utf-8"))
    page.goto("/projects")
    speaks(language)
    page.reload()
    expect(page.get_by_role("heading", name=projects, level=1)).to_be_visible()
    expect(page.get_by_role("link", name=new, exact=True)).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Viele").get_by_text(count.split()[-1])).to_have_text(
        re.compile(re.escape(count) + "$"))
    page.get_by_role("link", name="Viele").click()
    expect(page.get_by_role("status").filter(has_text=re.compile("^" + re.escape(count) + "$"))).to_be_visible()
    page.get_by_role("button", name=said["Filter"], exact=True).click()
    dialog = page.get_by_role("dialog", name=said["Filter tasks"])
    dialog.get_by_label(said["Column"]).select_option(label=column)
    dialog.get_by_label(said["Condition"]).select_option(label=condition)
    dialog.get_by_label(said["Value"], exact=True).fill("2")
    dialog.get_by_role("button", name=said["Add filter"]).click()
    expect(page.get_by_role("listitem").filter(has_text=filter)).to_be_visible()
    expect(page.get_by_role("heading", name=said["No task matches"])).to_be_visible()
    page.goto("/account")
    page.goto("/projects?title=Viele")
    page.get_by_role("combobox", name=said["Show projects as"]).select_option("table")
    expect(page.get_by_role("row", name="Viele").get_by_text(re.compile("^" + day + "$"))).to_be_visible()
    page.get_by_role("combobox", name=said["Show projects as"]).select_option("cards")


WALK = """(catalogue) => {
  const english = [];
  const told = (text) => {
    const known = (text ?? "").trim();
    if (known in catalogue && catalogue[known] !== known) english.push(known);
  };
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (["SCRIPT", "STYLE", "TITLE", "CODE"].includes(element.tagName)) continue;
      if (element.closest(".badge, kbd")) continue; // names of tags and formats
      if (element.closest(".config-preview__frame, .plugin__settings")) continue;
      for (const name of ["aria-label", "title", "placeholder"]) told(element.getAttribute(name));
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) told(node.data);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return english;
}"""
PAGES = ["/projects", "/projects/new", "/projects/deleted", "/plugins", "/users", "/account",
         "/projects/{}", "/projects/{}/settings", "/projects/{}/settings/interface",
         "/projects/{}/settings/annotation", "/projects/{}/settings/models",
         "/projects/{}/settings/storages", "/projects/{}/settings/webhooks",
         "/projects/{}/settings/members", "/projects/{}/plugins", "/projects/{}/trash"]


def test_X6_no_page_says_in_english_what_it_can_say_in_german(editor, speaks, many_tasks):
    page = editor.page
    catalogue = json.loads((CATALOGUES / "de.json").read_text("utf-8"))
    # Other tests may have given their projects a name that is a message too.
    for project in editor.admin.value("GET", "/api/projects/?page_size=1000")["results"]:
        catalogue.pop(project["title"], None)
    page.goto("/projects")
    speaks("de")
    english = {}
    for path in PAGES:
        page.goto(path.format(many_tasks))
        page.locator("h1").wait_for()
        expect(page.locator(".skeleton")).to_have_count(0)
        found = page.evaluate(WALK, catalogue)
        if found:
            english[path] = found
    assert english == {}


def test_X6_a_plugins_tag_speaks_the_language_in_its_own_words(editor, speaks, media_root):
    image = picture(media_root / "languages", "field.png")
    config = renamed_tag.CONFIG.replace(renamed_tag.TAG, "SatellitePolygon")
    project = editor.admin.value("POST", "/api/projects/", json={
        "title": "Felder", "label_config": config,
        "enable_plugins": ["org.postil.satellite-polygon"]})["id"]
    (task,) = editor.admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                                 json=[{"image": image, "footprint": renamed_tag.FOOTPRINT}])["task_ids"]
    editor.page.goto("/projects")
    speaks("de")
    editor.open(project, task)
    expect(editor.page.locator("html")).to_have_attribute("lang", "de")
    expect(editor.page.get_by_role("complementary", name="Regionen")).to_be_visible()
    for tool in ("Satellitenpolygon", "Loch im Satellitenpolygon"):
        expect(editor.page.get_by_role("button", name=tool, exact=True)).to_be_visible()


BOXES = """<View><Image name="image" value="$image" zoom="true"/>
<RectangleLabels name="box" toName="image"><Label value="Wagen"/></RectangleLabels>
<PolygonLabels name="outline" toName="image"><Label value="Haus"/></PolygonLabels>
<BrushLabels name="mask" toName="image"><Label value="Weg"/></BrushLabels>
<TextArea name="note" toName="image"/><Rating name="stars" toName="image"/></View>"""
SPANS = """<View><Labels name="span" toName="text"><Label value="Ort"/></Labels>
<Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Gut"/></Choices></View>"""


@pytest.mark.parametrize("language", ["de", "fr"])
@pytest.mark.parametrize(("config", "surface"), [(BOXES, "Image"), (SPANS, "Text")])
def test_X6_the_editor_says_nothing_in_english(editor, speaks, media_root, config, surface, language):
    page = editor.page
    image = picture(media_root / "languages", "editor.png")
    catalogue = json.loads((CATALOGUES / f"{language}.json").read_text("utf-8"))
    project, (task,) = editor.project(config, {"image": image, "text": "Ein Satz aus Wien."},
                                      title="Sprachen")
    page.goto("/projects")
    speaks(language)
    page.goto(f"/projects/{project}/tasks/{task}")
    expect(page.get_by_role("button", name=catalogue["Submit"], exact=True)).to_be_enabled()
    if surface == "Image":
        page.wait_for_function("() => window.__editor?.transforms()[0]?.scale > 0")
        page.get_by_role("button", name=catalogue["Rectangle"], exact=True).click()
        editor.drag((20, 20), (60, 60))
        editor.press("Escape")
        regions = page.get_by_role("listbox", name=catalogue["Regions"]).get_by_role("option")
        expect(regions).to_have_count(1)
        expect(page.get_by_role("button", name=re.compile(
            "^" + re.escape(plain(catalogue["Undo: {step}"]).format(step=catalogue["Draw a rectangle"]))))
        ).to_be_enabled()
        regions.first.click()
    assert page.evaluate(WALK, catalogue) == []
    editor.press("?")
    dialog = page.get_by_role("dialog", name=catalogue["Keys"])
    expect(dialog.get_by_text(re.compile(re.escape(catalogue["key|Shift"]))).first).to_be_visible()
    expect(dialog.get_by_label(catalogue["Find a key"])).to_be_visible()
    assert page.evaluate(WALK, catalogue) == []
    editor.press("Escape")
