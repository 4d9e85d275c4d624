"""Tab and Enter are enough, and whoever uses them always sees where they are."""

import pytest
from office import PASSWORD, SETUP
from playwright.sync_api import expect

# What has the focus, whether that is marked, and whether anything lies over it.
FOCUS = """() => {
    const element = document.activeElement
    if (!element || element === document.body) return null
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect()
    const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2]
    const upper = document.elementFromPoint(x, y)
    return {
        name: element.outerHTML.slice(0, 120),
        isMarked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        isSeen: width > 0 && height > 0 && upper !== null && (element.contains(upper) || upper.contains(element)),
    }
}"""


def tab_to(page, selector, key="Tab", most=80):
    """Goes on with the keyboard until it comes there. Everything on the way is visible and marked."""
    for _ in range(most):
        page.keyboard.press(key)
        focus = page.evaluate(FOCUS)
        assert focus is None or (focus["isMarked"] and focus["isSeen"]), focus
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard never came to {selector}")


def whole_round(page, key):
    """All that the keyboard comes to, until it leaves the page."""
    names = []
    for _ in range(150):
        page.keyboard.press(key)
        focus = page.evaluate(FOCUS)
        if focus is None or names[:1] == [focus["name"]]:
            return names
        assert focus["isMarked"] and focus["isSeen"], focus
        names.append(focus["name"])
    raise AssertionError(f"a trap: {names[-3:]}")


@pytest.mark.parametrize("width, height", [(1366, 768), (390, 844)])
def test_from_the_sign_in_to_the_sent_answer_by_keyboard(office, browsers, width, height):
    path, status = office.is_asked(f"Ist der Recyclinghof samstags offen? Ich habe {width} Flaschen.")
    page = browsers.page(viewport={"width": width, "height": height})
    page.goto(f"{office.base}/inbox")
    tab_to(page, "#email")
    page.keyboard.type(SETUP["email"])
    tab_to(page, "#password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".row", has_text=f"{width} Flaschen")).to_be_visible()
    tab_to(page, f"#conversation-{path.rsplit('/', 1)[-1]} a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recyclinghof")
    tab_to(page, "#reply", most=120)
    page.keyboard.type("Ja, bis 16 Uhr.")
    tab_to(page, ".reply [data-stay]")
    page.keyboard.press("Enter")
    expect(page.locator(".delivery[data-delivery=delivered]")).to_be_visible()
    assert len(office.answers_to(status)) == 1


def test_the_skip_link_leads_past_the_way_around(office, browsers):
    page = office.comes_in(browsers.page(), "Eva Probe")
    page.goto(f"{office.base}/inbox")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_no_page_holds_the_keyboard_fast(office, browsers):
    path, _ = office.is_asked("Wann öffnet das Hallenbad?")
    page = office.comes_in(browsers.page(), "Ada Leitung", "admin")
    for address in [path, f"{office.base}/team", f"{office.base}/account", f"{office.base}/channels/1"]:
        page.goto(address)
        there, back = whole_round(page, "Tab"), whole_round(page, "Shift+Tab")
        assert len(there) > 5 and sorted(back) == sorted(there), address
