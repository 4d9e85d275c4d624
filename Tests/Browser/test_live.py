"""The live list and thread: what comes in appears, nothing moves under the pointer, a broken line mends itself."""

import json
import re

import pytest
from playwright.sync_api import expect


def row(desk, number, name, due=0, at=9_999_999_999_999, state="open", assignee=""):
    html = desk.sample("row")
    html = re.sub(r'id="conversation-\d+"', f'id="conversation-{number}"', html)
    html = re.sub(r'data-due="\d+"', f'data-due="{due}"', html)
    html = re.sub(r'data-(last|moved)="\d+"', rf'data-\1="{at}"', html)
    html = re.sub(r'data-state="\w+"', f'data-state="{state}"', html)
    html = re.sub(r'data-assignee="\w*"', f'data-assignee="{assignee}"', html)
    return html.replace("steffi.k", name)


@pytest.fixture
def inbox(page, desk):
    page.goto(f"{desk.url}/inbox?view=open")
    assert desk.connected.wait(5)
    page.mouse.move(1000, 400)
    return page


def names(page):
    return page.locator(".row .who").all_inner_texts()


def test_a_new_conversation_appears_on_top(inbox, desk):
    desk.push("row", 482, row(desk, 99, "Neue Bürgerin").replace("?view=open", ""))
    expect(inbox.locator(".row").first).to_contain_text("Neue Bürgerin")
    assert "?view=open" in inbox.locator("#conversation-99 a").get_attribute("href")


def test_a_known_conversation_moves_up_and_is_there_once(inbox, desk):
    desk.push("row", 482, row(desk, 7, "Ayşe Demir"))
    expect(inbox.locator(".row").first).to_contain_text("Ayşe Demir")
    assert names(inbox).count("Ayşe Demir") == 1


def test_a_new_conversation_comes_where_it_is_due(inbox, desk):
    part = inbox.locator(".part", has=inbox.locator("#conversation-4"))
    expect(part.locator("h2")).to_have_text("Heute")
    due = inbox.locator("#conversation-4").get_attribute("data-due")
    desk.push("row", 482, row(desk, 99, "Neue Bürgerin", due=due))
    desk.push("row", 483, row(desk, 98, "Hat lange Zeit", due=9_999_999_999_999))
    expect(part.locator(".row").first).to_contain_text("Neue Bürgerin")
    expect(inbox.locator(".part[data-name='later'] .row").last).to_contain_text("Hat lange Zeit")


def test_what_was_due_later_is_due_now_as_time_goes_on_but_not_under_the_pointer(page, desk):
    desk.fragments["/inbox/list"] = desk.sample("list")
    page.clock.install()
    page.goto(f"{desk.url}/inbox?view=open")
    assert desk.connected.wait(5)
    soon = page.locator(".part[data-name='hour'] #conversation-2")
    expect(soon).to_have_count(1)
    soon.hover()
    page.clock.run_for(40 * 60_000)
    expect(soon).to_have_count(1)
    page.mouse.move(1000, 400)
    page.clock.run_for(61_000)
    expect(page.locator(".part[data-name='overdue'] #conversation-2")).to_have_count(1)


def test_a_closed_conversation_leaves_the_open_ones(inbox, desk):
    desk.push("row", 482, row(desk, 7, "Ayşe Demir", state="closed"))
    expect(inbox.locator("#conversation-7")).to_have_count(0)


def test_the_next_page_comes_in_as_the_end_comes_near_and_no_row_stands_twice(page, desk):
    # Row 6 is here already, and known better; the others are new.
    further = desk.sample("list").replace("conversation-1\"", "conversation-101\"").replace("conversation-10\"", "conversation-110\"")
    desk.fragments["/inbox/list"] = further.replace("Tom W.", "Tom vom nächsten Blatt")
    page.goto(f"{desk.url}/inbox?view=open")
    expect(page.locator("#conversation-101")).to_have_count(1)
    expect(page.locator("#conversation-110")).to_have_count(1)
    expect(page.locator("#conversation-6")).to_contain_text("Tom W.")
    assert page.locator(".row").count() == 12
    assert page.evaluate("new Set([...document.querySelectorAll('.row')].map(row => row.id)).size") == 12
    expect(page.locator(".older")).to_have_count(0)
    assert [path for path in desk.asked if path.startswith("/inbox/list")] == ["/inbox/list?view=open&before=1"]


REGION = "body > [role=status]"


def test_what_comes_in_is_said_together_and_not_row_by_row(page, desk):
    page.clock.install()
    page.goto(f"{desk.url}/inbox?view=open")
    assert desk.connected.wait(5)
    page.mouse.move(1000, 400)
    page.clock.run_for(20_000)  # the notice of the page before has been said
    for number in (97, 98, 99):
        desk.push("row", 400 + number, row(desk, number, "Neue Bürgerin"))
    desk.push("row", 500, row(desk, 99, "Neue Bürgerin", assignee="7"))  # nobody wrote
    expect(page.locator("#conversation-99[data-assignee='7']")).to_have_count(1)
    expect(page.locator(REGION)).to_have_text("")
    page.clock.run_for(5_000)
    expect(page.locator(REGION)).to_have_text("3 neue Nachrichten")
    page.clock.run_for(20_000)
    expect(page.locator(REGION)).to_have_text("")


