"""An answer that was not sent from here: on the telephone, or at the network itself."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def number(path):
    return path.rsplit("/", 1)[-1]


def test_what_was_told_on_the_telephone_is_noted_and_closes(office, eva):
    path, _ = office.is_asked("Hat das Bürgeramt heute offen?")
    eva.goto(path)
    eva.keyboard.press(".")
    menu = eva.locator("#more-menu")
    menu.get_by_text("Auskunft telefonisch").click()
    menu.get_by_label("Wer gab Auskunft?").fill("Bürgeramt, Frau Beispiel")
    menu.get_by_label("Was wurde gesagt?").fill("Bis 18 Uhr.")
    menu.get_by_role("button", name="Vermerken und schließen").click()
    expect(eva.locator(".notices .flash")).to_contain_text("telefonisch beantwortet")
    assert office.desk.query(f"SELECT state FROM conversation WHERE id = {number(path)}") == [("closed",)]
    eva.goto(path)
    note = eva.locator(".msg[data-kind=note]")
    expect(note).to_contain_text("Auskunft telefonisch")
    expect(note).to_contain_text("Bürgeramt, Frau Beispiel")
    eva.get_by_role("button", name="Wieder öffnen").click()
    expect(eva.locator(".notices .flash")).to_contain_text("Wieder offen")


def test_a_call_without_a_name_is_refused_and_what_was_typed_stays(office, eva):
    path, _ = office.is_asked("Und morgen?")
    eva.goto(path)
    seen = eva.locator("#more-menu [name=seen]").first.get_attribute("value")
    form = {"seen": seen, "office": " ", "said": "Ja", "day": "2026-01-02", "time": "10:20"}
    answer = eva.context.request.post(f"{path}/telephone", form=form, headers={"Origin": office.base})
    assert answer.status == 422 and "Es fehlt, wer das sagt" in answer.text() and "2026-01-02" in answer.text()


def test_answered_there_closes_with_a_note(office, eva):
    path, _ = office.is_asked("Danke, hat sich geklärt?")
    eva.goto(path)
    eva.keyboard.press(".")
    eva.locator("#more-menu").get_by_role("button", name="Dort beantwortet").click()
    expect(eva.locator(".notices .flash")).to_contain_text("dort beantwortet")
    eva.goto(path)
    expect(eva.locator(".msg[data-kind=note]")).to_contain_text("Dort beantwortet")
