"""A desk on each engine that runs for all journeys together, and browsers for each."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

sys.path.append(str(Path(__file__).resolve().parents[2] / "Survival"))  # how the program is started

from office import Browsers, Office
from survival import Network

# An answer leaves only after five seconds.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def office(request, tmp_path_factory):
    office = Office(request.param, tmp_path_factory.mktemp("office"), Network())
    yield office
    office.close()


@pytest.fixture
def network():
    network = Network()
    yield network
    network.end()


@pytest.fixture
def browsers(browser):
    browsers = Browsers(browser)
    yield browsers
    browsers.close()
    assert browsers.faults == []
