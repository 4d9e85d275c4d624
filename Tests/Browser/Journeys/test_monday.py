"""A Monday's work: through the list by keyboard and by thumb, with answers, follow-ups and colleagues beside one."""

import datetime
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


def number(path):
    return path.rsplit("/", 1)[-1]


def is_scripted(page):
    expect(page.locator("html[data-scripted]")).to_have_count(1)


def are_asked(office, text, count):
    """So many questions, in the order in which the list shows them: the newest first."""
    return [office.is_asked(f"{text} Nummer {index}?")[0] for index in range(count)][::-1]


def test_no_answer_needed_by_one_key_after_the_other_and_undone_by_another(office, eva):
    paths = are_asked(office, "Danke, gilt das auch für", 4)
    eva.goto(paths[0] + "?view=open")
    is_scripted(eva)
    for path, following in zip(paths, paths[1:]):
        expect(eva.locator(f"#conversation[data-conversation='{number(path)}']")).to_be_visible()
        eva.keyboard.press("e")
        eva.wait_for_url(re.compile(following.split("/", 3)[3].split("?")[0] + "\\b"))
        expect(eva.locator(f"#conversation-{number(path)}")).to_have_count(0)
    expect(eva.locator(".notices .flash")).to_contain_text("keine Antwort nötig")
    eva.keyboard.press("z")
    eva.wait_for_url(re.compile(f"/conversations/{number(paths[2])}\\b"))
    expect(eva.locator(f"#conversation-{number(paths[2])}")).to_have_count(1)
    expect(eva.get_by_role("button", name="Keine Antwort nötig").first).to_be_visible()


def test_many_are_chosen_by_keyboard_and_closed_and_the_focus_goes_on(office, eva):
    paths = are_asked(office, "Schön, gibt es das auch für", 4)
    eva.goto(f"{office.base}/inbox?view=open")
    is_scripted(eva)
    eva.locator(f"#conversation-{number(paths[0])} a").focus()
    for key in ["x", "j", "x"]:
        eva.keyboard.press(key)
    expect(eva.locator(".selection .chosen")).to_have_text("2 ausgewählt")
    eva.keyboard.press("e")
    for path in paths[:2]:
        expect(eva.locator(f"#conversation-{number(path)}")).to_have_count(0)
    expect(eva.locator(f"#conversation-{number(paths[2])} a")).to_be_focused()
    expect(eva.locator(".selection")).to_be_hidden()
    eva.keyboard.press("e")
    expect(eva.locator(f"#conversation-{number(paths[2])}")).to_have_count(0)
    expect(eva.locator(f"#conversation-{number(paths[3])}")).to_have_count(1)


def test_what_came_meanwhile_is_not_closed_unread(office, eva):
    path, status = office.is_asked("Ist das eilig?")
    first = office.desk.query(f"SELECT max(id) FROM message WHERE conversation_id = {number(path)}")[0][0]
    office.network.citizen_writes("@stadt Ja, ganz eilig!", acct=status["acct"], reply_to=status["id"])
    eventually("it is in", lambda: len(office.desk.query(f"SELECT 1 FROM message WHERE conversation_id = {number(path)}")) == 2)
    # What a browser sends whose page was made before.
    form = {"reason": "no_reply_needed", "seen": str(first), "token": "beispiel-beispiel-beispiel"}
    answer = eva.context.request.post(f"{path}/closure", form=form, headers={"Origin": office.base})
    assert answer.status == 409 and "Inzwischen kam eine neue Nachricht" in answer.text()
    assert office.desk.query(f"SELECT state FROM conversation WHERE id = {number(path)}") == [("open",)]


def test_sending_closes_and_goes_on_and_can_be_taken_back_from_there(office, eva):
    below, _ = office.is_asked("Was steht als Nächstes an?")
    path, status = office.is_asked("Wird hier geantwortet?")
    eva.goto(path + "?view=open")
    is_scripted(eva)
    eva.locator("#reply").fill("Ja, gleich.")
    eva.keyboard.press("Control+Enter")
    eva.wait_for_url(re.compile(f"/conversations/{number(below)}\\b"))
    expect(eva.locator(".notices .flash")).to_contain_text("geht gleich raus")
    eva.locator("#conversation").press("z")
    eva.wait_for_url(re.compile(f"/conversations/{number(path)}\\b"))
    expect(eva.locator("#reply")).to_have_value("Ja, gleich.")
    eva.keyboard.press("r")
    eva.keyboard.press("Control+Enter")
    eventually("the answer is there", lambda: office.answers_to(status))
    eventually("it is closed", lambda: office.desk.query(f"SELECT state FROM conversation WHERE id = {number(path)}") == [("closed",)])
    assert len(office.answers_to(status)) == 1


