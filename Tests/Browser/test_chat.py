"""Conversations with a model: it answers, answers again, and people judge what it says."""

import re
import threading
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from companions import Model
from conftest import listen, sign_in
from filling import Keys, group
from installation import API, Daemon
from playwright.sync_api import expect

CONFIG = '<View><Chat name="chat" value="$chat" llm="a/b"/></View>'


class Talker(Model):
    """Says what it is told to, one after another; a number is a status instead. `may_answer` holds it back."""

    def __init__(self, port=0):
        self.replies: list = []
        self.contexts: list[list] = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        super().__init__(port)

    def predict(self, body):
        self.contexts.append(body["params"]["context"]["result"])
        reply = self.replies.pop(0)
        self.may_answer.wait(30)
        if isinstance(reply, int):
            return reply, {"detail": "out of memory"}
        said = [{"type": "chatmessage", "from_name": "chat", "to_name": "chat", "value": {
            "chatmessage": {"role": "assistant", "content": text}}} for text in reply]
        return 200, {"results": [{"result": said, "model_version": "talk-1"}]}


@pytest.fixture(scope="module")
def place(tmp_path_factory, browser, browser_context_args):
    """A daemon that may ask a model on this machine, and a page of its administrator."""
    daemon = Daemon(tmp_path_factory.mktemp("chat"), ["--allow-outbound", "127.0.0.1"])
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    context = browser.new_context(**{**browser_context_args, "base_url": daemon.url})
    page = context.new_page()
    complaints = []
    listen(page, complaints)
    sign_in(page)
    yield SimpleNamespace(page=page, admin=API(daemon.url, token), complaints=complaints)
    context.close()
    assert daemon.stop() == 0


@pytest.fixture
def page(place):
    place.complaints.clear()
    yield place.page
    assert not place.complaints, place.complaints


@pytest.fixture
def admin(place):
    return place.admin


@pytest.fixture
def model():
    with Talker() as running:
        yield running
        running.may_answer.set()


def opened(page, admin, *chats, config=CONFIG, models=()):
    """The first of the tasks in the editor; gives the ids of all."""
    project = admin.make_project("Conversations", config)
    for title, model in models:
        admin.value("POST", "/api/ml/", json={
            "url": model.url, "project": project, "title": title, "is_interactive": True})
    made = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                       json=[{"data": {"chat": chat}} for chat in chats])
    go_to(page, project, made["task_ids"][0])
    return project, made["task_ids"]


def go_to(page, project, task):
    page.goto(f"/projects/{project}/tasks/{task}")
    expect(page.get_by_role("group", name="Conversation")).to_be_visible()


def messages(page):
    return page.locator(".message")


def write(page, text):
    field = page.get_by_label("Message", exact=True)
    field.fill(text)
    field.press("Enter")


def submitted(page, admin, task):
    """The stored results."""
    with page.expect_response(lambda r: "/annotations/" in r.url and r.request.method == "POST"):
        page.keyboard.press("Control+Enter")
    (stored,) = admin.value("GET", f"/api/tasks/{task}/annotations/")
    return stored["result"]


def said(results):
    return [one["value"]["chatmessage"] for one in results if one["type"] == "chatmessage"]


def focused(page):
    """The name of what has the focus."""
    return page.evaluate("""() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.getAttribute("aria-label") ?? element?.textContent;
    }""")


