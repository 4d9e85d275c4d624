"""A chosen file goes with its answer: nothing is sent without it, and it is never chosen in vain."""

import pytest
from office import send
from playwright.sync_api import expect
from survival import eventually
from test_answering import picture


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def chooses(page, bytes=None, name="plan.png", kind="image/png"):
    page.locator(".attach summary").click()
    page.get_by_label("Datei", exact=False).first.set_input_files({"name": name, "mimeType": kind, "buffer": bytes or picture(40)})
    return page.get_by_label("Beschreibung für Menschen, die es nicht sehen")


def files_of(office, status):
    return [len(post["media"]) for post in office.network.timeline() if post["acct"] == "stadt" and post["reply_to"] == status["id"]]


def test_sending_takes_a_chosen_file_along(office, eva):
    path, status = office.is_asked("Haben Sie einen Plan?")
    eva.goto(path)
    chooses(eva).fill("Ein Plan der Altstadt")
    eva.locator(".attach summary").click()
    send(eva, "Ja, hier ist er.")
    expect(eva.locator(".msg[data-kind=out] .media")).to_have_count(1)
    eventually("the answer is there", lambda: office.answers_to(status))
    assert files_of(office, status) == [1]


def test_a_file_without_a_description_is_kept_and_its_description_asked_for(office, eva):
    path, status = office.is_asked("Haben Sie noch einen Plan?")
    eva.goto(path)
    description = chooses(eva)
    eva.locator(".attach summary").click()
    expect(description).to_be_hidden()
    send(eva, "Ja, hier ist noch einer.")
    expect(description).to_be_focused()
    assert eva.locator("#file").evaluate("file => file.files.length") == 1
    description.fill("Ein Plan der Neustadt")
    eva.locator("#reply").press("Control+Shift+Enter")
    expect(eva.locator(".msg[data-kind=out] .media")).to_have_count(1)


def test_enter_behind_a_description_attaches_and_takes_no_other_file_away(office, eva):
    path, status = office.is_asked("Haben Sie zwei Pläne?")
    eva.goto(path)
    for number in (1, 2):
        chooses(eva).fill(f"Plan {number}")
        eva.get_by_label("Beschreibung für Menschen, die es nicht sehen").press("Enter")
        expect(eva.locator(".draft-media li")).to_have_count(number)


def test_a_file_that_was_chosen_and_taken_out_again_needs_no_description(office, eva):
    path, status = office.is_asked("Haben Sie keinen Plan?")
    eva.goto(path)
    chooses(eva)
    eva.locator("#file").set_input_files([])
    send(eva, "Doch.")
    expect(eva.locator(".msg[data-kind=out]", has_text="Doch.")).to_be_visible()


def test_a_file_that_the_network_does_not_take_is_refused_before_anything_is_sent(office, eva):
    path, status = office.is_asked("Haben Sie ein Programm?")
    eva.goto(path)
    chooses(eva, b"nur Text", "plan.txt", "text/plain").fill("Ein Plan als Text")
    send(eva, "Ja, im Anhang.")
    expect(eva.get_by_role("alert")).to_contain_text("Diese Datei ist kein Bild")
    expect(eva.locator("#reply")).to_have_value("Ja, im Anhang.")
    expect(eva.locator(".msg[data-kind=out]")).to_have_count(0)


def test_while_the_desk_is_away_the_file_stays_chosen(office, eva):
    path, status = office.is_asked("Haben Sie alle Pläne?")
    eva.goto(path)
    chooses(eva).fill("Alle Pläne")
    eva.route("**/draft**", lambda route: route.abort())
    send(eva, "Ja, alle.")
    expect(eva.locator(".reply .saved")).to_contain_text("keine Verbindung")
    assert eva.locator("#file").evaluate("file => file.files.length") == 1
    eva.unroute_all()
    eva.locator("#reply").press("Control+Shift+Enter")
    expect(eva.locator(".msg[data-kind=out] .media")).to_have_count(1)


def test_a_text_that_is_too_long_is_offered_in_parts_before_it_is_sent(office, eva):
    path, status = office.is_asked("Haben Sie viel zu sagen?")
    eva.goto(path)
    split = eva.locator(".split")
    eva.locator("#reply").fill("Ja, sehr viel. " * 40)
    expect(split).to_contain_text("In 2 Teilen senden")
    eva.locator("#reply").fill("Nein.")
    expect(split).to_be_hidden()
    eva.locator("#reply").fill("Ja, sehr viel. " * 70)
    expect(split).to_contain_text("In 3 Teilen senden")
    eva.get_by_label("In 3 Teilen senden").check()
    eva.locator("#reply").press("Control+Shift+Enter")
    expect(eva.locator(".msg[data-kind=out]")).to_have_count(3)
    expect(eva.get_by_role("alert")).to_have_count(0)
