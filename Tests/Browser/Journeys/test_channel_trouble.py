"""A channel that nothing comes from any more is told where everybody looks, without anybody asking."""

from playwright.sync_api import expect
from survival import eventually


def test_an_open_inbox_says_above_its_rows_that_a_channel_needs_help(office, browsers):
    eva = office.comes_in(browsers.page(), "Eva Probe")
    office.is_asked("Ist alles in Ordnung?")
    eva.clock.install()
    eva.goto(f"{office.base}/inbox")
    health = eva.locator(".queue .health")
    expect(health).not_to_have_attribute("data-trouble", "")

    office.network.goes_wrong("token_expired")
    eventually("the desk knows it", lambda: office.desk.query("SELECT 1 FROM channel WHERE state = 'token_expired'"))
    eva.clock.run_for(70_000)
    expect(health).to_have_attribute("data-trouble", "")
    expect(health).to_contain_text("1 Kanal braucht Hilfe")
    assert health.bounding_box()["y"] < eva.locator("live-list").bounding_box()["y"]