def test_C3_a_model_answers_what_is_written(page, admin, model):
    model.replies = [["It is **blue**."], ["Because of the air."]]
    model.may_answer.clear()
    opening = [{"role": "system", "content": "Be brief."}]
    _, (task,) = opened(page, admin, opening, models=[("Talker", model)])
    expect(page.get_by_label("Answers by")).to_have_value(
        page.get_by_label("Answers by").locator("option", has_text="Talker").get_attribute("value"))
    assert page.get_by_text("No model is connected").count() == 0
    looks = [path for path, _ in model.calls].count("/health")
    write(page, "What is the sky like?")
    expect(page.get_by_text("Talker is answering…")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    page.get_by_label("Message", exact=True).fill("And why?")  # writing goes on meanwhile
    model.may_answer.set()
    expect(messages(page)).to_have_count(3)
    expect(messages(page).nth(2).locator("strong")).to_have_text("blue")
    expect(page.get_by_text("is answering")).to_be_hidden()
    page.get_by_label("Message", exact=True).press("Enter")
    expect(messages(page)).to_have_count(5)
    assert [m["value"]["chatmessage"]["content"] for m in model.contexts[1]] == [
        "Be brief.", "What is the sky like?", "It is **blue**.", "And why?"]
    assert [path for path, _ in model.calls].count("/health") == looks  # asked once, at the opening
    stored = said(submitted(page, admin, task))
    assert [m["role"] for m in stored] == ["system", "user", "assistant", "user", "assistant"]
    assert stored[4]["content"] == "Because of the air." and stored[4]["model"] == "talk-1"
    assert stored[4]["createdAt"] >= stored[3]["createdAt"]


def test_C3_who_writes_before_the_model_is_known_is_answered(page, admin, model):
    model.replies = [["Good morning."]]
    held, lists = [], re.compile(r"/api/ml/\?")
    page.route(lists, lambda route: held.append(route))
    opened(page, admin, [], models=[("Talker", model)])
    write(page, "Hello")
    expect(messages(page)).to_have_count(1)
    for route in held:
        route.continue_()
    page.unroute(lists)
    expect(messages(page).nth(1)).to_contain_text("Good morning.")
    expect(page.get_by_label("Who writes")).to_have_value("user")


def test_C3_people_answer_where_no_model_does(page, admin, model):
    opened(page, admin, [])
    expect(page.get_by_text("No model is connected here: write the answers too.")).to_be_visible()
    expect(page.get_by_label("Answers by")).to_be_hidden()
    _, _ = opened(page, admin, [], models=[("Talker", model)])
    page.get_by_label("Answers by").select_option("people")
    write(page, "Hello")
    write(page, "Good morning")
    expect(messages(page)).to_have_count(2)
    assert model.contexts == []
    page.reload()
    expect(messages(page)).to_have_count(2)
    expect(page.get_by_label("Answers by").locator("option:checked")).to_have_text("people")


def test_C3_an_answer_can_be_stopped_and_a_failure_tried_again(page, admin, model):
    model.replies = [["too late"], 500, ["Yes."]]
    model.may_answer.clear()
    _, (task,) = opened(page, admin, [], models=[("Talker", model)])
    write(page, "Are you there?")
    page.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ask Talker to answer")).to_be_focused()
    model.may_answer.set()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Talker did not answer")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_focused()
    expect(messages(page)).to_have_count(1)
    expect(messages(page)).to_contain_text("Are you there?")
    page.keyboard.press("Enter")
    expect(messages(page)).to_have_count(2)
    expect(page.get_by_label("Message", exact=True)).to_be_focused()
    assert [m["content"] for m in said(submitted(page, admin, task))] == ["Are you there?", "Yes."]


def test_C3_a_model_that_is_silent_is_named_and_looked_up_again(page, admin):
    with Talker() as model:
        project, (task,) = opened(page, admin, [], models=[("Talker", model)])
    go_to(page, project, task)
    expect(page.get_by_text("Talker cannot be reached")).to_be_visible()
    write(page, "Hello?")  # people can go on without it
    expect(messages(page)).to_have_count(1)
    with Talker(model.port) as model:
        model.replies = [["Here I am."]]
        page.get_by_role("button", name="Try again").click()
        page.get_by_role("button", name="Ask Talker to answer").click()
        expect(messages(page).nth(1)).to_contain_text("Here I am.")


def test_C3_another_model_answers_the_same_question(page, admin, model):
    with Talker() as other:
        model.replies, other.replies = [["Red."]], [["Blue."]]
        _, (task,) = opened(page, admin, [], models=[("Talker", model), ("Thinker", other)])
        write(page, "What is the sky like?")
        expect(messages(page)).to_have_count(2)
        page.get_by_label("Answers by").select_option("Thinker")
        page.get_by_role("button", name="Regenerate").click()
        expect(page.get_by_role("group", name="Answer 2")).to_contain_text("Blue.")
        # Whoever chooses does not see who said what.
        assert page.locator(".answers").get_by_text("Thinker").count() == 0
        page.get_by_role("button", name="Keep answer 1").click()
        kept = said(submitted(page, admin, task))[1]
        assert kept["content"] == "Red." and kept["alternatives"][0]["content"] == "Blue."


def test_C3_an_answer_does_not_take_what_is_judged_out_of_the_hand(page, admin, model):
    model.replies = [["Six."]]
    model.may_answer.clear()
    chat = [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "4"}]
    opened(page, admin, chat, config=RUBRIC, models=[("Talker", model)])
    write(page, "3 + 3?")
    messages(page).nth(1).click(position={"x": 10, "y": 10})
    remark = group(page, "remark").get_by_role("textbox")
    remark.fill("right")
    model.may_answer.set()
    expect(messages(page)).to_have_count(4)
    expect(messages(page).nth(1)).to_have_attribute("aria-current", "true")
    expect(remark).to_be_focused()
    expect(remark).to_have_value("right")


