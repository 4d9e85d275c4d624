"""Writing an answer: the draft is kept whatever happens, the count is the network's, keys do what they say."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def conversation(page, desk):
    page.goto(f"{desk.url}/de/conversation-public.html")
    assert desk.connected.wait(5)
    return page


def status(page):
    return page.locator(".reply .saved")


def test_the_draft_is_saved_shortly_after_the_last_key(conversation, desk):
    conversation.locator("#reply").fill("Guten Tag")
    expect(status(conversation)).to_have_text("Nicht gesichert")
    expect(status(conversation)).to_have_text("Entwurf gesichert")
    assert desk.drafts[-1]["text"] == "Guten Tag" and desk.drafts[-1]["answering"] == "22"


def test_a_draft_that_could_not_be_saved_survives_a_reload(conversation, desk):
    desk.fails_drafts = True
    conversation.locator("#reply").fill("Guten Tag, das ist wichtig")
    expect(status(conversation)).to_contain_text("keine Verbindung")
    conversation.reload()
    expect(conversation.locator("#reply")).to_have_value("Guten Tag, das ist wichtig")
    desk.fails_drafts = False
    expect(status(conversation)).to_have_text("Entwurf gesichert", timeout=15_000)
    assert desk.drafts[-1]["text"] == "Guten Tag, das ist wichtig"


def test_a_copy_in_the_browser_never_overwrites_a_newer_draft(conversation, desk):
    conversation.evaluate("""localStorage.setItem("draft:/conversations/1/draft", JSON.stringify({ base: "Anderes", text: "Alt" }))""")
    conversation.reload()
    expect(conversation.locator("#reply")).to_have_value(re.compile("^Hallo Miriam Okafor"))
    assert desk.drafts == []


def is_asked(page, desk, request):
    """Waits until the browser has asked for it."""
    for _ in range(100):
        if request in desk.asked:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"nobody asked for {request}: {desk.asked[-3:]}")


def test_what_was_sent_is_not_saved_as_a_draft_again(conversation, desk):
    conversation.locator("#reply").fill("Gesendet")
    conversation.locator("#reply").press("Control+Shift+Enter")
    is_asked(conversation, desk, "POST /conversations/1/replies?view=open")
    assert desk.drafts == []


@pytest.mark.parametrize(
    "text, length",
    [
        ("abc", 6 + 3),
        ("👩‍👩‍👧‍👦", 6 + 1),
        ("https://sehr-lange-adresse.example/mit/einem/weg?und=mehr", 6 + 23),
        ("@jemand@netz.example", 6 + 7),
        ("@miri@norden.example Hallo", 5 + 6),
        ("", 6),
    ],
)
def test_the_length_is_counted_as_the_network_does(conversation, text, length):
    conversation.locator("#reply").fill(text)
    expect(conversation.locator("#reply-count")).to_have_text(f"{length} / 500")


def test_a_text_that_is_too_long_says_so(conversation):
    conversation.locator("#reply").fill("a" * 495)
    expect(conversation.locator("#reply-count[data-over]")).to_have_text("501 / 500")


@pytest.mark.parametrize(
    "text, length, is_added",
    [("", 6 + 3, True), ("Ja.", 6 + 3 + 4, True), ("Ja. ", 6 + 4 + 4, True), ("Ja. /LK", 6 + 7, False), ("Ja. ///LK ", 6 + 10, False)],
)
def test_the_signature_counts_where_it_will_be_added(page, desk, text, length, is_added):
    page.goto(f"{desk.url}/de/conversation-followers.html")
    page.locator("#reply").fill(text)
    expect(page.locator("#reply-count")).to_have_text(f"{length} / 500")
    expect(page.get_by_text("Beim Senden kommt dazu: /LK")).to_be_visible(visible=is_added)


def test_single_keys_move_and_search_but_never_while_typing(conversation, desk):
    conversation.locator("#reply").fill("")
    conversation.locator("#reply").press_sequentially("jk/ea")
    expect(conversation.locator("#reply")).to_have_value("jk/ea")
    conversation.goto(f"{desk.url}/inbox?view=open")
    conversation.keyboard.press("j")
    expect(conversation.locator("#conversation-2 a")).to_be_focused()
    conversation.keyboard.press("k")
    expect(conversation.locator("#conversation-1 a")).to_be_focused()
    conversation.keyboard.press("/")
    expect(conversation.locator("#search")).to_be_focused()
    expect(conversation.locator("#search")).to_have_value("")


def test_single_keys_can_be_turned_off(page, desk):
    page.goto(f"{desk.url}/inbox")
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    page.keyboard.press("/")
    expect(page.locator("#search")).not_to_be_focused()


def test_an_answer_counts_down_until_it_leaves(page, desk):
    page.clock.install(time="2020-01-01")  # before the next try of the others
    page.goto(f"{desk.url}/de/conversation-unsettled.html")
    countdown = page.locator("undo-send p")
    expect(countdown).to_have_text("Wird in 5 Sekunden gesendet")
    page.clock.run_for(4100)
    expect(countdown).to_have_text("Wird in 1 Sekunde gesendet")
    page.clock.run_for(1500)
    expect(countdown).to_have_text("Wird gesendet")


def test_a_link_is_copied(page, desk):
    page.goto(f"{desk.url}/de/new-link.html")
    page.get_by_role("button", name="Kopieren").click()
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()


def test_a_note_never_leaves_by_the_way_of_answers(conversation, desk):
    conversation.get_by_label("Interne Notiz").first.check()
    conversation.locator("#note").fill("Nur für uns")
    conversation.locator("#note").press("Control+Shift+Enter")
    is_asked(conversation, desk, "POST /conversations/1/notes?view=open")
    assert not any("replies" in path for path in desk.asked if path.startswith("POST"))
