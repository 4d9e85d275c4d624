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


def test_a_note_half_written_comes_back_with_its_page(eva, office):
    first, second = asked(office, "Ist die Brücke gesperrt?", "Ist der Tunnel gesperrt?")
    opens_inbox(eva, office, second)
    row(eva, first).click()
    eva.get_by_label("Interne Notiz").first.check()
    eva.locator("#note").fill("Bauamt fragen")
    row(eva, second).click()
    expect(eva.locator("h1")).to_have_text("Ist der Tunnel gesperrt?")
    eva.go_back()
    expect(eva.locator("#note")).to_have_value("Bauamt fragen")


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
    eva.locator("#reply").press("Control+Enter")
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