def test_a_holding_reply_promises_a_day_and_waits_for_it(office, eva):
    path, status = office.is_asked("Wann wird die Brücke fertig?")
    eva.goto(path)
    is_scripted(eva)
    expect(eva.locator("#promised-day")).to_be_hidden()
    eva.get_by_label("Zwischenbescheid").check()
    day = datetime.date.today() + datetime.timedelta(days=9)
    eva.locator("#promised-day").fill(day.isoformat())
    send(eva, "Wir fragen beim Tiefbauamt nach.")
    expect(eva.locator(".about")).to_contain_text("Antwort zugesagt bis")
    eventually("it is public", lambda: office.answers_to(status))
    eva.goto(f"{office.base}/inbox?view=waiting")
    expect(eva.locator(f"#conversation-{number(path)}")).to_contain_text("Zusage")
    expect(eva.locator(f"#conversation-{number(path)}")).to_contain_text(f"{day.day}.")


def test_a_conversation_is_laid_aside_by_keyboard_and_taken_up_again(office, eva):
    path, _ = office.is_asked("Meldet sich das Amt?")
    eva.goto(path)
    is_scripted(eva)
    eva.keyboard.press("w")
    expect(eva.locator("#follow-up-day")).to_be_focused()
    eva.keyboard.press("Enter")
    eventually("it waits", lambda: office.desk.query(f"SELECT state FROM conversation WHERE id = {number(path)}") == [("waiting",)])
    eva.goto(f"{path}?view=waiting")
    eva.get_by_role("button", name="Wiedervorlage aufheben").click()
    expect(eva.locator(".notices .flash")).to_contain_text("aufgehoben")
    assert office.desk.query(f"SELECT state FROM conversation WHERE id = {number(path)}") == [("open",)]


def test_a_colleague_takes_over_and_the_first_one_is_told_and_keeps_the_draft(office, eva, jonas):
    path, status = office.is_asked("Wer antwortet mir?")
    eva.goto(path)
    eva.locator("#reply").fill("Ich, Eva, gl")
    expect(eva.locator(".reply .saved")).to_contain_text("gesichert")
    jonas.goto(path)
    expect(jonas.locator(".composer")).to_contain_text("Eva Probe antwortet gerade")
    jonas.get_by_role("button", name="Antwort übernehmen").click()
    expect(jonas.locator("#reply")).to_be_visible()
    expect(eva.locator("#conversation > .flash")).to_contain_text("Jonas Beispiel hat das Antworten übernommen")
    expect(eva.locator("#reply")).to_have_value("Ich, Eva, gl")
    send(jonas, "Ich, Jonas.")
    eventually("an answer is there", lambda: office.answers_to(status))
    eva.goto(path)
    expect(eva.locator("#reply")).to_have_value("Ich, Eva, gl")
    assert len(office.answers_to(status)) == 1


def test_a_fact_of_the_day_stands_beside_every_answer_until_it_is_ended(office, browsers, eva, jonas):
    path, _ = office.is_asked("Ist das Bürgeramt offen?")
    eva.goto(f"{office.base}/facts")
    eva.get_by_label("Was gilt?").fill("Bürgeramt Nord heute geschlossen")
    eva.get_by_label("Wer sagt das?").fill("Bürgeramt, am Telefon")
    eva.get_by_role("button", name="Notieren").click()
    jonas.goto(path)
    expect(jonas.locator(".context")).to_contain_text("Bürgeramt Nord heute geschlossen")
    rita = office.comes_in(browsers.page(), "Rita Liest", "reader")
    rita.goto(f"{office.base}/facts")
    expect(rita.locator("main")).to_contain_text("Bürgeramt Nord heute geschlossen")
    expect(rita.get_by_role("button", name="Notieren")).to_have_count(0)
    eva.get_by_role("button", name="Gilt nicht mehr").click()
    jonas.goto(path)
    expect(jonas.locator(".today")).to_have_count(0)


def test_a_snippet_is_put_behind_what_is_written_and_knows_the_citizen(office, eva):
    office.network.ask("account", acct="melek@anderswo.example", display_name="Melek {Datum} Muster")
    path, status = office.is_asked("Wo melde ich die Laterne?", acct="melek@anderswo.example")
    eva.goto(f"{office.base}/snippets")
    eva.get_by_label("Name").fill("Mängelmelder")
    eva.get_by_label("Ordner").fill("Verweise")
    eva.get_by_label("Text").fill("Guten Tag {Name}, bitte im Mängelmelder. ^{Kürzel}")
    eva.get_by_role("button", name="Baustein anlegen").click()
    expect(eva.get_by_role("link", name=re.compile("Mängelmelder"))).to_be_visible()
    eva.goto(path)
    is_scripted(eva)
    eva.locator("#reply").fill("Danke!")
    eva.locator("#reply").blur()
    eva.keyboard.press("b")
    eva.get_by_role("button", name="Mängelmelder").click()
    expect(eva.locator("#reply")).to_have_value("Danke!\nGuten Tag Melek {Datum} Muster, bitte im Mängelmelder. ^EP")
    expect(eva.locator("#reply")).to_be_focused()


