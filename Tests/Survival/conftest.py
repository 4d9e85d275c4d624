"""A network and a desk for each test."""

import pytest
from disk import SmallDisk, run_where_mounting_is_allowed
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


@pytest.fixture
def small_disk():
    disk = SmallDisk()
    yield disk
    disk.end()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    disk = pyfuncitem.funcargs.get("small_disk")
    if disk is None or disk.is_there:
        return None
    run_where_mounting_is_allowed(f"{pyfuncitem.path}::{pyfuncitem.name}", disk.refusal)
    return True
