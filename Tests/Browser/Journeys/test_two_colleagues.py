"""Two colleagues over one question, and one colleague who changes their mind: one answer is public, no word is lost."""

import re
import time

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


def is_delivered(page):
    expect(page.locator(".delivery[data-delivery=delivered]")).to_be_visible(timeout=20_000)


def test_of_two_answers_sent_at_the_same_moment_one_is_public_and_the_other_a_draft(office, eva, jonas):
    path, status = office.is_asked("Ist das Freibad heute offen?")
    written = {"Ja, bis 20 Uhr.": eva, "Ja, aber nur bis 20 Uhr.": jonas}
    for text, page in written.items():
        page.goto(path)
        page.locator("#reply").fill(text)
    moment = (time.time() + 0.5) * 1000
    for page in written.values():
        page.evaluate("moment => setTimeout(() => document.querySelector('[data-stay]').click(), moment - Date.now())", moment)
    for page in written.values():
        expect(page.locator("[role=alert], .msg[data-kind=out]").first).to_be_visible()
    sent = [text for text, page in written.items() if page.get_by_role("alert").count() == 0]
    assert len(sent) == 1
    (kept, loser), = [(text, page) for text, page in written.items() if text not in sent]
    winner = "Eva Probe" if loser is jonas else "Jonas Beispiel"
    expect(loser.get_by_role("alert")).to_contain_text(re.compile(f"{winner} (hat inzwischen geantwortet|antwortet gerade)"))
    expect(loser.get_by_role("alert")).to_contain_text("Ihr Entwurf ist gesichert.")
    loser.goto(path)
    expect(loser.locator("#reply")).to_have_value(kept)
    eventually("an answer is public", lambda: office.answers_to(status))
    is_delivered(loser)
    assert [answer.split(" ", 1)[1] for answer in office.answers_to(status)] == sent


def test_who_begins_while_a_colleague_answers_sees_who_it_is(office, eva, jonas):
    path, _ = office.is_asked("Wo bekomme ich einen Anwohnerparkausweis?")
    jonas.goto(f"{office.base}/inbox?view=open")
    eva.goto(path)
    eva.locator("#reply").fill("Im Bürger")
    expect(jonas.locator(".row", has_text="Anwohnerparkausweis")).to_contain_text("Eva Probe antwortet")
    jonas.goto(path)
    expect(jonas.locator(".composer")).to_contain_text("Eva Probe antwortet gerade")
    expect(jonas.locator("#reply")).to_have_count(0)
    expect(jonas.locator("#note")).to_be_visible()


def test_who_wrote_beside_a_colleague_keeps_the_text_in_sight(office, eva, jonas):
    path, _ = office.is_asked("Wo ist das Fundbüro?")
    for page in (eva, jonas):
        page.goto(path)
    jonas.route("**/draft**", lambda route: route.abort())
    jonas.locator("#reply").fill("In der Bahnhof")
    eva.locator("#reply").fill("Im Rathaus")
    expect(eva.locator(".reply .saved")).to_have_text("Entwurf gesichert")
    jonas.unroute_all()
    jonas.locator("#reply").fill("In der Bahnhofstraße")
    eventually("the draft is kept", lambda: office.desk.query("SELECT 1 FROM draft WHERE text = 'In der Bahnhofstraße'"))
    expect(jonas.locator(".reply .saved")).not_to_contain_text("Nicht gesichert", timeout=2_000)
    jonas.locator("#reply").press("Control+Shift+Enter")
    expect(jonas.get_by_role("alert")).to_contain_text("Eva Probe antwortet gerade")
    expect(jonas.locator("#conversation")).to_contain_text("In der Bahnhofstraße", timeout=2_000)


def test_an_answer_taken_back_is_a_draft_again_and_never_public(office, eva):
    path, status = office.is_asked("Darf ich im Stadtpark grillen?")
    eva.goto(path)
    send(eva, "Nein, leider nicht.")
    eva.get_by_role("button", name="Zurücknehmen").click()
    expect(eva.get_by_role("status").first).to_contain_text("Zurückgenommen")
    expect(eva.locator("#reply")).to_have_value("Nein, leider nicht.")
    expect(eva.locator(".msg[data-kind=out]")).to_have_count(0)
    number = path.rsplit("/", 1)[-1]
    assert office.desk.query(f"SELECT state FROM delivery WHERE conversation_id = {number}") == [("withdrawn",)]
    assert office.answers_to(status) == []


def test_send_pressed_twice_sends_once(office, eva):
    path, status = office.is_asked("Wann ist Wochenmarkt?")
    eva.goto(path)
    eva.locator("#reply").fill("Mittwochs und samstags.")
    eva.locator(".reply [data-stay]").dblclick()
    is_delivered(eva)
    assert len(office.answers_to(status)) == 1


def test_a_draft_is_there_after_a_reload_and_in_another_tab(office, eva):
    path, _ = office.is_asked("Wie melde ich meinen Hund an?")
    eva.goto(path)
    eva.locator("#reply").fill("Das geht im Rathaus")
    expect(eva.locator(".reply .saved")).to_have_text("Entwurf gesichert")
    eva.reload()
    expect(eva.locator("#reply")).to_have_value("Das geht im Rathaus")
    tab = eva.context.new_page()
    tab.goto(path)
    expect(tab.locator("#reply")).to_have_value("Das geht im Rathaus")


def test_an_answer_to_words_that_were_changed_meanwhile_is_refused_and_kept(office, eva):
    office.network.ask("account", acct="lotte@anderswo.example", display_name="Lotte")
    office.network.ask("follow", acct="lotte@anderswo.example", by="stadt")  # only followers hear of a change at once
    path, status = office.is_asked("Ich finde das gut.", acct="lotte@anderswo.example")
    eva.goto(path)
    eva.locator("#reply").fill("Danke, das freut uns!")
    office.network.ask("edit", id=status["id"], text="@stadt Ich finde das gar nicht gut.")
    expect(eva.locator(".msg[data-kind=in]")).to_contain_text("gar nicht gut")
    expect(eva.locator("#reply")).to_have_value("Danke, das freut uns!")
    eva.locator("#reply").press("Control+Shift+Enter")
    expect(eva.get_by_role("alert")).to_contain_text("Die Nachricht wurde geändert, während Sie schrieben.")
    expect(eva.locator("#reply")).to_have_value("Danke, das freut uns!")
    assert office.answers_to(status) == []


def test_an_answer_to_a_message_that_is_gone_is_refused_and_kept(office, eva):
    path, status = office.is_asked("Weiß jemand, ob die Bücherei offen ist?")
    eva.goto(path)
    eva.locator("#reply").fill("Ja, bis 18 Uhr.")
    office.network.ask("delete", id=status["id"])
    expect(eva.locator(".msg[data-kind=in]")).to_contain_text("Dort gelöscht")
    eva.locator("#reply").press("Control+Shift+Enter")
    expect(eva.get_by_role("alert").first).to_contain_text("Die Nachricht gibt es nicht mehr.")
    expect(eva.locator("#conversation")).to_contain_text("Ja, bis 18 Uhr.", timeout=2_000)
