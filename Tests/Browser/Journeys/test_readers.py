"""Who may only read sees no deed, and cannot do one past the pages either."""

from playwright.sync_api import expect


def test_a_reader_reads_and_nothing_else(office, browsers):
    path, status = office.is_asked("Wie hoch ist die Hundesteuer?")
    lea = office.comes_in(browsers.page(), "Lea Lesend", "reader")
    lea.goto(path)
    expect(lea.locator(".msg")).to_contain_text("Hundesteuer")
    expect(lea.locator(".composer")).to_contain_text("Sie können hier lesen, aber nicht antworten.")
    expect(lea.locator("#conversation").get_by_role("button")).to_have_count(0)
    expect(lea.locator("#conversation summary, #conversation textarea")).to_have_count(0)
    expect(lea.get_by_role("link", name="Team", exact=True)).to_have_count(0)
    lea.goto(f"{office.base}/channels")
    expect(lea.get_by_role("link", name="Mastodon verbinden")).to_have_count(0)


def test_what_a_reader_sends_past_the_pages_is_refused(office, browsers):
    path, status = office.is_asked("Wie hoch ist die Grundsteuer?")
    lea = office.comes_in(browsers.page(), "Lea Lesend", "reader")
    message = office.desk.query(f"SELECT id FROM message WHERE object = '{status['uri']}'")[0][0]
    before = office.desk.query("SELECT count(*) FROM message"), office.desk.query("SELECT count(*) FROM delivery")
    form = {"text": "Hundert Euro.", "answering": str(message), "answeringVersion": "0", "lastAnswer": "", "token": "0123456789abcdef0123"}
    deeds = {
        f"{path}/replies": form, f"{path}/draft": form, f"{path}/notes": {"text": "Notiz"},
        f"{path}/closure": {"reason": "no_reply_needed"}, f"{path}/reopening": {}, f"{path}/assignment": {"colleague": "me"},
        f"{path}/erasure": {"reason": "Weil"}, f"{office.base}/messages/{message}/like": {"token": form["token"]},
        f"{office.base}/team": {"name": "Eve", "email": "eve@musterstadt.example", "role": "admin"},
        f"{office.base}/team/1/role": {"role": "reader"}, f"{office.base}/team/1/link": {}, f"{office.base}/team/1/removal": {},
        f"{office.base}/channels/connect/mastodon": {"server": office.network.base},
        f"{office.base}/channels/connect/mastodon/token": {"server": office.network.base, "token": "x"},
    }
    for address, fields in deeds.items():
        answer = lea.context.request.post(address, form=fields, headers={"Origin": office.base}, max_redirects=0)
        assert answer.status == 403, address
    for address in [f"{path}/erasure", f"{office.base}/team", f"{office.base}/team/1", f"{office.base}/channels/1/reconnect"]:
        assert lea.context.request.get(address, max_redirects=0).status == 403, address
    assert lea.context.request.put(f"{path}/draft", form=form, headers={"Origin": office.base}).status == 403
    assert before == (office.desk.query("SELECT count(*) FROM message"), office.desk.query("SELECT count(*) FROM delivery"))
    assert office.answers_to(status) == []


def test_a_strangers_page_cannot_do_a_deed_with_our_cookie(office, browsers):
    path, _ = office.is_asked("Wie hoch ist die Zweitwohnungsteuer?")
    eva = office.comes_in(browsers.page(), "Eva Probe")
    answer = eva.context.request.post(f"{path}/closure", form={"reason": "no_reply_needed"}, headers={"Origin": "https://boese.example"})
    assert answer.status == 403
    eva.goto(path)
    expect(eva.get_by_role("button", name="Keine Antwort nötig", exact=True)).to_be_visible()