def test_C3_an_answer_to_a_task_that_was_left_is_dropped(page, admin, model):
    model.replies = [["for the first"], ["for the second"]]
    model.may_answer.clear()
    project, (first, _) = opened(page, admin, [], [], models=[("Talker", model)])
    page.goto(f"/projects/{project}/label")
    expect(page.get_by_label("Answers by")).to_be_visible()
    with page.expect_event("requestfailed", lambda r: "interactive" in r.url):
        write(page, "Question")
        expect(page.get_by_text("is answering")).to_be_visible()
        page.keyboard.press("Control+Enter")
        expect(messages(page)).to_have_count(0)
    model.may_answer.set()
    write(page, "Another question")
    expect(messages(page)).to_have_count(2)
    expect(messages(page).nth(1)).to_contain_text("for the second")
    (stored,) = admin.value("GET", f"/api/tasks/{first}/annotations/")
    assert [m["content"] for m in said(stored["result"])] == ["Question"]


def test_C3_undo_takes_the_question_back_and_stops_the_answer(page, admin, model):
    model.replies = [["too late"]]
    model.may_answer.clear()
    opened(page, admin, [], models=[("Talker", model)])
    write(page, "Question")
    expect(page.get_by_text("is answering")).to_be_visible()
    page.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Control+z")
    expect(messages(page)).to_have_count(0)
    expect(page.get_by_text("is answering")).to_be_hidden()
    model.may_answer.set()


def test_C3_what_is_being_changed_survives_an_answer(page, admin, model):
    model.replies = [["Sunny."]]
    model.may_answer.clear()
    opened(page, admin, [], models=[("Talker", model)])
    write(page, "How is the weather?")
    messages(page).first.get_by_role("button", name="Edit").click()
    page.get_by_label("Change the message").fill("How is the weather in Rome?")
    model.may_answer.set()
    expect(messages(page)).to_have_count(2)
    expect(page.get_by_label("Change the message")).to_have_value("How is the weather in Rome?")
    expect(page.get_by_label("Change the message")).to_be_focused()
    page.keyboard.press("Enter")
    expect(messages(page).first).to_contain_text("in Rome?")


def test_C3_answers_are_compared_and_one_is_kept_by_keys_alone(page, admin, model):
    model.replies = [["Red."], ["Blue."], ["Azure."]]
    _, (task,) = opened(page, admin, [], models=[("Talker", model)])
    hand = Keys(page)
    hand.tab_to(page.get_by_label("Message", exact=True))
    page.keyboard.type("What is the sky like?")
    hand.press("Enter")
    expect(messages(page)).to_have_count(2)
    for count in (2, 3):
        hand.tab_to(page.get_by_role("button", name="Regenerate"))
        hand.press("Enter")
        expect(page.get_by_role("button", name="Keep answer")).to_have_count(count)
        assert focused(page) == "Answers to compare"
    # The question alone is asked again, not the answer that was not liked.
    assert [len(context) for context in model.contexts] == [1, 1, 1]
    columns = page.get_by_role("group", name=re.compile(r"^Answer \d"))
    boxes = [columns.nth(i).bounding_box() for i in range(3)]
    assert boxes[0]["y"] == boxes[1]["y"] == boxes[2]["y"]
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    assert page.get_by_label("Why is this one better?").is_hidden()
    hand.tab_to(page.get_by_role("button", name="Keep answer 2"))
    hand.press("Enter")
    expect(page.get_by_role("button", name="Keep answer 2")).to_be_focused()
    expect(page.get_by_role("button", name="Keep answer 2")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("group", name="Answer 2, kept")).to_contain_text("Blue.")
    hand.tab_to(page.get_by_label("Why is this one better?"))
    page.keyboard.type("it is true by day")
    hand.press("Escape")
    found = Axe().run(page).response["violations"]
    assert not [v["id"] for v in found if v["impact"] in ("serious", "critical")], found
    kept = said(submitted(page, admin, task))[1]
    assert (kept["role"], kept["content"], kept["reason"]) == (
        "assistant", "Blue.", "it is true by day")
    assert [(a["content"], a["rejected"], a["model"]) for a in kept["alternatives"]] == [
        ("Red.", True, "talk-1"), ("Azure.", True, "talk-1")]
    page.reload()
    expect(messages(page).nth(1)).to_contain_text("Blue.")
    expect(page.get_by_role("button", name="Keep answer")).to_have_count(0)
    messages(page).nth(1).get_by_role("button", name="Compare 3 answers").click()
    expect(page.get_by_label("Why is this one better?")).to_have_value("it is true by day")


def test_C3_regenerating_choosing_and_explaining_are_one_step_each(page, admin, model):
    model.replies = [["Red."], ["Blue."]]
    opened(page, admin, [], models=[("Talker", model)])
    write(page, "What is the sky like?")
    page.get_by_role("button", name="Regenerate").click()
    page.get_by_role("button", name="Keep answer 2").click()
    page.get_by_label("Why is this one better?").press_sequentially("true")
    messages(page).first.focus()
    expect(messages(page).nth(1)).to_have_accessible_name("assistant: Blue.")
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Why is this one better?")).to_have_value("")
    page.keyboard.press("Control+z")
    expect(messages(page).nth(1)).to_have_accessible_name("assistant: Red.")
    expect(page.get_by_role("button", name="Keep answer 2")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name="Keep answer")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(messages(page)).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(messages(page)).to_have_count(0)


