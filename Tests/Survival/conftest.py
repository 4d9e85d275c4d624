"""A network and a desk for each test."""

import pytest
from survival import Desk, Network


@pytest.fixture
def network():
    network = Network()
    yield network
    network.end()


@pytest.fixture(params=["sqlite", "postgres"])
def desk(request, tmp_path, network):
    desk = Desk(request.param, tmp_path, network)
    yield desk
    desk.end()
