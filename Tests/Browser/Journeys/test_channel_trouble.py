"""A channel that nothing comes from any more is told where everybody looks, without anybody asking."""

import pytest
from office import Office, send
from playwright.sync_api import expect
from survival import eventually


@pytest.fixture(params=["sqlite", "postgres"])
def troubled(request, tmp_path, network):
    office = Office(request.param, tmp_path, network)
    yield office
    office.desk.end()


def test_an_open_inbox_says_above_its_rows_that_a_channel_needs_help(troubled, browsers):
    eva = troubled.comes_in(browsers.page(), "Eva Probe")
    path, _ = troubled.is_asked("Ist alles in Ordnung?")
    eva.clock.install()
    eva.goto(path)
    health = eva.locator(".queue .health")
    expect(health).not_to_have_attribute("data-trouble", "")

    troubled.network.goes_wrong("token_expired")
    send(eva, "Ja, alles.")
    eventually("the desk knows it", lambda: troubled.desk.query("SELECT 1 FROM channel WHERE state = 'token_expired'"))
    eva.clock.run_for(70_000)
    expect(health).to_contain_text("1 Kanal braucht Hilfe")
    assert health.bounding_box()["y"] < eva.locator("live-list").bounding_box()["y"]
    # And what waits for it says so by itself.
    expect(eva.locator(".delivery")).to_contain_text("Noch nicht gesendet")
