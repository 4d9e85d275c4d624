"""Large letters and small screens: every word can be read, every way around can be taken."""

import pytest
from playwright.sync_api import expect
from survival import eventually

pytestmark = pytest.mark.parametrize("office", ["sqlite"], indirect=True)

TWICE = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(":root { font-size: 200% }")
    document.adoptedStyleSheets = [sheet]
}"""

# Words that are wider than what they stand in, and so are cut or lie over their neighbours.
CUT = """selector => [...document.querySelectorAll(selector)].filter(part => {
    const range = document.createRange()
    range.selectNodeContents(part)
    const [words, box] = [range.getBoundingClientRect(), part.getBoundingClientRect()]
    return words.left < box.left - 1 || words.right > box.right + 1 || box.left < 0 || box.right > innerWidth
}).map(part => part.innerText)"""


@pytest.fixture
def ada(browsers, office):
    return office.comes_in(browsers.page(), "Ada Leitung", "admin")


@pytest.mark.parametrize("width, height", [(390, 844), (1280, 800), (1920, 1080)])
def test_with_letters_twice_as_large_nothing_is_cut(office, ada, width, height):
    path, _ = office.is_asked("Warum ist die Schrift so klein?")
    ada.set_viewport_size({"width": width, "height": height})
    for address in [f"{office.base}/inbox", path, f"{office.base}/team"]:
        ada.goto(address)
        ada.evaluate(TWICE)
        assert ada.evaluate(CUT, ".rail a:not(.brand), .rail button, .views a, .actions button, .composer footer button") == []
        assert not ada.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_with_letters_twice_as_large_a_desk_gets_the_form_of_a_small_screen(office, ada):
    path, _ = office.is_asked("Geht es auch größer?")
    ada.set_viewport_size({"width": 1280, "height": 800})
    ada.goto(f"{office.base}/inbox")
    ada.evaluate(TWICE)
    assert ada.locator(".queue").evaluate("queue => queue.clientWidth") == 1280
    ada.locator(".row", has_text="Geht es auch größer?").click()
    expect(ada.locator(".queue")).to_be_hidden()
    expect(ada.locator("#reply")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_every_view_is_in_sight_also_where_there_is_much_to_do(office, ada, width):
    ada.set_viewport_size({"width": width, "height": 800})
    ada.goto(f"{office.base}/inbox")
    ada.evaluate("for (const view of document.querySelectorAll('.views > a')) view.append(Object.assign(document.createElement('b'), { textContent: ' 999+' }))")
    for view in ada.locator(".views > :not([popover])").all():
        expect(view).to_be_in_viewport(ratio=1)
    assert ada.evaluate(CUT, ".views > :not([popover])") == []


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_whose_a_conversation_is_can_be_read_however_long_the_senders_name(office, ada, width):
    office.network.ask("account", acct="lang@anderswo.example", display_name="Bürgerinitiative für den Erhalt der alten Linden am Markt")
    path, _ = office.is_asked("Bleiben die Linden?", acct="lang@anderswo.example")
    number = path.rsplit("/", 1)[-1]
    ada.goto(path)
    if ada.get_by_role("button", name="Übernehmen").count():
        ada.get_by_role("button", name="Übernehmen").click()
    ada.set_viewport_size({"width": width, "height": 800})
    ada.goto(f"{office.base}/inbox?view=all")
    whose = ada.locator(f"#conversation-{number} .assignee")
    expect(whose).to_contain_text("bei Ada Leitung")
    expect(whose).to_be_in_viewport(ratio=1)
    # The row comes anew when what happened before is told.
    eventually("it has room", lambda: whose.evaluate("whose => whose.clientWidth") >= 60)
    eventually("the name has room", lambda: ada.locator(f"#conversation-{number} .who").evaluate("who => who.clientWidth") >= 30)