def test_announcements_are_switched_off_in_this_browser(page, desk):
    page.clock.install()
    page.goto(f"{desk.url}/inbox?view=open")
    assert desk.connected.wait(5)
    page.get_by_role("button", name="Tasten").click()
    page.get_by_label("Neues ansagen").uncheck()
    page.keyboard.press("Escape")
    page.mouse.move(1000, 400)
    page.clock.run_for(20_000)
    desk.push("row", 499, row(desk, 99, "Neue Bürgerin"))
    expect(page.locator("#conversation-99")).to_have_count(1)
    page.clock.run_for(10_000)
    expect(page.locator(REGION)).to_have_text("")


def test_a_notice_is_said_once(page, desk):
    page.goto(f"{desk.url}/inbox?view=open")
    expect(page.locator(f"{REGION} p")).to_have_text(["Geschlossen: keine Antwort nötig."])
    assert page.locator(".flash[role=status]").count() == 0


def test_nothing_moves_under_the_pointer(inbox, desk):
    inbox.locator("#conversation-3").hover()
    before = names(inbox)
    desk.push("row", 482, row(desk, 99, "Neue Bürgerin"))
    desk.push("row", 483, row(desk, 100, "Noch eine"))
    desk.push("row", 484, row(desk, 7, "Ayşe Demir", state="closed"))
    expect(inbox.get_by_role("button", name="2 neue Gespräche anzeigen")).to_be_visible()
    assert names(inbox) == before
    inbox.mouse.move(1000, 400)
    expect(inbox.locator(".row").first).to_contain_text("Noch eine")
    expect(inbox.locator("#conversation-7")).to_have_count(0)
    expect(inbox.locator(".news")).to_have_count(0)


def test_the_keyboard_stays_on_its_row(inbox, desk):
    inbox.locator("#conversation-4 a").focus()
    desk.push("row", 482, row(desk, 4, "nadja.liest"))
    expect(inbox.locator(".row").first).to_contain_text("nadja.liest")
    expect(inbox.locator("#conversation-4 a")).to_be_focused()


def test_a_broken_line_goes_on_where_it_ended(inbox, desk):
    desk.push("row", 490, row(desk, 99, "Neue Bürgerin"))
    expect(inbox.locator("#conversation-99")).to_have_count(1)
    desk.connected.clear()
    desk.break_streams()
    assert desk.connected.wait(10)
    desk.push("row", 491, row(desk, 98, "Noch eine"))
    expect(inbox.locator("#conversation-98")).to_have_count(1)
    assert "/live?since=481" in desk.asked


def test_seven_tabs_share_one_connection(inbox, desk):
    others = [inbox.context.new_page() for _ in range(6)]
    for other in others:
        other.goto(f"{desk.url}/inbox?view=open")
    desk.push("row", 482, row(desk, 99, "Neue Bürgerin"))
    for tab in [inbox, *others]:
        expect(tab.locator("#conversation-99")).to_have_count(1)
    assert len(desk.streams) == 1


def test_a_page_made_before_the_others_heard_something_catches_up(inbox, desk):
    desk.push("row", 482, row(desk, 99, "Neue Bürgerin"))
    expect(inbox.locator("#conversation-99")).to_have_count(1)
    late = inbox.context.new_page()
    late.goto(f"{desk.url}/inbox?view=open")
    expect(late.locator("#conversation-99")).to_have_count(1)


def test_a_tab_that_comes_back_from_a_long_sleep_looks_again(inbox, desk):
    desk.fragments["/inbox/list"] = desk.sample("list").replace("Tom W.", "Tom nach dem Schlaf")
    inbox.clock.install()
    inbox.reload()
    inbox.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(inbox.locator("#conversation-6")).to_contain_text("Tom nach dem Schlaf", timeout=2000)


def test_the_thread_changes_and_the_draft_stays(page, desk):
    desk.fragments["/conversations/1/pane"] = desk.sample("messages").replace("Leitstelle am Telefon", "Neues von der Leitstelle")
    page.goto(f"{desk.url}/de/conversation-public.html")
    assert desk.connected.wait(5)
    page.locator("#reply").fill("Ich schreibe gerade")
    desk.push("conversation", 482, json.dumps({"id": "1", "version": "8"}))
    expect(page.locator(".messages")).to_contain_text("Neues von der Leitstelle")
    assert page.locator("#reply").input_value() == "Ich schreibe gerade"


def test_a_new_version_reloads_the_page_but_never_over_a_draft(page, desk):
    page.goto(f"{desk.url}/de/conversation-public.html")
    assert desk.connected.wait(5)
    page.locator("#reply").fill("Ich schreibe gerade")
    desk.fragments["/inbox/list"] = desk.sample("list").replace("Tom W.", "Tom neu")
    desk.fragments["/conversations/1/pane"] = desk.sample("messages")
    desk.push("reload", 482, "")
    expect(page.locator("#conversation-6")).to_contain_text("Tom neu")
    assert page.locator("#reply").input_value() == "Ich schreibe gerade"
