"""A list that was narrowed once is there again by one press: for who saved it, and for the team."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def saves(page, name, shared=False):
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Diese Ansicht sichern als").fill(name)
    if shared:
        page.get_by_label("auch für das Team").check()
    page.get_by_role("button", name="Ansicht sichern").click()
    expect(page.locator(".notices .flash")).to_contain_text("Die Ansicht steht jetzt unter „Weitere“")


def narrows(page, office):
    page.goto(f"{office.base}/inbox?view=all")
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Sichtbarkeit").select_option(label="nicht öffentlich")
    page.get_by_role("button", name="Filtern").click()
    page.wait_for_url(re.compile("scope=private"))


def test_a_view_is_saved_found_again_shared_renamed_and_removed(office, browsers, eva):
    public, _ = office.is_asked("Wo ist das Rathaus?")
    private, _ = office.is_asked("Wo ist mein Pass?", visibility="direct")
    narrows(eva, office)
    saves(eva, "Vertrauliches", shared=True)
    # It is what the list shows now, and says so.
    current = eva.get_by_role("button", name="Vertrauliches")
    expect(current).to_have_attribute("aria-current", "page")
    jonas = office.comes_in(browsers.page(), "Jonas Beispiel")
    jonas.goto(f"{office.base}/inbox")
    jonas.get_by_role("button", name="Weitere").click()
    jonas.get_by_role("link", name="Vertrauliches von Eva Probe").click()
    expect(jonas.locator(f"#conversation-{private.rsplit('/', 1)[-1]}")).to_have_count(1)
    expect(jonas.locator(f"#conversation-{public.rsplit('/', 1)[-1]}")).to_have_count(0)
    jonas.goto(f"{office.base}/views")
    expect(jonas.locator(".card", has_text="Vertrauliches").locator("details")).to_have_count(0)
    eva.get_by_role("button", name="Vertrauliches").click()
    eva.get_by_role("link", name="Ansichten bearbeiten").click()
    card = eva.locator(".card", has_text="Vertrauliches")
    expect(card).to_contain_text("Alle, nicht öffentlich · für das Team")
    card.locator("summary").click()
    card.get_by_label("Name").fill("Unter uns")
    card.get_by_label("auch für das Team").uncheck()
    card.get_by_role("button", name="ändern").click()
    expect(eva.locator(".notices .flash")).to_contain_text("Die Ansicht ist geändert.")
    jonas.goto(f"{office.base}/views")
    expect(jonas.locator(".card", has_text="Unter uns")).to_have_count(0)
    card = eva.locator(".card", has_text="Unter uns")
    card.locator("summary").click()
    card.get_by_role("button", name="löschen").click()
    expect(eva.locator(".card", has_text="Unter uns")).to_have_count(0)


def test_it_works_without_scripts_and_beside_an_open_conversation(office, browsers):
    path, _ = office.is_asked("Wo ist der Marktplatz?")
    eva = office.comes_in(browsers.page(java_script_enabled=False), "Eva Probe")
    eva.goto(f"{path}?view=unassigned")
    saves(eva, "Meine Runde")
    eva.get_by_role("button", name="Weitere").click()
    eva.get_by_role("link", name="Meine Runde").click()
    eva.wait_for_url(f"{office.base}/inbox?view=unassigned")


def test_a_view_of_a_channel_that_is_gone_opens_and_says_so(office, eva):
    eva.goto(f"{office.base}/inbox?view=open&channel=4711")
    expect(eva.locator(".queue")).to_contain_text("Den Kanal dieser Ansicht gibt es nicht mehr.")
    saves(eva, "Alter Kanal")
    expect(eva.locator(".queue")).to_contain_text("Den Kanal dieser Ansicht gibt es nicht mehr.")
    eva.goto(f"{office.base}/views")
    expect(eva.locator(".card", has_text="Alter Kanal")).to_contain_text("Kanal gibt es nicht mehr")
