"""A whole working day without JavaScript."""

import pytest
from office import PASSWORD, SETUP
from playwright.sync_api import expect
from survival import eventually


@pytest.fixture
def ada(browsers, office):
    page = browsers.page(java_script_enabled=False)
    page.goto(f"{office.base}/inbox")
    page.get_by_label("E-Mail-Adresse").fill(SETUP["email"])
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(f"{office.base}/inbox")
    return page


def says(page, text):
    expect(page.get_by_role("status").first).to_contain_text(text)


def comes_to(page, state):
    """Reloads until the delivery is so far, as somebody without scripts does."""
    eventually(f"the answer is {state}", lambda: page.reload() and page.locator(f".delivery[data-delivery={state}]").count())


def test_a_conversation_is_answered_noted_assigned_closed_and_reopened_without_scripts(office, ada):
    path, status = office.is_asked("Gilt die Parkscheibe auch samstags?")
    ada.reload()
    ada.get_by_role("link", name="Gilt die Parkscheibe auch samstags?").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("Parkscheibe")

    ada.get_by_label("Interne Notiz").first.check()
    ada.locator("#note").fill("Beim Ordnungsamt nachgefragt.")
    ada.get_by_role("button", name="Notiz sichern").click()
    says(ada, "Notiz gesichert.")
    expect(ada.locator(".msg[data-kind=note]")).to_contain_text("Beim Ordnungsamt nachgefragt.")

    ada.get_by_role("button", name="Übernehmen").click()
    says(ada, "Das Gespräch ist jetzt bei Ihnen.")
    ada.get_by_role("button", name="Mehr", exact=True).click()
    ada.get_by_label("Zuweisen an").select_option(label="niemanden")
    ada.locator(".menu").get_by_role("button", name="Zuweisen").click()
    says(ada, "Das Gespräch ist jetzt bei niemandem.")

    ada.locator("#reply").fill("Ja, auch samstags.")
    ada.get_by_role("button", name="Senden und hierbleiben").click()
    comes_to(ada, "delivered")
    assert [text.split(" ", 1)[1] for text in office.answers_to(status)] == ["Ja, auch samstags."]

    ada.get_by_role("button", name="Schließen").click()
    says(ada, "Geschlossen.")
    ada.goto(path)
    ada.get_by_role("button", name="Wieder öffnen").click()
    says(ada, "Wieder offen.")
    ada.get_by_role("button", name="Keine Antwort nötig", exact=True).click()
    says(ada, "Geschlossen: keine Antwort nötig.")


def test_a_message_is_found_by_its_words_with_the_words_marked(office, ada):
    office.is_asked("Die Straßenlaterne vor der Grundschule flackert seit Tagen.")
    ada.get_by_label("Suchen").fill("strassenlaternen")
    ada.get_by_label("Suchen").press("Enter")
    expect(ada.locator(".row mark")).to_have_text("Straßenlaterne")
    ada.locator(".row", has_text="Grundschule").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("Grundschule")
    expect(ada.get_by_label("Suchen")).to_have_value("strassenlaternen")
    ada.get_by_role("link", name="Suche beenden").click()
    expect(ada.get_by_label("Suchen")).to_have_value("")


def test_everything_of_a_person_is_erased_for_a_reason(office, ada):
    path, _ = office.is_asked("Meine Nummer ist 0151-2345, bitte ruft an!", acct="tom@anderswo.example")
    ada.goto(path)
    ada.get_by_label("Mehr").click()
    ada.get_by_role("link", name="Nachrichten dieser Person löschen").click()
    expect(ada.get_by_text("1 Nachricht in 1 Gespräch")).to_be_visible()
    ada.get_by_label("Grund").fill("Löschverlangen vom 3. November")
    ada.get_by_role("button", name="Endgültig löschen").click()
    says(ada, "Gelöscht.")
    assert "0151-2345" not in ada.content() and "tom@" not in ada.content()
    ada.goto(f"{office.base}/inbox?view=all&q=0151")
    expect(ada.get_by_role("heading", name="Nichts gefunden")).to_be_visible()
