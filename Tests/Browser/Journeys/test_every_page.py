"""Every page of the running program, also with the worst that people call themselves and write: axe finds nothing, nothing overflows."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from office import send, set_up_link, start
from playwright.sync_api import expect
from survival import Desk, eventually

# How a page looks does not depend on the engine, and looking at them all takes minutes.
pytestmark = pytest.mark.parametrize("office", ["sqlite"], indirect=True)

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NASTY = {  # account, name, text
    "lang@anderswo.example": ("W" * 300, "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 6),
    "rechts@anderswo.example": ("كريم المثال \u202egnp.exe", "متى تفتح المكتبة؟ \u202eabc\u202c https://" + "lang." * 40 + "example/"),
    "nichts@anderswo.example": ("\u200b\u200d\u2060", "Null\u200bbreite\u200d Zeichen\u2060 überall\ufeff"),
    "boese@anderswo.example": ("<script>alert(1)</script>", "<img src=x onerror=alert(2)> {{title}} ]]> &amp; <b>fett</b>"),
    "bunt@anderswo.example": ("👩‍👩‍👧‍👦" * 30, "🚒" * 120 + " e" + "\u0301" * 60),
    "amt@anderswo.example": (f"Bürgerverein {WORD}", " ".join([WORD] * 4)),
}
ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}  # nothing else is new in the dark
DAY = [(320, "light", None), (390, "light", ALL_RULES), (1366, "light", ALL_RULES)]
DAY_AND_NIGHT = [*DAY, (390, "dark", COLOURS), (1366, "dark", COLOURS)]
SIZES = {320: 640, 390: 844, 1366: 768}
CUT_OFF = """[...document.querySelectorAll("main, .queue, .scroll, .conversation, .door-card, .composer, .context")]
    .filter(pane => pane.offsetParent !== null && pane.scrollWidth > pane.clientWidth + 1)
    .map(pane => pane.className + " " + pane.scrollWidth + " > " + pane.clientWidth)"""


class Inspection:
    """Looks at a page in every size and colour, and collects what is wrong with it."""

    def __init__(self, page):
        self.page = page
        self.axe = Axe()
        self.faults = []
        self.shots = os.environ.get("SCHALTER_SHOTS")

    def look(self, name, address=None, looks=DAY_AND_NIGHT):
        if address:
            self.page.goto(address)
        for width, scheme, rules in looks:
            self.page.set_viewport_size({"width": width, "height": SIZES[width]})
            self.page.emulate_media(color_scheme=scheme)
            self.judge(f"{name}-{width}-{scheme}", rules)

    def judge(self, name, rules):
        if self.shots:
            self.page.screenshot(path=Path(self.shots) / f"journey-{name}.png")
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.faults.append(f"{name}: wider than the screen")
        self.faults += [f"{name}: cut off: {text}" for text in self.page.evaluate(CUT_OFF)]
        if rules:
            found = self.axe.run(self.page, options=rules).response["violations"]
            self.faults += [f"{name}: {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.fixture
def ada(browsers, office):
    return office.comes_in(browsers.page(), "Ada Leitung", "admin")


@pytest.fixture(scope="module")
def asked(office):
    """One question of each of the worst, by account."""
    for acct, (name, _) in NASTY.items():
        office.network.ask("account", acct=acct, display_name=name)
    return {acct: office.is_asked(text, acct=acct)[0] for acct, (_, text) in NASTY.items()}


def test_the_doors_are_open_to_everybody(browsers, office, network, tmp_path):
    desk = Desk("sqlite", tmp_path, network)
    inspection = Inspection(browsers.page())
    try:
        inspection.look("set-up", set_up_link(start(desk)))
    finally:
        desk.end()
    inspection.look("sign-in", f"{office.base}/signin")
    inspection.page.get_by_label("E-Mail-Adresse").fill("eva@musterstadt.example")
    inspection.page.get_by_label("Passwort").fill("falsch")
    inspection.page.get_by_role("button", name="Anmelden").click()
    expect(inspection.page.get_by_role("alert")).to_be_visible()
    inspection.look("sign-in-refused")
    inspection.look("link-used-up", f"{office.base}/signin/gibtesnicht")
    assert inspection.faults == []


def test_the_lists_are_open_to_everybody(office, ada, asked):
    inspection = Inspection(ada)
    inspection.look("inbox-open", f"{office.base}/inbox?view=open")
    for view in ["mine", "team", "unassigned", "waiting", "answered", "closed", "all"]:
        inspection.look(f"inbox-{view}", f"{office.base}/inbox?view={view}", DAY)
    inspection.look("found", f"{office.base}/inbox?view=all&q=donaudampf")
    inspection.look("not-found", f"{office.base}/inbox?view=all&q=xyxyxy")
    assert inspection.faults == []


def test_the_conversations_are_open_to_everybody(office, ada, asked):
    inspection = Inspection(ada)
    for acct, path in asked.items():
        inspection.look(f"conversation-{acct.split('@')[0]}", path, DAY)
    assert inspection.faults == []


def test_what_becomes_of_a_conversation_is_open_to_everybody(office, ada):
    path, status = office.is_asked("Wann fährt die Fähre?", visibility="direct")
    inspection = Inspection(ada)
    ada.goto(path)
    send(ada, "Um 8 und um 17 Uhr.")
    expect(ada.get_by_text(re.compile("^Wird in"))).to_be_visible()
    inspection.look("private-on-its-way")
    eventually("the answer is there", lambda: office.answers_to(status))
    ada.get_by_label("Interne Notiz").first.check()
    ada.locator("#note").fill(" ".join([WORD] * 3))
    ada.get_by_role("button", name="Notiz sichern").click()
    inspection.look("answered-and-noted")
    for name in ["Bearbeiten", "Löschen"]:
        inspection.look(name, office.base + ada.get_by_role("link", name=name, exact=True).get_attribute("href"))
        ada.go_back()
    ada.get_by_role("button", name="Schließen").click()
    inspection.look("closed")
    inspection.look("erasure", f"{path}/erasure")
    assert inspection.faults == []


def test_the_pages_around_are_open_to_everybody(office, ada):
    inspection = Inspection(ada)
    for name in ["start", "facts", "snippets", "views", "offline/de", "conversations/1/print", "authority", "authority/hours", "channels", "channels/1", "channels/connect/mastodon", "channels/1/reconnect", "team", "team/1", "teams", "figures", "account", "nirgends", "alarms", "redirects/1", "posts"]:
        inspection.look(name.replace("/", "-"), f"{office.base}/{name}")
    ada.goto(f"{office.base}/team")
    ada.get_by_label("Name").fill(WORD)
    ada.get_by_label("E-Mail-Adresse").fill(f"{WORD[:60].replace('ä', 'ae')}@musterstadt.example")
    ada.get_by_role("button", name=re.compile("hinzufügen|Hinzufügen")).click()
    expect(ada.get_by_role("heading", name="Einmal-Link")).to_be_visible()
    inspection.look("new-link")
    inspection.look("team-with-a-long-name", f"{office.base}/team")
    assert inspection.faults == []


def test_markup_of_strangers_is_text(ada, asked):
    ada.on("dialog", lambda dialog: pytest.fail("a stranger's script ran"))
    ada.goto(asked["boese@anderswo.example"])
    expect(ada.locator(".msg .author")).to_have_text("<script>alert(1)</script>")
    expect(ada.locator(".msg .body")).to_contain_text("<img src=x onerror=alert(2)> {{title}} ]]> &amp; <b>fett</b>")


def test_everybody_in_the_list_has_a_name_that_can_be_seen(office, ada, asked):
    ada.goto(f"{office.base}/inbox?view=all")
    names = [name.strip("\u200b\u200d\u2060\ufeff \n") for name in ada.locator(".row .who").all_inner_texts()]
    assert all(names), names


def test_a_thousand_new_questions_leave_the_list_quick(office, ada):
    ada.goto(f"{office.base}/inbox?view=open")
    ada.evaluate("""() => {
        window.longest = 0
        new PerformanceObserver(list => list.getEntries().forEach(task => longest = Math.max(longest, task.duration)))
            .observe({ type: "longtask" })
    }""")
    with ThreadPoolExecutor(8) as writers:
        list(writers.map(
            lambda number: office.network.citizen_writes(f"@stadt Unwetterfrage {number}", acct=f"wetter{number}@anderswo.example"),
            range(1_000)))
    expect(ada.locator(".row", has_text="Unwetterfrage")).to_have_count(1_000, timeout=60_000)
    assert ada.evaluate("longest") < 1_000
    ada.locator(".row", has_text="Unwetterfrage").nth(500).click()
    expect(ada.locator("#reply")).to_be_visible()
    ada.goto(f"{office.base}/inbox?view=open")
    expect(ada.locator(".views")).to_contain_text("Offen 999+")
    # Further pages come in as their end comes near, and no row stands twice.
    while ada.locator(".row", has_text="Unwetterfrage").count() < 1_000:
        count = ada.locator(".row").count()
        ada.evaluate("document.querySelector('.queue').scrollTop = 1e6")
        expect(ada.locator(f".row >> nth={count}")).to_be_attached()
    assert ada.evaluate("new Set([...document.querySelectorAll('.row')].map(row => row.id)).size") == ada.locator(".row").count()
