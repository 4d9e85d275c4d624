"""Signing in with a code, and how each likes their desk."""

import base64
import hashlib
import hmac
import re
import struct
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from office import PASSWORD
from playwright.sync_api import expect
from survival import eventually


class App:
    """What shows codes on a phone. Each code opens once, so it waits for the next by asking for the one after."""

    def __init__(self, link):
        parts = urlsplit(link)
        self.label, asked = parts.path.lstrip("/"), parse_qs(parts.query)
        assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
        assert (asked["algorithm"], asked["digits"], asked["period"]) == (["SHA1"], ["6"], ["30"])
        self.secret = base64.b32decode(asked["secret"][0])
        self.last = 0

    def code(self):
        """One that was not shown yet. The desk takes that of the next half minute, too."""
        now = int(time.time()) // 30
        step = max(now, self.last + 1)
        assert step <= now + 1, "this journey asks for codes faster than they are made"
        self.last = step
        digest = hmac.new(self.secret, struct.pack(">Q", step), hashlib.sha1).digest()
        start = digest[-1] & 15
        return f"{(int.from_bytes(digest[start:start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def lena(browsers, office):
    """An editor with a password."""
    page = office.comes_in(browsers.page(), "Lena Krüger")
    page.goto(f"{office.base}/account")
    page.email = page.locator("h1 + p bdi").last.inner_text()
    page.get_by_label("Neues Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Passwort festlegen").click()
    expect(page.get_by_role("status")).to_contain_text("Passwort geändert")
    return page


def sets_up(page):
    page.get_by_role("button", name="Einrichten").click()
    app = App(page.get_by_role("link", name="In der App öffnen").get_attribute("href"))
    typed = page.get_by_label("Schlüssel", exact=True).input_value().replace(" ", "")
    assert base64.b32decode(typed) == app.secret
    page.get_by_label("Der Code, den die App jetzt zeigt").fill(app.code())
    page.get_by_role("button", name="Einschalten").click()
    expect(page.get_by_role("status")).to_contain_text("ist eingeschaltet")
    codes = page.get_by_label("Ihre Ersatzcodes").input_value().split("\n")
    assert len(set(codes)) == 10
    return app, codes


def signs_in(page, office, email):
    page.goto(f"{office.base}/signin")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()


def gives(page, code):
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Anmelden").click()


def is_in(page, office):
    expect(page).to_have_url(f"{office.base}/start")
    return any(cookie["name"] == "schalter" for cookie in page.context.cookies())


def test_a_sign_in_in_two_steps_from_set_up_to_a_lost_phone(office, browsers, lena):
    app, codes = sets_up(lena)
    lena.get_by_role("link", name="Ich habe sie verwahrt").click()
    expect(lena.get_by_text("Noch 10 Ersatzcodes.")).to_be_visible()
    lena.locator("main").get_by_role("button", name="Abmelden").click()

    # The password alone opens nothing, and a wrong code neither.
    signs_in(lena, office, lena.email)
    expect(lena.get_by_role("heading", name="Noch ein Code")).to_be_visible()
    expect(lena.get_by_label("Code", exact=True)).to_be_focused()
    lena.goto(f"{office.base}/inbox")
    expect(lena.get_by_label("Passwort")).to_be_visible()
    lena.goto(f"{office.base}/signin/code")
    gives(lena, "000000")
    expect(lena.get_by_role("alert")).to_contain_text("Dieser Code stimmt nicht")
    assert not any(cookie["name"] == "schalter" for cookie in lena.context.cookies())
    gives(lena, app.code())
    assert is_in(lena, office)

    # Another browser, which has no part in what was begun here.
    elsewhere = browsers.page()
    elsewhere.goto(f"{office.base}/signin/code")
    expect(elsewhere.get_by_label("Passwort")).to_be_visible()
    signs_in(elsewhere, office, lena.email)
    gives(elsewhere, codes[0])
    assert is_in(elsewhere, office)
    elsewhere.goto(f"{office.base}/account")
    expect(elsewhere.get_by_text("Noch 9 Ersatzcodes.")).to_be_visible()
    third = browsers.page()
    signs_in(third, office, lena.email)
    gives(third, codes[0])
    expect(third.get_by_role("alert")).to_contain_text("oder er wurde schon benutzt")

    # The phone is lost: an admin takes the second step off, and all places are signed out.
    ada = office.comes_in(browsers.page(), "Ada Leitung", "admin")
    ada.goto(f"{office.base}/team")
    ada.get_by_role("link", name=re.compile(re.escape(lena.email))).click()
    ada.get_by_role("button", name="Zwei Schritte ausschalten").click()
    expect(ada.get_by_role("status")).to_contain_text("die Person ist überall abgemeldet")
    for page in (lena, elsewhere):
        page.goto(f"{office.base}/account")
        expect(page.get_by_label("Passwort")).to_be_visible()
    gives(third, codes[1])
    expect(third.get_by_role("alert")).to_contain_text("Diese Anmeldung gilt nicht mehr")
    signs_in(third, office, lena.email)
    assert is_in(third, office)
    verbs = [verb for (verb,) in office.desk.query(
        f"SELECT verb FROM event WHERE colleague_id = (SELECT id FROM colleague WHERE email = '{lena.email}') ORDER BY id")]
    assert verbs[-3:] == ["second_factor_set", "recovery_code_used", "second_factor_removed"]


