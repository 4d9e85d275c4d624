"""Who else is here, and who is writing: told while it is so, and kept nowhere."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


@pytest.fixture
def jonas(browsers, office):
    return office.comes_in(browsers.page(), "Jonas Beispiel")


def others(page):
    return page.locator("conversation-presence")


def test_two_who_read_the_same_see_each_other_and_who_writes(office, eva, jonas):
    path, _ = office.is_asked("Wer kümmert sich?")
    eva.goto(path)
    expect(others(eva)).to_have_text("")
    jonas.goto(path)
    expect(others(eva)).to_have_text("Jonas Beispiel ist auch hier")
    expect(others(jonas)).to_have_text("Eva Probe ist auch hier")
    jonas.locator("#note").evaluate("field => field.closest('.composer').querySelector('[value=note]').click()")
    jonas.locator("#note").press_sequentially("Ich frage")
    expect(others(eva)).to_have_text("Jonas Beispiel schreibt")
    # A second tab of his is still him, and closing the first leaves him there.
    again = jonas.context.new_page()
    again.goto(path)
    expect(others(eva)).to_contain_text("Jonas Beispiel")
    jonas.goto(f"{office.base}/account")
    expect(others(eva)).to_have_text("Jonas Beispiel ist auch hier")
    again.goto(f"{office.base}/account")
    expect(others(eva)).to_have_text("")
    names = [row[0] for row in office.desk.query("SELECT DISTINCT verb FROM event")]
    assert not any("presence" in name or "seen" in name for name in names), names


def test_who_goes_on_to_the_next_is_gone_from_the_one_before(office, eva, jonas):
    first, _ = office.is_asked("Die erste Frage")
    second, _ = office.is_asked("Die zweite Frage")
    eva.goto(first)
    jonas.goto(f"{first}?view=open")
    expect(others(eva)).to_have_text("Jonas Beispiel ist auch hier")
    jonas.locator(f"#conversation-{second.rsplit('/', 1)[-1]} a").click()
    expect(others(eva)).to_have_text("")