def test_C3_fingers_find_every_button(place, browser, browser_context_args):
    chat = [{"role": "user", "content": "2 + 2?"},
            {"role": "assistant", "content": "4", "alternatives": [{"content": "5"}]}]
    options = {**browser_context_args, "base_url": place.page.url.split("/projects")[0],
               "has_touch": True, "is_mobile": True}
    context = browser.new_context(**options, storage_state=place.page.context.storage_state())
    page = context.new_page()
    opened(page, place.admin, chat, config=CONFIG.replace("/>", ' editable="true"/>'))
    expect(page.get_by_role("button", name="Keep answer")).to_have_count(2)
    for button in page.get_by_role("group", name="Conversation").get_by_role("button").all():
        assert button.bounding_box()["height"] >= 44, button.inner_text()
    context.close()


def test_C3_answers_that_the_task_brings_are_compared(page, admin):
    chat = [{"role": "user", "content": "2 + 2?"},
            {"role": "assistant", "content": "4", "model": "m1",
             "alternatives": [{"content": "5", "model": "m2"}]}]
    _, (task,) = opened(page, admin, chat)
    expect(page.get_by_role("button", name="Keep answer")).to_have_count(2)
    page.get_by_role("button", name="Keep answer 2").click()
    expect(page.get_by_role("group", name="Answer 2, kept")).to_contain_text("5")
    page.get_by_role("button", name="Keep answer 1").click()
    assert said(submitted(page, admin, task))[1] == {
        "role": "assistant", "content": "4", "model": "m1",
        "alternatives": [{"content": "5", "model": "m2", "rejected": True}]}


RUBRIC = """<View><Chat name="chat" value="$chat"/>
<View visibleWhen="region-selected" whenRole="user">
  <Choices name="intent" toName="chat" perRegion="true"><Choice value="Question"/><Choice value="Order"/></Choices>
</View>
<View visibleWhen="region-selected" whenRole="assistant">
  <Header value="This answer"/>
  <Rating name="correct" toName="chat" perRegion="true"/>
  <Choices name="faults" toName="chat" perRegion="true" choice="multiple"><Choice value="Invented"/>
    <Choice value="Rude"/></Choices>
  <Number name="sources" toName="chat" perRegion="true" min="0"/>
  <TextArea name="remark" toName="chat" perRegion="true" maxSubmissions="1"/>
  <Header value="This turn: the question and its answer"/>
  <Rating name="turn" toName="chat" perRegion="true"/>
</View>
<Rating name="whole" toName="chat"/></View>"""


def test_C3_a_rubric_is_filled_for_messages_turns_and_the_conversation(page, admin):
    chat = [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "4"},
            {"role": "user", "content": "3 + 3?"}, {"role": "assistant", "content": "7"}]
    _, (task,) = opened(page, admin, chat, config=RUBRIC)
    messages(page).nth(0).click(position={"x": 10, "y": 10})
    expect(group(page, "turn")).to_be_hidden()
    group(page, "intent").get_by_label("Question").check()
    for at, stars in ((1, 5), (3, 1)):
        messages(page).nth(at).focus()
        page.keyboard.press("Enter")
        expect(group(page, "intent")).to_be_hidden()
        group(page, "correct").get_by_label(f"{stars} of 5").check(force=True)
        group(page, "turn").get_by_label(f"{stars} of 5").check(force=True)
    number, remark = (group(page, name).bounding_box() for name in ("sources", "remark"))
    assert remark["y"] - number["y"] - number["height"] >= 8
    group(page, "faults").get_by_label("Invented").check()
    group(page, "sources").get_by_role("spinbutton").fill("2")
    group(page, "remark").get_by_role("textbox").fill("seven is wrong")
    group(page, "whole").get_by_label("3 of 5").check(force=True)
    results = submitted(page, admin, task)
    ids = [one["id"] for one in results if one["type"] == "chatmessage"]
    answers = {(ids.index(one["id"]), one["from_name"]): one["value"]
               for one in results if one["type"] != "chatmessage" and one["id"] in ids}
    assert answers[0, "intent"]["choices"] == ["Question"]
    assert [answers[at, "turn"]["rating"] for at in (1, 3)] == [5, 1]
    assert [answers[at, "correct"]["rating"] for at in (1, 3)] == [5, 1]
    assert answers[3, "faults"]["choices"] == ["Invented"]
    assert answers[3, "sources"]["number"] == 2
    assert answers[3, "remark"]["text"] == ["seven is wrong"]
    (whole,) = [one for one in results if one["from_name"] == "whole"]
    assert whole["value"]["rating"] == 3 and whole["id"] not in ids