def test_a_one_time_link_asks_for_the_code_as_well_and_it_can_be_switched_off(office, browsers, lena):
    _, codes = sets_up(lena)
    ada = office.comes_in(browsers.page(), "Ada Leitung", "admin")
    ada.goto(f"{office.base}/team")
    ada.get_by_role("link", name=re.compile(re.escape(lena.email))).click()
    ada.get_by_role("button", name="Neuen Link erstellen").click()
    link = ada.locator("#link").input_value()

    other = browsers.page(java_script_enabled=False)
    other.goto(link)
    other.get_by_label("Neues Passwort").fill("ein ganz neues Passwort")
    other.get_by_role("button", name="Anmelden").click()
    gives(other, "123456")
    expect(other.get_by_role("alert")).to_contain_text("Dieser Code stimmt nicht")
    gives(other, codes[3].replace(" ", "-"))
    assert is_in(other, office)

    other.goto(f"{office.base}/account")
    other.get_by_text("Neue Ersatzcodes").first.click()
    other.get_by_label("Code", exact=True).fill(codes[4])
    other.get_by_role("button", name="Neue Ersatzcodes machen").click()
    new = other.get_by_label("Ihre Ersatzcodes").input_value().split("\n")
    assert len(new) == 10 and not set(new) & set(codes)
    other.goto(f"{office.base}/account")
    other.locator("summary", has_text="Ausschalten").click()
    other.get_by_label("Code oder Passwort").fill(codes[5])
    other.get_by_role("button", name="Ausschalten").click()
    expect(other.get_by_role("alert")).to_contain_text("Dieser Code stimmt nicht")
    other.locator("summary", has_text="Ausschalten").click()
    other.get_by_label("Code oder Passwort").fill("ein ganz neues Passwort")
    other.get_by_role("button", name="Ausschalten").click()
    expect(other.get_by_role("status")).to_contain_text("ist ausgeschaltet")


def height_of_row(page):
    """Measured at once: a live row may be another element a moment later."""
    expect(page.locator(".row", has_text="Gartenstraße").first).to_be_visible()
    return page.evaluate("[...document.querySelectorAll('.row')].find(row => row.textContent.includes('Gartenstraße')).offsetHeight")