def test_the_start_page_tells_what_hangs(office, eva):
    path, _ = office.is_asked("Bin ich überfällig?")
    office.desk.change(f"UPDATE conversation SET due_at = 1 WHERE id = {number(path)}")
    eva.goto(f"{office.base}/start")
    overdue = eva.locator("[data-name=overdue]")
    expect(overdue).to_contain_text("Bin ich überfällig?")
    overdue.get_by_role("link", name=re.compile("Bin ich überfällig")).click()
    expect(eva.get_by_role("heading", level=1)).to_have_text("Bin ich überfällig?")


def test_without_a_connection_a_deed_says_so_and_nothing_is_lost(office, eva):
    path, _ = office.is_asked("Geht das auch ohne Netz?")
    eva.goto(path)
    is_scripted(eva)
    eva.locator("#reply").fill("Ja, später.")
    eva.route("**/closure**", lambda route: route.abort())
    eva.get_by_role("button", name="Keine Antwort nötig").first.click()
    expect(eva.locator(".flash[role=alert]")).to_contain_text("Keine Verbindung")
    expect(eva.locator("#reply")).to_have_value("Ja, später.")
    eva.unroute_all()
    eva.get_by_role("button", name="Keine Antwort nötig").first.click()
    eventually("it is closed", lambda: office.desk.query(f"SELECT state FROM conversation WHERE id = {number(path)}") == [("closed",)])


def test_with_one_thumb_and_without_scripts_many_are_closed(office, browsers):
    paths = are_asked(office, "Super, gilt das auch für", 2)
    screen = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    eva = office.comes_in(browsers.page(java_script_enabled=False, **screen), "Eva Daumen")
    eva.goto(f"{office.base}/inbox?view=open")
    for path in paths:
        eva.locator(f"#conversation-{number(path)} > input").check()
    eva.locator(".selection").get_by_role("button", name="Keine Antwort nötig", exact=False).first.tap()
    expect(eva.get_by_role("status").first).to_contain_text("2 Gespräche geschlossen")
    for path in paths:
        expect(eva.locator(f"#conversation-{number(path)}")).to_have_count(0)
    eva.get_by_role("button", name="Rückgängig").tap()
    for path in paths:
        expect(eva.locator(f"#conversation-{number(path)}")).to_have_count(1)


def test_a_readers_keys_do_nothing_a_reader_may_not(office, browsers):
    path, _ = office.is_asked("Darf das jeder?")
    rita = office.comes_in(browsers.page(), "Rita Liest", "reader")
    rita.goto(path)
    is_scripted(rita)
    for key in ["e", "Shift+E", "l", "a", "w", "x", "z", ".", "r"]:
        rita.keyboard.press(key)
    rita.goto(f"{office.base}/inbox?view=open")
    rita.locator(f"#conversation-{number(path)} a").focus()
    for key in ["x", "e", "l", "a"]:
        rita.keyboard.press(key)
    assert rita.locator(".row > input:visible").count() == 0
    assert office.desk.query(f"SELECT state, assignee_id FROM conversation WHERE id = {number(path)}") == [("open", None)]


def test_the_keys_are_explained_where_they_are_needed(office, eva):
    eva.goto(f"{office.base}/inbox")
    is_scripted(eva)
    eva.keyboard.press("?")
    expect(eva.locator("#help")).to_contain_text("Keine Antwort nötig, oder schließen")
    eva.keyboard.press("Escape")
    expect(eva.locator("#help")).to_be_hidden()


def test_a_closed_day_moves_what_is_due(office, browsers):
    path, _ = office.is_asked("Wann ist das fällig?")
    ada = office.comes_in(browsers.page(), "Ada Leitung", "admin")
    due = office.desk.query(f"SELECT due_at FROM conversation WHERE id = {number(path)}")[0][0]
    day = datetime.datetime.fromtimestamp(due / 1000).date()
    ada.goto(f"{office.base}/authority/hours")
    ada.locator("#day").fill(day.isoformat())
    ada.get_by_label("Anlass").fill("Betriebsausflug")
    ada.get_by_role("button", name="Schließtag eintragen").click()
    query = f"SELECT due_at FROM conversation WHERE id = {number(path)}"
    eventually("it is due later", lambda: office.desk.query(query)[0][0] > due)
    ada.get_by_role("button", name="Schließtag Betriebsausflug entfernen").click()
    eventually("it is due as before", lambda: office.desk.query(query)[0][0] == due)
