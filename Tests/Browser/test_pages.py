"""Every page in both languages and schemes, from a narrow phone to a desk: nothing overflows, axe finds nothing, the policy holds."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

SIZES = {320: 640, 390: 844, 1366: 768}
LOOKS = [("de", "light", 1366), ("de", "dark", 390), ("en", "light", 390), ("en", "dark", 1366), ("de", "light", 320)]
FRAGMENTS = {"alarm-call", "row", "section", "list", "messages", "messages-rendered"}


def names(samples: Path) -> list[str]:
    return [name for file in sorted((samples / "de").glob("*.html")) if (name := file.stem) not in FRAGMENTS]


@pytest.mark.parametrize("language, scheme, width", LOOKS)
def test_every_page_can_be_read_and_used_by_everybody(samples, browser, desk, shots, language, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    faults = []
    page.on("console", lambda line: line.type == "error" and "404" not in line.text and faults.append(line.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    for name in names(samples):
        page.goto(f"{desk.url}/{language}/{name}.html", wait_until="load")
        if shots:
            page.screenshot(path=shots / f"{name}-{language}-{scheme}-{width}.png")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
        for violation in found.response["violations"]:
            faults += [f"{name}: {violation['id']}: {node['html'][:160]}" for node in violation["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{name}: wider than the screen")
        faults += [f"{name}: cut off: {text}" for text in page.evaluate(CUT_OFF)]
    context.close()
    assert faults == []


# Panes and pages that scroll sideways, which nobody expects of them.
CUT_OFF = """[...document.querySelectorAll("main, .queue, .scroll, .conversation, .door-card, .composer")]
    .filter(pane => pane.offsetParent !== null && pane.scrollWidth > pane.clientWidth + 1)
    .map(pane => pane.className + " " + pane.scrollWidth + " > " + pane.clientWidth)"""


def test_every_page_works_without_scripts(samples, browser, desk):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    for name in names(samples):
        page.goto(f"{desk.url}/de/{name}.html")
        dead = page.locator("button:visible:not(form button, [popovertarget])")
        assert dead.count() == 0, f"{name}: {dead.first.inner_text()}"
        assert page.locator("kbd:visible").count() == 0, name
    page.goto(f"{desk.url}/de/conversation-public.html")
    page.get_by_label("Interne Notiz").first.check()
    assert page.locator("#note").is_visible() and not page.locator("#reply").is_visible()
    assert page.get_by_role("button", name="Entwurf sichern").count() == 0
    page.get_by_label("Antwort", exact=True).first.check()
    assert page.get_by_role("button", name="Entwurf sichern").is_visible()
    context.close()