def test_how_the_desk_looks_and_works_stays_with_its_colleague(office, browsers, lena):
    office.is_asked("Was ist mit der Laterne in der Gartenstraße? " * 6)
    lena.goto(f"{office.base}/inbox")
    dense = height_of_row(lena)
    lena.goto(f"{office.base}/account")
    lena.get_by_label("Luftig").check()
    lena.get_by_label("Einzelne Tasten verwenden").uncheck()
    lena.get_by_role("button", name="Einstellungen sichern").click()
    expect(lena.get_by_role("status")).to_contain_text("Ihre Einstellungen sind gesichert")

    elsewhere = browsers.page()
    signs_in(elsewhere, office, lena.email)
    elsewhere.goto(f"{office.base}/inbox")
    expect(elsewhere.locator("html[data-density=airy][data-keys=off]")).to_have_count(1)
    assert height_of_row(elsewhere) > dense + 20
    elsewhere.keyboard.press("/")
    expect(elsewhere.locator("#search")).not_to_be_focused()
    elsewhere.locator(".row", has_text="Gartenstraße").first.click()
    expect(elsewhere.locator("#reply")).to_be_visible()
    elsewhere.locator("#reply").fill("Wir kümmern uns.")
    elsewhere.locator("#reply").press("Control+Shift+Enter")
    expect(elsewhere.locator(".msg", has_text="Wir kümmern uns.")).to_be_visible()

    elsewhere.goto(f"{office.base}/account")
    elsewhere.get_by_label("Dicht").check()
    elsewhere.get_by_label("Einzelne Tasten verwenden").check()
    elsewhere.get_by_label("Sprache").select_option("en")
    elsewhere.get_by_role("button", name="Einstellungen sichern").click()
    expect(elsewhere.get_by_role("status")).to_contain_text("Your settings are saved")
    lena.goto(f"{office.base}/inbox")
    expect(lena.locator("html[lang=en]:not([data-density], [data-keys])")).to_have_count(1)
    lena.keyboard.press("/")
    expect(lena.locator("#search")).to_be_focused()


def test_answers_end_with_the_initials_of_who_chose_that(office, browsers, lena):
    lena.goto(f"{office.base}/account")
    expect(lena.get_by_label("Kürzel, höchstens 12 Zeichen")).to_have_value("/LK")
    lena.get_by_label("Meine Antworten mit meinem Kürzel beenden").check()
    lena.get_by_label("Kürzel, höchstens 12 Zeichen").fill(" ")
    lena.get_by_role("button", name="Einstellungen sichern").click()
    expect(lena.get_by_role("alert")).to_contain_text("Das Kürzel ist leer oder zu lang")
    lena.get_by_label("Kürzel, höchstens 12 Zeichen").fill("/LK")
    lena.get_by_role("button", name="Einstellungen sichern").click()
    expect(lena.get_by_role("status")).to_contain_text("Ihre Einstellungen sind gesichert")

    path, status = office.is_asked("Wann öffnet das Freibad?")
    lena.goto(path)
    expect(lena.get_by_text("Beim Senden kommt dazu: /LK")).to_be_visible()
    empty = int(lena.locator("#reply-count").inner_text().split()[0])
    lena.locator("#reply").fill("Im Mai.")
    expect(lena.locator("#reply-count")).to_have_text(re.compile(f"^{empty + 8} /"))
    expect(lena.get_by_text("Entwurf gesichert")).to_be_visible()
    assert office.desk.query("SELECT text FROM draft WHERE text LIKE 'Im Mai.%'") == [("Im Mai.",)]
    lena.locator("#reply").press("Control+Shift+Enter")
    expect(lena.locator(".msg", has_text="Im Mai. /LK")).to_be_visible()
    (answer,) = eventually("the answer is there", lambda: office.answers_to(status))
    assert answer.endswith("Im Mai. /LK")
    # What was sent is no draft any more, in this browser neither.
    lena.goto(path)
    expect(lena.locator("#reply")).to_have_value("")

    # Taken back, it is a draft without them; a note never has them.
    path, status = office.is_asked("Und das Hallenbad?")
    lena.goto(path)
    lena.locator("#reply").fill("Das ganze Jahr.\nAußer im Juli.")
    lena.locator("#reply").press("Control+Shift+Enter")
    expect(lena.locator(".msg", has_text="/LK")).to_be_visible()
    lena.get_by_role("button", name="Zurücknehmen").first.click()
    expect(lena.locator("#reply")).to_have_value("Das ganze Jahr.\nAußer im Juli.")
    lena.locator("#reply").press("Control+Shift+Enter")
    (answer,) = eventually("the answer is there", lambda: office.answers_to(status))
    assert answer.endswith("Außer im Juli.\n/LK")
    lena.get_by_label("Interne Notiz").first.check()
    lena.locator("#note").fill("Stand auf der Seite.")
    lena.get_by_role("button", name="Notiz sichern").click()
    expect(lena.locator(".msg[data-kind=note] .body")).to_have_text("Stand auf der Seite.")
