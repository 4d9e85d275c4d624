"""One post of ours and everything under it, worked through without going back."""

import re

import pytest
from playwright.sync_api import expect
from survival import eventually


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def number(path):
    return path.rsplit("/", 1)[-1]


def test_everything_under_a_post_is_worked_through_on_its_page(office, eva):
    post = office.network.citizen_writes("Die Rutsche im Freibad ist wieder offen.", acct="stadt")
    other = office.network.citizen_writes("Der Wochenmarkt zieht um.", acct="stadt")
    under = [office.is_asked(f"Ab wann genau? {index}", reply_to=post["id"])[0] for index in range(3)][::-1]
    elsewhere, _ = office.is_asked("Und wohin?", reply_to=other["id"])
    eva.goto(f"{office.base}/posts")
    line = eva.locator(".card", has_text="Die Rutsche im Freibad")
    expect(line).to_contain_text("3 Gespräche, 3 offen")
    line.click()
    expect(eva.locator("#conversation")).to_contain_text("Die Rutsche im Freibad ist wieder offen.")
    expect(eva.locator(".row")).to_have_count(3)
    expect(eva.locator(f"#conversation-{number(elsewhere)}")).to_have_count(0)
    eva.locator(f"#conversation-{number(under[0])} a").click()
    eva.mouse.move(1000, 400)  # under the pointer no row would leave
    for path, following in zip(under, under[1:]):
        expect(eva.locator(f"#conversation[data-conversation='{number(path)}']")).to_be_visible()
        eva.keyboard.press("e")
        eva.wait_for_url(re.compile(f"/conversations/{number(following)}\\b.*post="))
    eva.keyboard.press("e")
    expect(eva.locator(".row")).to_have_count(0)
    expect(eva).to_have_url(re.compile("/inbox.*post="))
    expect(eva.locator(".searching")).to_contain_text("Die Rutsche im Freibad")
    eva.get_by_role("link", name="Wieder alles zeigen").click()
    expect(eva.locator(f"#conversation-{number(elsewhere)}")).to_have_count(1)


def test_a_conversation_leads_to_all_that_stands_under_its_post(office, eva):
    post = office.network.citizen_writes("Die Bücherei hat sonntags geöffnet.", acct="stadt")
    path, _ = office.is_asked("Auch im Sommer?", reply_to=post["id"])
    eva.goto(path)
    eva.get_by_role("link", name="Alles unter diesem Beitrag").click()
    expect(eva.locator(".row")).to_have_count(1)
    expect(eva.locator("#conversation")).to_contain_text("1 Gespräch, 1 offen")
