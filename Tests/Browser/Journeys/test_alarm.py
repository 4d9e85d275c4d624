"""Somebody may be in danger: an alarm over every page, taken over with one key, and answered with a text that says where help is."""

import re

import pytest
from office import send
from playwright.sync_api import expect
from survival import eventually


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


@pytest.fixture
def jonas(browsers, office):
    return office.comes_in(browsers.page(), "Jonas Beispiel")


@pytest.fixture(autouse=True)
def calm(office):
    """No alarm of one test stands over the pages of the next."""
    yield
    for conversation in re.findall(r'href="(/conversations/\d+)"', office.ada.get(f"{office.base}/alarms/calls", timeout=20).text):
        office.ada.post(f"{office.base}{conversation}/alarm/dismissal", timeout=20).raise_for_status()


def is_live(page):
    expect(page.locator("html[data-scripted]")).to_have_count(1)


def test_an_emergency_stands_over_every_page_until_somebody_takes_it_over(office, eva, jonas):
    eva.goto(f"{office.base}/account")
    jonas.goto(f"{office.base}/inbox?view=open")
    is_live(eva)
    is_live(jonas)
    box = jonas.locator(".views").bounding_box()
    path, status = office.is_asked("mein opa liegt im flur und ist bewusstlos, was soll ich tun", visibility="direct")
    for page in [eva, jonas]:
        expect(page.locator(".alarm")).to_contain_text("mein opa liegt im flur")
        expect(page.locator(".alarm")).to_contain_text("privat")
    assert jonas.locator(".views").bounding_box() == box, "nothing moves for it"
    eva.keyboard.press("n")
    eva.wait_for_url(re.compile(re.escape(path.split("/", 3)[3])))
    expect(jonas.locator(".alarm")).to_have_count(0)
    expect(eva.locator(".alarm")).to_have_count(0)
    expect(eva.locator(".emergency")).to_contain_text("Eva Probe hat übernommen")
    expect(eva.locator(".about")).to_contain_text("Bei Eva Probe")
    # One more key sends what fits.
    eva.keyboard.press("n")
    expect(eva.locator(".emergency")).to_have_count(0)
    answers = eventually("the redirect is out", lambda: office.answers_to(status))
    assert len(answers) == 1 and "112" in answers[0]
    assert next(post for post in office.network.timeline() if "112" in post["text"])["visibility"] == "direct"


def test_who_comes_second_is_told_who_was_quicker(office, eva, jonas):
    path, _ = office.is_asked("Hilfe, es brennt bei uns im Keller")
    eva.goto(f"{office.base}/start")
    jonas.goto(f"{office.base}/start")
    expect(jonas.locator(".alarm")).to_be_visible()
    form = jonas.locator(".alarm form").get_attribute("action")
    eva.locator(".alarm").get_by_role("button", name="Ich übernehme").click()
    eva.wait_for_url(re.compile("/conversations/"))
    answer = jonas.context.request.post(f"{office.base}{form}", headers={"Origin": office.base})
    assert answer.status == 409 and "Eva Probe hat schon übernommen" in answer.text()
    eva.get_by_role("button", name="Kein Notfall").click()
    expect(eva.locator(".emergency")).to_have_count(0)
    expect(eva.locator(f"#conversation-{path.rsplit('/', 1)[-1]} [data-mark=alarm]")).to_have_count(0)


def test_a_colleague_marks_an_emergency_by_hand_and_their_draft_stays(office, eva, jonas):
    path, status = office.is_asked("Bei meiner Nachbarin geht seit drei Tagen keiner an die Tür.")
    jonas.goto(f"{office.base}/facts")
    eva.goto(path)
    is_live(eva)
    eva.locator("#reply").fill("Wir fragen nach")
    expect(eva.locator(".saved").first).to_contain_text("gesichert")
    eva.locator("#conversation").focus()
    eva.keyboard.press("n")
    menu = eva.locator("#emergency-menu")
    expect(menu).to_be_visible()
    expect(menu.get_by_label("Notruf 112")).to_be_checked()
    menu.get_by_role("button", name="Alarm auslösen").click()
    expect(jonas.locator(".alarm")).to_contain_text("Bei meiner Nachbarin")
    expect(eva.locator(".alarm")).to_contain_text("Bei meiner Nachbarin")
    eva.keyboard.press("n")
    expect(eva.locator(".emergency")).to_contain_text("Eva Probe hat übernommen")
    eva.locator(".emergency").get_by_text("Andere Hinweise").click()
    eva.locator(".emergency").get_by_label("Notruf 110").check()
    eva.locator(".emergency").get_by_role("button", name="Hinweis öffentlich senden").click()
    expect(eva.locator(".emergency")).to_have_count(0)
    expect(eva.locator("#reply")).to_have_value("Wir fragen nach")
    answers = eventually("the redirect is out", lambda: office.answers_to(status))
    assert "110" in answers[0]


def test_the_list_and_the_texts_are_changed_on_their_page(office, eva):
    eva.goto(f"{office.base}/alarms")
    expect(eva.locator("main")).to_contain_text("Das ist ein Sicherheitsnetz, kein Notruf")
    eva.get_by_label("Wort oder Wortfolge").fill("Dammbruch*")
    eva.get_by_role("button", name="Aufnehmen").click()
    expect(eva.locator(".notices")).to_contain_text("Aufgenommen")
    expect(eva.locator(".words")).to_contain_text(["Dammbruch*"])
    office.is_asked("dammbruchgefahr an der mulde??")
    expect(eva.locator(".alarm")).to_contain_text("dammbruchgefahr")
    eva.goto(f"{office.base}/alarms")
    eva.get_by_role("button", name="„Dammbruch*“ aus der Liste nehmen").click()
    expect(eva.locator(".notices")).to_contain_text("Aus der Liste genommen")
    eva.get_by_role("link", name=re.compile("Notruf 112")).first.click()
    eva.get_by_label("Text", exact=True).fill("Bitte 112 rufen, sofort.")
    eva.get_by_role("button", name="Ändern").click()
    expect(eva.locator("main")).to_contain_text("Bitte 112 rufen, sofort.")


def test_a_reader_sees_an_alarm_and_can_take_nothing_over(office, browsers):
    rita = office.comes_in(browsers.page(), "Rita Leserin", role="reader")
    rita.goto(f"{office.base}/inbox?view=open")
    is_live(rita)
    office.is_asked("ich will nicht mehr leben")
    expect(rita.locator(".alarm")).to_contain_text("ich will nicht mehr leben")
    expect(rita.locator(".alarm form")).to_have_count(0)
    rita.keyboard.press("n")
    expect(rita).to_have_url(re.compile("/inbox"))
    rita.goto(f"{office.base}/alarms")
    expect(rita.locator("main form")).to_have_count(0)
