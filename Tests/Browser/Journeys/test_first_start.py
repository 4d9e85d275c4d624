"""From the link that the first start prints to the first answer, and what goes wrong while a channel is connected."""

import re

import pytest
from office import PASSWORD, set_up_link, start
from playwright.sync_api import expect
from survival import Desk


@pytest.fixture(params=["sqlite", "postgres"])
def desk(request, tmp_path, network):
    desk = Desk(request.param, tmp_path, network)
    yield desk
    desk.end()


@pytest.fixture
def ada(browsers, desk):
    """The first colleague, in an inbox without a channel."""
    page = browsers.page()
    page.goto(set_up_link(start(desk)))
    page.get_by_label("Name", exact=True).fill("Stadt Musterstadt")
    page.get_by_label("Art", exact=True).select_option(label="Stadt oder Gemeinde")
    page.get_by_label("Land", exact=True).select_option(label="Nordrhein-Westfalen")
    page.get_by_label("Ihr Name", exact=True).fill("Ada Leitung")
    page.get_by_label("E-Mail-Adresse").fill("ada@musterstadt.example")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Schalter öffnen").click()
    expect(page.get_by_role("status")).to_contain_text("Der Schalter ist offen")
    return page


def goes_to_the_network(page, network):
    page.get_by_role("link", name="Kanal verbinden").click()
    page.get_by_label("Server").first.fill(network.base)
    page.get_by_role("button", name="Weiter zum Server").click()
    expect(page.get_by_role("heading", name="möchte auf ein Konto zugreifen")).to_be_visible()


def test_a_new_desk_is_set_up_connected_and_answers_its_first_citizen(ada, browsers, network):
    expect(ada.get_by_role("heading", name="Noch kein Kanal verbunden")).to_be_visible()
    goes_to_the_network(ada, network)
    ada.get_by_label("Konto").select_option("stadt")
    ada.get_by_role("button", name="Zulassen").click()
    expect(ada.get_by_role("status").first).to_contain_text("ist verbunden")
    expect(ada.get_by_role("heading", level=1)).to_contain_text("stadt@muster.example")
    ada.get_by_role("link", name="Eingang", exact=True).click()
    expect(ada.get_by_role("heading", name="Alles beantwortet")).to_be_visible()

    citizen = browsers.page()
    citizen.goto(f"{network.base}/?als=ida@anderswo.example")
    citizen.get_by_label("Was möchten Sie").fill("@stadt Wann kommt die Müllabfuhr?")
    citizen.get_by_role("button", name="Veröffentlichen").click()

    row = ada.locator(".row", has_text="Wann kommt die Müllabfuhr?")
    expect(row).to_be_visible()
    expect(ada.get_by_role("heading", name="Alles beantwortet")).to_have_count(0)
    row.click()
    ada.get_by_label("Antwort", exact=True).last.fill("Am Dienstag.")
    ada.get_by_role("button", name="Senden und hierbleiben").click()
    expect(ada.get_by_text(re.compile(r"^Wird in [1-5] Sekunden? gesendet"))).to_be_visible()
    link = ada.locator(".delivery").get_by_role("link", name="dort ansehen")
    expect(link).to_be_visible()
    expect(citizen.locator("article.own")).to_contain_text("Am Dienstag.")
    assert link.get_attribute("href").startswith("http")


def test_who_does_not_agree_at_the_network_is_told_that_nothing_is_connected(ada, network, desk):
    goes_to_the_network(ada, network)
    ada.get_by_role("button", name="Ablehnen").click()
    expect(ada.get_by_role("alert")).to_contain_text("Die Verbindung kam nicht zustande.")
    expect(ada.get_by_label("Server").first).to_be_visible()
    assert desk.query("SELECT count(*) FROM channel") == [(0,)]


def test_who_agrees_to_too_little_is_told_what_is_missing(ada, network, desk):
    goes_to_the_network(ada, network)
    ada.locator("input[name=scope]").evaluate("field => field.value = field.value.replace('read:notifications ', '')")
    ada.get_by_role("button", name="Zulassen").click()
    expect(ada.get_by_role("alert")).to_contain_text("Es fehlen Rechte: read:notifications")
    assert desk.query("SELECT count(*) FROM channel") == [(0,)]


def test_the_same_coming_back_twice_connects_once(ada, network, desk):
    goes_to_the_network(ada, network)
    with ada.expect_request(re.compile("/channels/mastodon/callback")) as came_back:
        ada.get_by_role("button", name="Zulassen").click()
    expect(ada.get_by_role("status").first).to_contain_text("ist verbunden")
    ada.goto(came_back.value.url)
    expect(ada.get_by_role("alert")).to_contain_text("Die Verbindung kam nicht zustande.")
    assert desk.query("SELECT count(*) FROM channel") == [(1,)]
