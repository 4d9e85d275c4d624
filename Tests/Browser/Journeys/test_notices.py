"""That the line is gone is said at once, and nothing lies over it."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def is_told(page):
    return expect(page.locator("connection-state", has_text="Keine Verbindung. Was Sie sehen"))


def test_a_browser_that_is_offline_says_so_at_once(office, eva):
    eva.goto(f"{office.base}/inbox")
    expect(eva.locator("html[data-scripted]")).to_have_count(1)
    eva.context.set_offline(True)
    is_told(eva).to_be_visible(timeout=2_000)
    eva.context.set_offline(False)
    is_told(eva).to_be_hidden(timeout=2_000)


def test_a_draft_that_nobody_takes_is_trouble_with_the_line(office, browsers):
    eva = office.comes_in(browsers.page(), "Eva Probe")
    eva.clock.install()
    path, _ = office.is_asked("Hört mich noch jemand?")
    eva.goto(path)
    held = []
    eva.route("**/draft", lambda route: held.append(route))
    eva.locator("#reply").fill("Wir hören Sie")
    eva.clock.run_for(1_000)
    is_told(eva).to_be_hidden()
    with eva.expect_event("requestfailed"):
        eva.clock.run_for(10_000)
    is_told(eva).to_be_visible()
    expect(eva.locator(".reply .saved")).to_contain_text("Nicht gesichert")
    eva.unroute("**/draft")
    eva.clock.run_for(5_000)
    expect(eva.locator(".reply .saved")).to_have_text("Entwurf gesichert")
    is_told(eva).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
def test_what_worked_is_said_beside_what_is_wrong(office, browsers, width):
    eva = office.comes_in(browsers.page(viewport={"width": width, "height": 800}), "Eva Probe")
    path, _ = office.is_asked("Wer kümmert sich?")
    eva.goto(path)
    eva.get_by_role("button", name="Übernehmen").click()
    done = eva.locator(".flash", has_text="Das Gespräch ist jetzt bei Ihnen.")
    expect(done).to_be_visible()
    expect(eva.locator("html[data-scripted]")).to_have_count(1)
    eva.evaluate("dispatchEvent(new Event('offline'))")
    is_told(eva).to_be_visible()
    upper, lower = eva.locator(".offline").bounding_box(), eva.locator(".flash[data-kind=done]").bounding_box()
    assert upper["y"] >= 0 and upper["y"] + upper["height"] <= lower["y"]
