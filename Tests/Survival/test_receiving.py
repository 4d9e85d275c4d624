"""Killed at every step of receiving, the desk has every message of the network exactly once."""

import pytest
from survival import eventually

STEPS = ["itemHeard", "itemStored", "cursorStored", "eventInterpreted", "messageTakenIn", "eventsSealed"]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_of_receiving_nothing_is_lost_and_nothing_doubled(desk, network, step):
    desk.command("migrate")
    desk.connect()
    # A batch may hold them all: then there is no second time.
    desk.start(die_at=f"{step}:{1 if step in ('eventInterpreted', 'messageTakenIn') else 2}")
    if step == "itemHeard":  # a step of the stream alone: what was written before it opened comes by asking
        eventually("the desk listens", network.is_listened_to)
    written = [f"Frage Nummer {number}: wann kommt die Müllabfuhr?" for number in range(6)]
    for text in written:
        network.citizen_writes(f"@stadt {text}")
    node = desk.nodes[-1]
    eventually(f"the node dies at {step}", lambda: node.poll() is not None)
    assert node.returncode == -9
    network.citizen_writes("@stadt Geschrieben, während niemand da war")
    desk.start()
    everything = {text: 1 for text in [*written, "Geschrieben, während niemand da war"]}
    eventually("every message is in the inbox", lambda: set(desk.received()) >= set(everything))
    assert desk.received() == everything
    verdict = desk.verify()
    assert verdict.returncode == 0, verdict.stderr


def test_what_is_deleted_at_the_network_while_it_still_waits_in_the_journal_does_not_stay(desk, network):
    desk.command("migrate")
    desk.connect()
    node = desk.start(die_at="eventInterpreted:1")
    written = network.citizen_writes("@stadt Bitte gleich wieder vergessen.")["id"]
    eventually("the node dies with the message in its journal", lambda: node.poll() is not None)
    assert desk.query("SELECT count(*) FROM message") == [(0,)]
    network.ask("delete", id=written)
    desk.start()
    eventually("it is taken in", lambda: desk.query("SELECT count(*) FROM message") == [(1,)])
    eventually("and removed", lambda: desk.received() == {"": 1})
    desk.is_whole()
