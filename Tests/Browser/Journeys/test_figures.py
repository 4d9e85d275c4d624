"""The page of figures tells what happened at the desk, and nothing of single people."""

import csv
from pathlib import Path

import pytest
from office import Office, send
from playwright.sync_api import expect
from survival import eventually


@pytest.fixture(params=["sqlite", "postgres"])
def fresh(request, tmp_path, network):
    office = Office(request.param, tmp_path, network)
    yield office
    office.desk.end()


def figure(page, name):
    return page.locator("table.figures").first.locator("tbody tr").first.locator(f"[data-label='{name}']")


def test_the_figures_tell_what_happened(fresh, browsers):
    eva = fresh.comes_in(browsers.page(), "Eva Probe")
    eva.goto(f"{fresh.base}/figures")
    expect(eva.locator("main")).to_contain_text("In diesem Zeitraum ist nichts eingegangen.")
    paths = [fresh.is_asked(f"Frage {number}: ist das Rathaus offen?")[0] for number in range(4)]

    eva.goto(paths[0])
    send(eva, "Ja, bis 18 Uhr.")
    expect(eva.locator(".delivery[data-delivery=delivered]")).to_be_visible(timeout=20_000)
    eva.goto(paths[1])
    eva.get_by_role("button", name="Keine Antwort nötig", exact=True).click()
    expect(eva.locator(".notices")).to_contain_text("Geschlossen: keine Antwort nötig.")
    eva.goto(paths[2])
    eva.locator("#reply").fill("Wir fragen nach und melden uns.")
    eva.get_by_label("Zwischenbescheid").check()
    eva.locator(".reply [data-stay]").click()
    expect(eva.locator("#conversation header")).to_contain_text("Antwort zugesagt bis")
    eventually("both are delivered", lambda: fresh.desk.query("SELECT count(*) FROM delivery WHERE state = 'delivered'") == [(2,)])

    eva.get_by_role("link", name="Zahlen").click()
    expect(figure(eva, "Eingegangen")).to_have_text("4")
    # What can still be answered today is no late answer yet.
    expect(figure(eva, "Am selben Tag beantwortet")).to_have_text("100 % 1 von 1")
    expect(figure(eva, "Am selben Geschäftstag")).to_have_text("100 % 1 von 1")
    expect(figure(eva, "Zeit bis zur Antwort")).to_contain_text("Min.")
    expect(figure(eva, "Zwischenbescheide")).to_have_text("1")
    expect(figure(eva, "Wartet am längsten")).not_to_contain_text("nichts")
    expect(eva.locator("main")).not_to_contain_text("Eva Probe")
    with eva.expect_download() as table:
        eva.get_by_role("link", name="Als Tabelle").click()
    lines = list(csv.reader(Path(table.value.path()).read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert lines[1][:5] == ["Kanal", lines[1][1], "4", "1", "1"] and len(lines) == 3

    eva.get_by_role("link", name="letzter Monat").click()
    expect(eva.locator("main")).to_contain_text("In diesem Zeitraum ist nichts eingegangen.")
    eva.get_by_label("Von", exact=True).fill("2026-03-02")
    eva.get_by_label("Bis", exact=True).fill("2026-03-01")
    eva.get_by_role("button", name="Diese Tage zeigen").click()
    expect(eva.get_by_role("alert")).to_contain_text("Der Zeitraum endet, bevor er beginnt.")
    expect(eva.get_by_label("Von", exact=True)).to_have_value("2026-03-02")
