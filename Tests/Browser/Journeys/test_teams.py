"""Teams: an admin makes one, it is given something, and a member takes it; and when somebody falls ill, what they had goes back."""

import pytest
from playwright.sync_api import expect
from survival import eventually


@pytest.fixture
def ada(browsers, office):
    return office.comes_in(browsers.page(), "Ada Leitung", "admin")


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def row(page, path):
    return page.locator(f"#conversation-{path.rsplit('/', 1)[-1]}")


def makes_team(page, office, name, *members):
    page.goto(f"{office.base}/team")
    page.get_by_role("link", name="Teams", exact=True).click()
    page.get_by_label("Name").fill(name)
    for member in members:
        page.get_by_label(member).last.check()
    page.get_by_role("button", name="Team anlegen").click()
    expect(page.get_by_role("status").first).to_contain_text("Das Team ist angelegt.")


def gives(page, path, to):
    page.goto(path)
    page.locator(".actions").get_by_role("button", name="Mehr").click()
    page.get_by_label("Zuweisen an").select_option(label=to)
    page.get_by_role("button", name="Zuweisen", exact=True).click()
    expect(page.locator(".notices")).to_contain_text(f"Zugewiesen an {to}")


def test_a_team_is_made_given_something_and_a_member_takes_it_live(office, browsers, ada, eva):
    path, _ = office.is_asked("Wann wird die Schillerstraße geräumt?")
    other, _ = office.is_asked("Wo ist das Fundbüro?")
    team = f"Winterdienst {office.desk.engine}"
    eva.goto(f"{office.base}/inbox")
    expect(eva.locator(".views").get_by_role("link", name="Team", exact=True)).to_have_count(0)
    makes_team(ada, office, team, "Eva Probe")
    eva.goto(f"{office.base}/inbox?view=team")
    expect(eva.locator(".empty")).to_contain_text("Nichts bei Ihrem Team")
    jonas = office.comes_in(browsers.page(), "Jonas Beispiel")
    jonas.goto(f"{office.base}/inbox?view=unassigned")
    expect(row(jonas, path)).to_be_visible()
    gives(ada, path, team)
    # Nobody reloads: it comes into the team's list and leaves that of what nobody has.
    expect(row(eva, path)).to_contain_text(f"für {team}")
    expect(row(jonas, path)).to_have_count(0)
    expect(row(jonas, other)).to_be_visible()
    row(eva, path).locator("a").click()
    expect(eva.locator("#conversation header")).to_contain_text(f"Für {team}, noch von niemandem übernommen")
    eva.keyboard.press("a")
    expect(eva.locator("#conversation header")).to_contain_text(f"Bei Eva Probe, {team}")
    eva.goto(f"{office.base}/inbox?view=mine")
    expect(row(eva, path)).to_contain_text(f"bei Eva Probe, {team}")
    expect(eva.locator(".views").get_by_role("link", name="Team", exact=True)).to_have_text("Team")

    ada.goto(f"{office.base}/teams")
    ada.get_by_role("link", name=team).click()
    ada.get_by_role("button", name="Team auflösen").click()
    expect(ada.get_by_role("status").first).to_contain_text(f"Das Team {team} gibt es nicht mehr.")
    eva.goto(path)
    expect(eva.locator("#conversation header")).not_to_contain_text(team)


def test_a_duty_editor_hands_back_what_a_colleague_who_fell_ill_had(office, browsers):
    path, _ = office.is_asked("Ist die Turnhalle morgen offen?")
    jonas = office.comes_in(browsers.page(), "Karla Krank")
    jonas.goto(path)
    jonas.get_by_role("button", name="Übernehmen").click()
    expect(jonas.locator("#conversation header")).to_contain_text("Bei Karla Krank")
    dora = office.comes_in(browsers.page(), "Dora Dienst", "duty_editor")
    dora.goto(f"{office.base}/inbox")
    dora.get_by_role("link", name="Team", exact=True).click()
    dora.locator(".card", has_text="Karla Krank").last.get_by_role("link").click()
    expect(dora.locator("main")).to_contain_text("1 offenes Gespräch ist bei Karla Krank.")
    expect(dora.get_by_role("button", name="Aus dem Team nehmen")).to_have_count(0)
    dora.get_by_role("button", name="Alle zurückgeben").click()
    expect(dora.get_by_role("status").first).to_contain_text("1 Gespräch ist wieder bei seinem Team oder bei niemandem.")
    number = path.rsplit("/", 1)[-1]
    eventually("it is nobody's", lambda: office.desk.query(f"SELECT assignee_id FROM conversation WHERE id = {number}") == [(None,)])
    dora.goto(f"{office.base}/inbox?view=unassigned")
    expect(row(dora, path)).to_be_visible()
