"""A conversation on paper: all of it, and nothing of the desk around it."""

import pytest
from office import send
from playwright.sync_api import expect


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def test_a_conversation_is_printed_from_its_menu_with_notes_only_on_demand(office, eva):
    path, _ = office.is_asked("Wie lange gilt der Ausweis? Siehe https://ausweis.example/gueltig")
    eva.goto(path)
    eva.get_by_label("Interne Notiz").first.check()
    eva.locator("#note").fill("Beim Bürgeramt gefragt.")
    eva.get_by_role("button", name="Notiz sichern").click()
    expect(eva.locator(".msg[data-kind=note]")).to_be_visible()
    eva.get_by_label("Antwort", exact=True).first.check()
    send(eva, "Zehn Jahre.")
    expect(eva.locator(".msg[data-kind=out]")).to_be_visible()
    eva.get_by_role("button", name="Mehr", exact=True).click()
    eva.get_by_role("link", name="Drucken").click()
    expect(eva.get_by_role("heading", level=1)).to_contain_text("Wie lange gilt der Ausweis?")
    head = eva.locator(".sheet-head")
    for said in ["Stadt Musterstadt", "stadt@muster.example", "von Eva Probe", path]:
        expect(head).to_contain_text(said)
    expect(eva.locator(".said")).to_have_count(2)
    expect(eva.locator(".said[data-kind=out]")).to_contain_text("Eva Probe")
    expect(eva.locator("main")).not_to_contain_text("Bürgeramt")
    eva.get_by_label("mit Notizen").check()
    expect(eva.locator(".said[data-kind=note]")).to_contain_text("Beim Bürgeramt gefragt.")
    eva.evaluate("window.print = () => (document.title = 'gedruckt')")
    eva.get_by_role("button", name="Drucken").click()
    expect(eva).to_have_title("gedruckt")
    eva.emulate_media(media="print")
    expect(eva.locator(".sheet-bar")).to_be_hidden()
    expect(eva.locator(".said").first).to_be_visible()
    assert len(eva.pdf()) > 5_000


def test_the_page_of_a_conversation_printed_as_it_is_leaves_the_desk_out(office, eva):
    path, _ = office.is_asked("Was steht auf dem Papier? " * 12)
    eva.goto(path)
    expect(eva.locator("html[data-scripted]")).to_have_count(1)
    eva.emulate_media(media="print")
    for part in [".rail", ".queue", ".composer", ".actions"]:
        expect(eva.locator(part).first).to_be_hidden()
    expect(eva.locator(".msg")).to_be_visible()
    assert eva.evaluate("getComputedStyle(document.body).overflow") == "visible"


def test_a_reader_prints_without_scripts(office, browsers):
    path, _ = office.is_asked("Darf man das auch lesen?")
    lea = office.comes_in(browsers.page(java_script_enabled=False), "Lea Lesend", "reader")
    lea.goto(path)
    lea.get_by_role("link", name="Drucken").click()
    expect(lea.locator(".said")).to_contain_text("Darf man das auch lesen?")
    lea.get_by_role("link", name="Zurück zum Gespräch").click()
    expect(lea.locator(".msg")).to_contain_text("Darf man das auch lesen?")
