"""What is done rarely lies in menus. They open above everything on every screen, and close as menus do."""

import pytest
from playwright.sync_api import expect
from survival import eventually

SCREENS = [(320, 640), (390, 844), (820, 1100), (1280, 800)]
MENUS = ["Wiedervorlage", "Mehr"]

# Whether this button can be seen and pressed as it stands, without scrolling anything.
IS_AT_HAND = """button => {
    const { left, top, right, bottom } = button.getBoundingClientRect()
    const corners = [[left + 4, top + 4], [right - 4, bottom - 4], [(left + right) / 2, (top + bottom) / 2]]
    return corners.every(([x, y]) => button.contains(document.elementFromPoint(x, y)))
}"""


@pytest.fixture
def ada(browsers, office):
    return office.comes_in(browsers.page(), "Ada Leitung", "admin")


def opens(page, name):
    page.locator(".actions").get_by_role("button", name=name).first.click()
    menu = page.locator(".menu:popover-open")
    expect(menu).to_be_visible()
    return menu


@pytest.mark.parametrize("width, height", SCREENS)
def test_every_deed_is_in_sight_and_every_menu_opens_above_all_else(office, ada, width, height):
    path, _ = office.is_asked("Wo kann ich mein Auto anmelden? " * 12)
    ada.set_viewport_size({"width": width, "height": height})
    ada.goto(path)
    for button in ada.locator(".actions > button, .actions > form:not(.menu) button").all():
        eventually(f"{button.inner_text()} is at hand", lambda: button.evaluate(IS_AT_HAND), seconds=10)
    for name in MENUS:
        menu = opens(ada, name)
        expect(menu).to_be_in_viewport(ratio=1)
        for part in menu.locator("a, button, select").filter(visible=True).all():
            assert part.evaluate(IS_AT_HAND), (name, part.inner_text())
        ada.keyboard.press("Escape")


def test_no_menu_is_open_before_somebody_opens_it(office, ada):
    path, _ = office.is_asked("Wo kann ich mein Floß anmelden?")
    for address in [path, f"{office.base}/inbox"]:
        ada.goto(address)
        expect(ada.locator("[popover]").first).to_be_attached()
        expect(ada.locator("[popover]:not(.places):visible")).to_have_count(0)


def test_the_filter_narrows_the_list_and_is_taken_off_again(office, ada):
    path, _ = office.is_asked("Wo kann ich mein Kanu anmelden?")
    row = ada.locator(f"#conversation-{path.rsplit('/', 1)[-1]}")
    ada.goto(f"{office.base}/inbox")
    ada.get_by_role("button", name="Filter").click()
    ada.get_by_label("Sichtbarkeit").select_option(label="nicht öffentlich")
    ada.get_by_role("button", name="Filtern").click()
    expect(row).to_have_count(0)
    ada.get_by_role("button", name="Filter").click()
    with ada.expect_download() as table:
        ada.get_by_role("link", name="Diese Liste als Tabelle").click()
    assert table.value.suggested_filename == "schalter-open.csv"
    ada.get_by_role("link", name="Filter aufheben").click()
    expect(row).to_have_count(1)


@pytest.mark.parametrize("name", MENUS)
def test_a_menu_closes_on_escape_and_gives_the_focus_back(office, ada, name):
    path, _ = office.is_asked("Wo kann ich mein Boot anmelden?")
    ada.goto(path)
    menu = opens(ada, name)
    ada.keyboard.press("Tab")
    assert menu.evaluate("menu => menu.contains(document.activeElement)")
    ada.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(ada.locator(".actions").get_by_role("button", name=name).first).to_be_focused()


def test_a_menu_closes_on_a_click_beside_it(office, ada):
    path, _ = office.is_asked("Wo kann ich meinen Anhänger anmelden?")
    ada.goto(path)
    menu = opens(ada, "Mehr")
    ada.locator("#reply").click()
    expect(menu).to_have_count(0)


def test_news_leave_an_open_menu_open(office, ada):
    path, status = office.is_asked("Wo kann ich mein Rad anmelden?")
    ada.goto(path)
    menu = opens(ada, "Mehr")
    office.network.citizen_writes("@stadt Und den Roller?", acct=status["acct"], reply_to=status["id"])
    expect(ada.locator(".msg", has_text="Und den Roller?")).to_be_visible()
    expect(menu).to_be_visible()
