"""A tab that slept, was frozen or lost its line is right again by itself, before anybody has looked twice."""

import pytest
from line import Line
from playwright.sync_api import expect

SOON = 2_000  # milliseconds


@pytest.fixture
def line(office):
    line = Line(office.base)
    yield line
    line.close()


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def opens(page, address, office):
    """Opens the inbox there and waits until it is live."""
    page.goto(f"{address}/inbox?view=open")
    path, _ = office.is_asked("Steht die Leitung?")
    expect(page.locator(f"#conversation-{path.rsplit('/', 1)[-1]}")).to_be_visible()


def test_a_frozen_tab_is_right_again_as_soon_as_it_wakes(office, eva):
    opens(eva, office.base, office)
    devtools = eva.context.new_cdp_session(eva)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    office.is_asked("Geschrieben, während der Tab schlief")
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    expect(eva.locator(".row", has_text="Geschrieben, während der Tab schlief")).to_be_visible(timeout=SOON)


def test_a_cut_line_is_announced_and_mends_with_everything_that_was_missed(office, eva, line):
    opens(eva, line.base, office)
    line.cut()
    expect(eva.locator("connection-state")).to_be_visible()
    office.is_asked("Geschrieben, während die Leitung tot war")
    line.mend()
    eva.evaluate("dispatchEvent(new Event('online'))")
    expect(eva.locator(".row", has_text="während die Leitung tot war")).to_be_visible(timeout=SOON)
    expect(eva.locator("connection-state")).to_be_hidden()


def test_a_line_lost_without_a_word_is_noticed_when_the_browser_is_online_again(office, eva, line):
    opens(eva, line.base, office)
    line.lose()
    office.is_asked("Geschrieben, während das Netz wechselte")
    eva.evaluate("dispatchEvent(new Event('online'))")
    expect(eva.locator(".row", has_text="während das Netz wechselte")).to_be_visible(timeout=SOON)


def test_a_laptop_that_slept_all_night_is_right_again_as_soon_as_it_wakes(office, browsers, line):
    """Where there is no shared worker the page has the connection, and its clock can be set forward."""
    eva = office.comes_in(browsers.page(), "Eva Probe")
    eva.add_init_script("delete window.SharedWorker")
    eva.clock.install()
    opens(eva, line.base, office)
    line.lose()
    office.is_asked("Geschrieben, während der Laptop schlief")
    eva.clock.fast_forward("08:00:00")
    eva.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(eva.locator(".row", has_text="während der Laptop schlief")).to_be_visible(timeout=SOON)
