"""A conversation opens beside its list: only the right pane is fetched, and nothing that is being written gets lost."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def asked(office, *texts):
    return [office.is_asked(text)[0].rsplit("/", 1)[-1] for text in texts]


def opens_inbox(page, office, newest):
    page.goto(f"{office.base}/inbox?view=open")
    expect(page.locator(f"#conversation-{newest}")).to_be_visible()
    page.evaluate("document.querySelector('live-list').dataset.kept = 'yes'")


def row(page, number):
    return page.locator(f"#conversation-{number}")


def kept(page):
    return page.evaluate("document.querySelector('live-list').dataset.kept") == "yes"


def test_the_list_stays_where_it_is_and_the_way_back_leads_through_it(eva, office):
    first, second = asked(office, "Wann öffnet das Hallenbad?", "Wo ist das Fundbüro?")
    opens_inbox(eva, office, second)
    row(eva, first).click()
    expect(eva.locator("h1")).to_have_text("Wann öffnet das Hallenbad?")
    expect(eva.locator("#conversation")).to_be_focused()
    expect(eva).to_have_title(re.compile("^Wann öffnet das Hallenbad\\? · Stadt Musterstadt · "))
    row(eva, second).click()
    expect(eva.locator("h1")).to_have_text("Wo ist das Fundbüro?")
    assert eva.locator("[data-current]").count() == 1 and kept(eva)
    eva.go_back()
    expect(eva.locator("h1")).to_have_text("Wann öffnet das Hallenbad?")
    expect(eva).to_have_url(re.compile(f"/conversations/{first}\\?view=open$"))
    expect(row(eva, first).locator("a")).to_have_attribute("aria-current", "true")
    assert kept(eva)


def test_what_was_written_is_kept_when_another_is_opened(eva, office):
    first, second = asked(office, "Gibt es noch Brennholz?", "Fährt der Nachtbus?")
    opens_inbox(eva, office, second)
    row(eva, first).click()
    eva.locator("#reply").fill("Ja, im Forstamt")
    row(eva, second).click()
    expect(eva.locator("h1")).to_have_text("Fährt der Nachtbus?")
    expect(eva.locator("#reply")).to_have_value("")
    row(eva, first).click()
    expect(eva.locator("#reply")).to_have_value("Ja, im Forstamt")


def test_a_draft_is_there_though_the_server_saves_it_slowly(eva, office):
    first, second = asked(office, "Gibt es Eis am Stadtsee?", "Gibt es Tretboote?")
    opens_inbox(eva, office, second)
    row(eva, first).click()
    expect(eva.locator("h1")).to_have_text("Gibt es Eis am Stadtsee?")
    slow = []
    eva.route(f"**/{first}/draft", lambda route: slow.append(route))
    eva.locator("#reply").fill("Drei Kugeln")
    row(eva, second).click()
    row(eva, first).click()
    eva.wait_for_function("document.querySelector('#conversation').getAttribute('aria-busy') === 'true'")
    slow[-1].continue_()
    eva.unroute(f"**/{first}/draft")
    expect(eva.locator("#conversation[aria-busy=true]")).to_have_count(0)
    expect(eva.locator("h1")).to_have_text("Gibt es Eis am Stadtsee?")
    expect(eva.locator("#reply")).to_have_value("Drei Kugeln")


def test_a_note_half_written_is_there_again_whichever_way_leads_back(eva, office):
    first, second = asked(office, "Ist die Brücke gesperrt?", "Ist der Tunnel gesperrt?")
    opens_inbox(eva, office, second)
    row(eva, first).click()
    eva.get_by_label("Interne Notiz").first.check()
    eva.locator("#note").fill("Bauamt fragen")
    row(eva, second).click()
    expect(eva.locator("h1")).to_have_text("Ist der Tunnel gesperrt?")
    expect(eva.locator("#note")).to_have_value("")
    for way in (eva.go_back, eva.reload):
        way()
        expect(eva.locator("h1")).to_have_text("Ist die Brücke gesperrt?")
        expect(eva.locator("#note")).to_have_value("Bauamt fragen")
        expect(eva.locator("#note")).to_be_visible()
    eva.get_by_role("button", name="Notiz sichern").click()
    expect(eva.locator(".msg", has_text="Bauamt fragen")).to_be_visible()
    expect(eva.locator("#note")).to_have_value("")


def test_the_last_wish_counts(eva, office):
    first, second = asked(office, "Wo gibt es Streusalz?", "Wo gibt es Sandsäcke?")
    opens_inbox(eva, office, second)
    row(eva, second).click()
    expect(eva.locator("h1")).to_have_text("Wo gibt es Sandsäcke?")
    held = []
    eva.route(f"**/{first}/pane?*", lambda route: held.append(route))
    row(eva, first).click()
    expect(eva.locator("#conversation")).to_have_attribute("aria-busy", "true")
    row(eva, second).click()
    expect(eva.locator("#conversation[aria-busy=true]")).to_have_count(0)
    with eva.expect_response(f"**/{first}/pane?*"):
        held[0].continue_()
    expect(eva.locator("h1")).to_have_text("Wo gibt es Sandsäcke?")
    expect(eva).to_have_url(re.compile(f"/conversations/{second}"))


def test_what_was_found_stays_what_was_found(eva, office):
    (number,) = asked(office, "Wo steht der Glascontainer?")
    eva.goto(f"{office.base}/inbox?view=open&q=Glascontainer")
    expect(eva.locator(".row")).to_have_count(1)
    row(eva, number).click()
    expect(eva.locator("h1")).to_have_text("Wo steht der Glascontainer?")
    asked(office, "Ganz etwas anderes?")
    with eva.expect_response("**/inbox/list?*q=Glascontainer"):
        eva.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(eva.locator(".row")).to_have_count(1)


def test_where_the_pane_cannot_be_fetched_the_link_is_followed(eva, office):
    (number,) = asked(office, "Warum ist es so laut?")
    opens_inbox(eva, office, number)
    eva.route("**/pane?*", lambda route: route.abort())
    row(eva, number).click()
    expect(eva.locator("h1")).to_have_text("Warum ist es so laut?")
    assert eva.evaluate("document.querySelector('live-list').dataset.kept") is None


def test_an_answer_is_given_without_a_page_of_its_own(eva, office):
    first, second = asked(office, "Darf ich hier grillen?", "Darf ich hier zelten?")
    opens_inbox(eva, office, second)
    row(eva, first).click()
    expect(eva.locator("h1")).to_have_text("Darf ich hier grillen?")
    row(eva, second).click()
    expect(eva.locator("h1")).to_have_text("Darf ich hier zelten?")
    eva.locator("#reply").fill("Leider nicht.")
    eva.locator("#reply").press("Control+Shift+Enter")
    expect(eva.locator(".msg", has_text="Leider nicht.")).to_be_visible()
    expect(eva).to_have_url(re.compile(f"/conversations/{second}\\?view=open"))


def test_news_reach_the_conversation_that_was_opened_last(eva, office):
    acct = "nachfrage@anderswo.example"
    path, status = office.is_asked("Habt ihr heute auf?", acct=acct)
    number = path.rsplit("/", 1)[-1]
    opens_inbox(eva, office, number)
    row(eva, number).click()
    expect(eva.locator("h1")).to_have_text("Habt ihr heute auf?")
    office.network.citizen_writes("@stadt Oder erst morgen?", acct=acct, reply_to=status["id"])
    expect(eva.locator(".msg", has_text="Oder erst morgen?")).to_be_visible()


def test_by_keyboard_and_on_a_phone_it_opens_the_same(browsers, office):
    eva = office.comes_in(browsers.page(viewport={"width": 390, "height": 800}), "Eva Probe")
    (number,) = asked(office, "Wer mäht den Rasen?")
    opens_inbox(eva, office, number)
    row(eva, number).locator("a").focus()
    eva.keyboard.press("Enter")
    expect(eva.locator("h1")).to_have_text("Wer mäht den Rasen?")
    expect(eva.locator(".queue")).to_be_hidden()
    eva.go_back()
    expect(eva.locator(".queue")).to_be_visible()


def test_on_a_phone_the_way_back_ends_at_the_row_it_began_with(browsers, office):
    eva = office.comes_in(browsers.page(viewport={"width": 390, "height": 800}), "Eva Probe")
    numbers = asked(office, *[f"Frage Nummer {number}?" for number in range(12)])
    opens_inbox(eva, office, numbers[-1])
    link = row(eva, numbers[0]).locator("a")
    link.scroll_into_view_if_needed()
    link.click()
    expect(eva.locator("h1")).to_have_text("Frage Nummer 0?")
    eva.go_back()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    assert kept(eva)
    expect(eva).to_have_title(re.compile("^Eingang"))


def test_a_note_half_written_is_nobody_elses(browsers, office):
    page = browsers.page()
    eva = office.comes_in(page, "Eva Probe")
    (number,) = asked(office, "Wem gehört das Fahrrad?")
    opens_inbox(eva, office, number)
    row(eva, number).click()
    eva.get_by_label("Interne Notiz").first.check()
    eva.locator("#note").fill("Vertraulich")
    jonas = office.comes_in(page, "Jonas Probe")
    jonas.goto(f"{office.base}/conversations/{number}")
    expect(jonas.locator("#note")).to_have_value("")
