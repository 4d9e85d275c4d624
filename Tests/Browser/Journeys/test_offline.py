"""The desk as an app: without a connection it says so by itself, keeps what was written, and comes back by itself."""

import pytest
from office import PASSWORD, SETUP
from playwright.sync_api import expect
from survival import eventually

# What the browser keeps of us, by path.
KEPT = """async () => {
    const paths = []
    for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname)
    }
    return paths
}"""


def is_ready(page):
    eventually("the worker looks after this page", lambda: page.evaluate("navigator.serviceWorker?.controller?.state === 'activated'"))


@pytest.fixture
def eva(browsers, office):
    page = office.comes_in(browsers.page(), "Eva Probe")
    page.goto(f"{office.base}/inbox")
    is_ready(page)
    return page


def test_without_a_connection_a_page_says_so_and_the_wanted_one_comes_by_itself(office, eva):
    path, _ = office.is_asked("Ist das hier auch ohne Netz zu lesen?")
    eva.context.set_offline(True)
    eva.goto(path)
    expect(eva.get_by_role("heading", level=1)).to_have_text("Keine Verbindung")
    expect(eva.locator("main")).to_contain_text("Entwürfe sind nicht verloren")
    expect(eva.locator("main")).to_contain_text("nichts gesendet")
    assert "ohne Netz zu lesen" not in eva.content()
    assert eva.locator(".door-card").evaluate("card => getComputedStyle(card).display") != "inline"
    assert eva.evaluate("document.styleSheets[0].cssRules.length") > 10  # it has its looks
    eva.context.set_offline(False)
    expect(eva.locator(".msg")).to_contain_text("ohne Netz zu lesen")
    assert eva.url.startswith(path)


def test_a_draft_written_without_a_connection_is_there_afterwards(office, eva):
    path, _ = office.is_asked("Bleibt mein Entwurf?")
    eva.goto(path)
    is_ready(eva)
    eva.context.set_offline(True)
    eva.locator("#reply").fill("Der bleibt.")
    eva.reload()
    expect(eva.get_by_role("heading", level=1)).to_have_text("Keine Verbindung")
    eva.context.set_offline(False)
    expect(eva.locator("#reply")).to_have_value("Der bleibt.")


def test_only_assets_and_that_page_are_kept(office, eva):
    path, _ = office.is_asked("Wird das hier aufgehoben?")
    eva.goto(path)
    eva.goto(f"{office.base}/start")
    kept = eva.evaluate(KEPT)
    assert "/offline/de" in kept
    assert all(one.startswith("/assets/") or one == "/offline/de" for one in kept), kept


def test_it_speaks_the_colleagues_language(office, eva):
    eva.goto(f"{office.base}/account")
    eva.get_by_label("Sprache").select_option(label="English")
    eva.locator("form[action='/account/settings'] button").click()
    expect(eva.locator("html[lang=en]")).to_have_count(1)
    eventually("the new page is kept", lambda: "/offline/en" in eva.evaluate(KEPT) and "/offline/de" not in eva.evaluate(KEPT))
    eva.context.set_offline(True)
    eva.goto(f"{office.base}/inbox")
    expect(eva.get_by_role("heading", level=1)).to_have_text("No connection")


def test_who_signs_out_is_out(office, browsers):
    ada = browsers.page()
    ada.goto(f"{office.base}/signin")
    ada.get_by_label("E-Mail-Adresse").fill(SETUP["email"])
    ada.get_by_label("Passwort").fill(PASSWORD)
    ada.get_by_role("button", name="Anmelden").click()
    expect(ada).to_have_url(f"{office.base}/start")  # where a day begins
    is_ready(ada)
    ada.get_by_role("button", name="Abmelden").click()
    expect(ada).to_have_url(f"{office.base}/signin")
    ada.goto(f"{office.base}/inbox")
    expect(ada.get_by_role("button", name="Anmelden")).to_be_visible()


def test_it_can_be_installed(office, eva):
    manifest = eva.context.request.get(f"{office.base}/manifest.webmanifest").json()
    assert manifest["name"] == "Schalter Stadt Musterstadt" and manifest["start_url"] == "/start"
    session = eva.context.new_cdp_session(eva)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == [] and found["url"].endswith("/manifest.webmanifest")
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [], [{"errorId": "in-incognito", "errorArguments": []}])
