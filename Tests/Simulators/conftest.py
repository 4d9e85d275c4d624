"""Starts the simulated Mastodon for the tests of this folder, in the program that is named by SCHALTER_PROGRAM."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]


class Simulator:
    """The running simulator, with its handle on the world."""

    def __init__(self, base):
        self.base = base

    def ask(self, verb, **body):
        answer = requests.post(f"{self.base}/_sim/{verb}", json=body, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def look(self, noun):
        answer = requests.get(f"{self.base}/_sim/{noun}", timeout=10)
        answer.raise_for_status()
        return answer.json()

    def citizen_writes(self, text, acct="ida@anderswo.example", **more):
        return self.ask("status", acct=acct, text=text, **more)

    def token(self, acct="stadt", scopes="read write follow push"):
        return self.ask("token", acct=acct, scopes=scopes)["access_token"]


@pytest.fixture(scope="session")
def running_simulator():
    program = shlex.split(os.environ.get("SCHALTER_PROGRAM", str(ROOT / ".build/debug/schalter")))
    process = subprocess.Popen([*program, "simulate", "mastodon", "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline().strip()
        assert line.startswith("listening on http://"), f"the simulator said: {line!r}"
        yield Simulator(line.removeprefix("listening on "))
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def simulator(running_simulator):
    """A world in which nothing has happened yet."""
    running_simulator.ask("reset")
    yield running_simulator
