"""Who does something stays where they were: in the list, at the end of the conversation, in the text."""

import pytest
from office import send
from playwright.sync_api import expect
from survival import eventually

PLACE = "document.querySelector('.queue').scrollTop"


@pytest.fixture(scope="module")
def questions(office):
    """More than any screen shows, the oldest first."""
    return [office.is_asked(f"Bleibt Frage {number} stehen?")[0].rsplit("/", 1)[-1] for number in range(25)]


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def scrolls_list(page, number):
    page.locator(f"#conversation-{number}").evaluate("row => row.scrollIntoView({ block: 'center' })")
    return eventually("the list is scrolled", lambda: page.evaluate(PLACE))


def top_of(page, conversation):
    """Measured at once: a live row may be another element a moment later."""
    return page.evaluate(f"document.getElementById('conversation-{conversation}').getBoundingClientRect().top")


def test_the_list_stays_where_it_was_after_each_deed(office, eva, questions):
    eva.goto(f"{office.base}/inbox?view=all")
    scrolls_list(eva, questions[8])
    row = eva.locator(f"#conversation-{questions[8]}")
    row.locator("a").click()
    expect(eva.locator("h1")).to_have_text("Bleibt Frage 8 stehen?")
    place = top_of(eva, questions[8])
    for deed, said in [("Gefällt mir", "„Gefällt mir“ ist unterwegs"), ("Übernehmen", "jetzt bei Ihnen")]:
        eva.locator(".actions").get_by_role("button", name=deed, exact=True).click()
        expect(eva.locator(".notices .flash")).to_contain_text(said)
        assert abs(top_of(eva, questions[8]) - place) <= 1, deed


def test_the_row_of_what_is_open_is_in_sight_wherever_its_page_comes_from(office, eva, questions):
    eva.goto(f"{office.base}/conversations/{questions[0]}?view=all")
    expect(eva.locator("html[data-scripted]")).to_have_count(1)
    expect(eva.locator(f"#conversation-{questions[0]}")).to_be_in_viewport(ratio=0.9)


def test_another_list_begins_at_its_top(office, eva, questions):
    eva.goto(f"{office.base}/inbox?view=all")
    scrolls_list(eva, questions[8])
    eva.locator(".views").get_by_role("link", name="Offen").click()
    expect(eva).to_have_title("Eingang · Stadt Musterstadt · Schalter")
    expect(eva.locator("html[data-scripted]")).to_have_count(1)
    assert eva.evaluate(PLACE) == 0


def test_on_a_phone_the_way_back_leads_to_the_same_place(office, browsers, questions):
    eva = office.comes_in(browsers.page(viewport={"width": 390, "height": 800}), "Eva Probe")
    eva.goto(f"{office.base}/inbox?view=all")
    place = scrolls_list(eva, questions[9])
    eva.locator(f"#conversation-{questions[9]} a").click()
    with eva.expect_navigation():
        eva.get_by_role("button", name="Übernehmen").click()
    eva.get_by_role("link", name="Zurück zum Eingang").click()
    expect(eva.locator(".queue")).to_be_visible()
    expect(eva.locator("html[data-scripted]")).to_have_count(1)
    assert abs(eva.evaluate(PLACE) - place) <= 1


@pytest.mark.parametrize("width, height", [(390, 844), (1280, 720)])
def test_the_end_of_the_conversation_is_never_behind_the_box(office, browsers, width, height):
    eva = office.comes_in(browsers.page(viewport={"width": width, "height": height}), "Eva Probe")
    path, status = office.is_asked("Ich habe viele Fragen. " * 12)
    for number in range(3):
        office.network.citizen_writes(f"@stadt Frage {number}. " * 15, acct=status["acct"], reply_to=status["id"])
    number = path.rsplit("/", 1)[-1]
    eventually("all are in", lambda: office.desk.query(f"SELECT count(*) FROM message WHERE conversation_id = {number}") == [(4,)])
    eva.goto(path)
    last = eva.locator(".msg").last.locator(".foot")
    expect(last).to_be_in_viewport(ratio=1)
    eva.locator(".attach summary").click()
    expect(last).to_be_in_viewport(ratio=1)
    send(eva, "Eine nach der anderen.")
    expect(eva.locator(".msg[data-kind=out] .foot")).to_be_in_viewport(ratio=0)
    expect(eva.locator(".msg[data-kind=out] .delivery")).to_be_in_viewport(ratio=1)


def test_the_end_stays_in_sight_whenever_something_above_it_grows(office, eva):
    path, status = office.is_asked("Ich schicke gleich ein Bild.")
    office.network.citizen_writes("@stadt Das war es.", acct=status["acct"], reply_to=status["id"])
    number = path.rsplit("/", 1)[-1]
    eventually("both are in", lambda: office.desk.query(f"SELECT count(*) FROM message WHERE conversation_id = {number}") == [(2,)])
    eva.goto(path)
    expect(eva.locator("html[data-scripted]")).to_have_count(1)
    # As a picture does as soon as its size is known, long before all of it is here.
    for height in (300, 500, 900):
        eva.locator(".msg").first.evaluate("(message, height) => (message.style.minHeight = `${height}px`)", height)
        expect(eva.locator(".msg").last.locator(".foot")).to_be_in_viewport(ratio=1, timeout=2_000)


def test_who_reads_further_up_stays_there_when_room_is_taken(office, eva):
    path, status = office.is_asked("Ich habe noch mehr Fragen. " * 12)
    for number in range(5):
        office.network.citizen_writes(f"@stadt Frage {number}. " * 15, acct=status["acct"], reply_to=status["id"])
    number = path.rsplit("/", 1)[-1]
    eventually("all are in", lambda: office.desk.query(f"SELECT count(*) FROM message WHERE conversation_id = {number}") == [(6,)])
    eva.goto(path)
    expect(eva.locator(".msg").last).to_be_in_viewport()
    eva.locator(".scroll").hover()
    eva.mouse.wheel(0, -5000)
    expect(eva.locator(".msg").first).to_be_in_viewport()
    eva.locator(".attach summary").click()
    expect(eva.locator("#file-alt")).to_be_visible()
    assert eva.evaluate("document.querySelector('.scroll').scrollTop") == 0


def test_what_is_taken_back_can_be_written_on_at_once(office, eva):
    path, _ = office.is_asked("Wo ist der Zoo?")
    eva.goto(path)
    send(eva, "In der")
    eva.get_by_role("button", name="Zurücknehmen").click()
    expect(eva.locator("#reply")).to_be_focused()
    eva.keyboard.type(" Parkallee.")
    expect(eva.locator("#reply")).to_have_value("In der Parkallee.")
    eva.reload()
    expect(eva.locator("#reply")).not_to_be_focused()


def test_escape_ends_the_search(office, eva):
    office.is_asked("Wo steht der Maibaum?")
    eva.goto(f"{office.base}/inbox?view=all&q=Maibaum")
    expect(eva.locator(".row")).to_have_count(1)
    eva.get_by_label("Suchen").press("Escape")
    expect(eva.get_by_label("Suchen")).to_have_value("")
    expect(eva.locator(".searching")).to_have_count(0)
    eva.get_by_label("Suchen").fill("Doch nicht")
    eva.get_by_label("Suchen").press("Escape")
    expect(eva.get_by_label("Suchen")).to_have_value("")
    expect(eva.locator(".row a").first).to_be_focused()
