"""A list of thousands: it grows as it is read, nobody's place moves in it, and the keys stay quick."""

import re

import pytest
from crowd import fill
from office import Office
from playwright.sync_api import expect
from survival import Network, eventually

MANY = 10_000
ROWS = "document.querySelectorAll('.row').length"
UNIQUE = "new Set([...document.querySelectorAll('.row')].map(row => row.id)).size"
IN_ORDER = """() => {
    const keys = [...document.querySelectorAll(".row")].map(({ dataset }) => [Number(dataset.due), -Number(dataset.last)])
    return keys.every(([due, last], index) => !index || keys[index - 1][0] < due || (keys[index - 1][0] === due && keys[index - 1][1] <= last))
}"""
# From the key to the next painted frame, in milliseconds.
TIME_KEYS = """() => {
    window.times = []
    addEventListener("keydown", () => {
        const start = performance.now()
        requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - start)))
    }, true)
}"""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def crowd(request, tmp_path_factory):
    """A desk of its own: nobody else wants so many."""
    office = Office(request.param, tmp_path_factory.mktemp("crowd"), Network())
    path, _ = office.is_asked("Die erste von allen.")
    fill(office.desk, path.rsplit("/", 1)[-1], MANY)
    yield office
    office.close()


@pytest.fixture
def eva(browsers, crowd):
    return crowd.comes_in(browsers.page(), "Eva Probe")


def opens(page, crowd):
    page.goto(f"{crowd.base}/inbox?view=open")
    expect(page.locator("html[data-scripted]")).to_have_count(1)


def reads_on(page, count):
    """Scrolls until so many rows are there."""
    def scroll():
        page.evaluate("document.querySelector('.queue').scrollTop = 1e9")
        return page.evaluate(ROWS) >= count
    eventually(f"{count} rows are there", scroll)


def test_a_list_grows_as_it_is_read_and_keeps_place_order_and_choice(crowd, eva):
    opens(eva, crowd)
    first = eva.locator(".row").first
    first.locator("input").check()
    eva.mouse.move(1000, 400)
    reads_on(eva, 600)
    assert eva.evaluate(ROWS) == eva.evaluate(UNIQUE)
    assert eva.evaluate(IN_ORDER)
    expect(first.locator("input")).to_be_checked()
    # A row in sight stays where it is while more come in below, and while news come in above.
    row = eva.locator(".row >> nth=300")
    row.scroll_into_view_if_needed()
    name, place = row.get_attribute("id"), row.bounding_box()["y"]
    count = eva.evaluate(ROWS)
    crowd.is_asked("Und noch eine, während Eva liest.")
    expect(eva.locator(".row", has_text="während Eva liest")).to_have_count(1)
    assert eva.evaluate(ROWS) == eva.evaluate(UNIQUE) >= count
    assert abs(eva.locator(f"#{name}").bounding_box()["y"] - place) < 60
    assert eva.evaluate(IN_ORDER)


def test_keys_walk_on_into_what_comes_in_and_the_list_is_there_again_after_a_sleep(crowd, eva):
    opens(eva, crowd)
    eva.locator(".row a").nth(45).focus()
    here = "[...document.querySelectorAll('.row')].indexOf(document.activeElement.closest('.row'))"
    eventually("the keys have come to the second page", lambda: eva.keyboard.press("j") or eva.evaluate(here) >= 65)
    eva.keyboard.press("x")
    focused = eva.evaluate("document.activeElement.closest('.row').id")
    count = eva.evaluate(ROWS)
    with eva.expect_response(re.compile("/inbox/list.*rows=")):
        eva.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    eventually("the list is as long as before", lambda: eva.evaluate(ROWS) >= count)
    expect(eva.locator(f"#{focused} input")).to_be_checked()
    expect(eva.locator(f"#{focused} a")).to_be_focused()


def test_without_scripts_further_pages_are_a_link(crowd, browsers):
    eva = crowd.comes_in(browsers.page(java_script_enabled=False), "Eva Probe")
    eva.goto(f"{crowd.base}/inbox?view=open")
    first = eva.locator(".row").first.get_attribute("id")
    eva.get_by_role("link", name="Ältere anzeigen").click()
    expect(eva.locator(".row")).to_have_count(50)
    expect(eva.locator(f"#{first}")).to_have_count(0)


def test_with_thousands_of_rows_keys_stay_quick(crowd, eva):
    opens(eva, crowd)
    reads_on(eva, 4_000)
    eva.evaluate(TIME_KEYS)
    eva.locator(".row a").nth(2_000).focus()
    for _ in range(30):
        eva.keyboard.press("j")
    eva.keyboard.press("x")
    for _ in range(10):
        eva.keyboard.press("k")
    eventually("all are painted", lambda: eva.evaluate("times.length") >= 41)
    times = sorted(eva.evaluate("times"))
    print("keys among", eva.evaluate(ROWS), "rows: median", times[len(times) // 2], "longest", times[-1])
    assert times[len(times) // 2] < 100, times


# The last: nothing is as it was.
def test_all_ten_thousand_are_closed_counted_and_opened_again(crowd, eva):
    opens(eva, crowd)
    eva.locator(".row a").first.focus()
    eva.keyboard.press("x")
    eva.get_by_label("alle dieser Ansicht").check()
    eva.locator(".selection").get_by_role("button", name="Keine Antwort nötig").first.click()
    notice = eva.locator(".notices .flash")
    expect(notice).to_contain_text(re.compile(r"10\.00\d Gespräche geschlossen"), timeout=120_000)
    assert crowd.desk.query("SELECT count(*) FROM conversation WHERE state = 'open'") == [(0,)]
    expect(eva.get_by_role("heading", name="Alles beantwortet")).to_be_visible(timeout=60_000)
    eva.keyboard.press("z")
    expect(notice).to_contain_text("Rückgängig gemacht", timeout=120_000)
    assert crowd.desk.query("SELECT count(*) FROM conversation WHERE state = 'open'")[0][0] >= MANY
    opens(eva, crowd)
    expect(eva.locator(".views")).to_contain_text("Offen 999+")
