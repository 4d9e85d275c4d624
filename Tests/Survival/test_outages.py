"""A week of outage on either side is caught up, and while something is wrong the channel's page says so."""

import re

import pytest
from editor import Editor
from survival import eventually

WEEK = 7 * 24 * 3600


@pytest.fixture
def editor(desk, network):
    """A desk that has caught up with its network, and a colleague who may see to its channels."""
    desk.command("migrate")
    desk.connect()
    editor = Editor(desk, role="admin")
    editor.comes_to(desk.start())
    eventually("the first comparison is through", desk.has_compared)
    return editor


def test_after_a_week_without_the_desk_everything_of_the_network_is_there_once(desk, network, editor):
    post = network.citizen_writes("Das Freibad öffnet am 1. Mai.", acct="stadt")["id"]
    before = [network.citizen_writes(f"@stadt Vorher {number}")["id"] for number in range(10)]
    eventually("what came before is in", lambda: len(desk.received()) == 10)
    desk.kill()
    texts = {id: f"Vorher {number}" for number, id in enumerate(before)}
    for number in range(40):
        network.ask("clock", advance_seconds=WEEK / 40)
        texts[network.citizen_writes(f"@stadt Frage {number}", acct=f"buerger{number % 7}@anderswo.example")["id"]] = f"Frage {number}"
        texts[network.citizen_writes(f"@stadt Antwort {number}", reply_to=post)["id"]] = f"Antwort {number}"
        # Nobody is told of an answer that names nobody.
        texts[network.citizen_writes(f"Gemurmel {number}", reply_to=post, acct="otto@nebenan.example")["id"]] = f"Gemurmel {number}"
    later = network.citizen_writes("Heute ist es geschlossen.", acct="stadt")["id"]  # in the network's own app
    texts[network.citizen_writes("Warum denn?", reply_to=later)["id"]] = "Warum denn?"
    for id in list(texts)[::6]:
        texts[id] += ", geändert"
        network.ask("edit", id=id, text=f"@stadt {texts[id]}")
    for id in list(texts)[1::6]:
        texts[id] = ""
        network.ask("delete", id=id)
    assert len(texts) == 131
    desk.start()
    eventually("everything is there as it is now", lambda: differences(desk, texts) == [])
    everything = [text for text in texts.values() if text]
    assert sorted(text for text, count in desk.received().items() for _ in range(count) if text) == sorted(everything)
    desk.is_whole()


def test_when_the_network_is_away_everything_comes_once_when_it_is_back(desk, network, editor):
    network.citizen_writes("@stadt Davor")
    conversation = editor.finds("Davor")
    network.goes_wrong({"sqlite": "error_before", "postgres": "refuse"}[desk.engine], status=500)
    network.ask("stream", do="cut")
    asked = len(network.was_asked())
    editor.answers(conversation, "Die Antwort.")
    written = [f"Währenddessen {number}" for number in range(60)]
    for text in written:
        network.citizen_writes(f"@stadt {text}")
    eventually("stream and courier have tried in vain", lambda: len(network.was_asked()) >= asked + 4)
    eventually("the reply waits", lambda: desk.query("SELECT state FROM delivery WHERE tries > 0") == [("waiting",)])
    network.is_well_again()
    eventually("all is in", lambda: set(desk.received()) >= set(written))
    assert desk.received() == {text: 1 for text in ["Davor", *written]}
    eventually("the reply is out", lambda: desk.query("SELECT state FROM delivery") == [("delivered",)])
    assert len(network.posts_of("stadt")) == 1
    desk.is_whole()


def test_what_a_silent_stream_swallowed_is_fetched(desk, network, editor):
    network.goes_wrong("stream_silent")
    written = [f"Verschluckt {number}" for number in range(30)]
    for text in written:
        network.citizen_writes(f"@stadt {text}")
    network.ask("stream", do="cut")  # as the desk itself gives up a stream that is silent for 90 seconds
    eventually("all is in", lambda: set(desk.received()) >= set(written))
    network.citizen_writes("@stadt Noch eine")
    network.ask("stream", do="cut")
    eventually("and what came since", lambda: "Noch eine" in desk.received())
    assert desk.received() == {text: 1 for text in [*written, "Noch eine"]}


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
@pytest.mark.parametrize("profile", ["gotosocial", "pleroma"])  # the second has no streams and is asked again and again
def test_an_account_that_nobody_has_ever_written_to_hears_the_first_who_does(desk, network, profile):
    network.ask("profile", profile=profile)
    desk.command("migrate")
    desk.connect()
    desk.start()
    eventually("it has begun to listen", lambda: desk.query("SELECT 1 FROM channel WHERE cursor IS NOT NULL"))
    desk.kill()
    desk.leases_run_out()
    desk.start()
    eventually("it listens again", lambda: desk.query("SELECT 1 FROM channel WHERE listener_until > 0"))
    network.citizen_writes("@stadt Der allererste Ruf")
    eventually("it is heard", lambda: "Der allererste Ruf" in desk.received(), 45)


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_what_is_written_while_the_desk_begins_to_listen_is_not_passed_over(desk, network):
    network.ask("profile", profile="pleroma")
    network.citizen_writes("@stadt Schon da")
    desk.command("migrate")
    desk.connect()
    # The question where the list ends now is answered only after all was compared.
    network.goes_wrong("delay", method="GET", path="/api/v1/notifications", times=1, seconds=3)
    desk.start()
    eventually("the first comparison is through", desk.has_compared)
    network.citizen_writes("@stadt Mittendrin")
    eventually("it is fetched", lambda: "Mittendrin" in desk.received(), 45)


def test_while_nothing_can_be_heard_or_compared_the_channels_page_says_so_until_it_can(desk, network, editor):
    assert warnings(editor) == []
    desk.kill()
    network.goes_wrong("error_before", status=500)
    # An hour later.
    desk.change("UPDATE channel SET connected_at = connected_at - 3600000, reconciled_at = reconciled_at - 3600000,"
                " heard_at = heard_at - 3600000, listener_until = 0")
    editor.comes_to(desk.start())
    eventually("the page warns of trouble, silence and gaps", lambda: says(
        editor, "einen eigenen Fehler", "kam nichts mehr an", "nicht geprüft, ob etwas fehlt"))
    assert "Warnung" in editor.page("/channels")
    network.is_well_again()
    eventually("the warnings are gone", lambda: warnings(editor) == [])


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_a_warning_goes_as_soon_as_the_network_can_be_asked_again(desk, network, editor):
    network.goes_wrong("error_before", path="/api/v1/notifications", status=500)
    network.ask("stream", do="cut")  # when it opens again, what it did not tell is asked for
    eventually("the page warns", lambda: says(editor, "einen eigenen Fehler"))
    network.is_well_again()
    eventually("the warning is gone", lambda: warnings(editor) == [], 30)


def test_an_expired_token_stops_its_channel_alone_and_a_new_one_catches_up(desk, network, editor):
    network.ask("account", acct="bauamt", display_name="Bauamt")
    desk.connect("bauamt")
    network.citizen_writes("@stadt Die Frage davor")
    conversation = editor.finds("Die Frage davor")
    editor.answers(conversation, "Die Antwort wartet.")
    network.ask("revoke", acct="stadt")  # in the five seconds before it leaves
    eventually("the page asks for a new token", lambda: says(editor, "abgelaufen", "Verbinden Sie den Kanal neu"))
    assert "Verbinden Sie den Kanal neu" not in editor.page("/channels/2")
    network.citizen_writes("@stadt Die Frage im Stillstand")
    network.citizen_writes("@bauamt Die Frage nebenan")
    eventually("the other channel goes on", lambda: "Die Frage nebenan" in desk.received())
    assert "Die Frage im Stillstand" not in desk.received()
    assert network.posts_of("stadt") == []
    desk.connect()
    eventually("it catches up", lambda: "Die Frage im Stillstand" in desk.received())
    eventually("the reply goes out", lambda: desk.query("SELECT state FROM delivery") == [("delivered",)])
    assert desk.received() == {"Die Frage davor": 1, "Die Frage im Stillstand": 1, "Die Frage nebenan": 1}
    assert len(network.posts_of("stadt")) == 1
    eventually("the warning is gone", lambda: warnings(editor) == [])
    desk.is_whole()


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_an_expired_token_is_shown_though_nobody_sends(desk, network, editor):
    network.ask("revoke", acct="stadt")
    eventually("the page asks for a new token", lambda: says(editor, "abgelaufen", "Verbinden Sie den Kanal neu"), 20)


def differences(desk, texts):
    """Where the inbox is not what stands on the network; of what was deleted no text may be left."""
    held = {}
    for id, text in desk.query("SELECT local_id, text FROM message WHERE direction = 'in'"):
        held.setdefault(id, []).append(re.sub(r"^(@\S+\s+)+", "", text))
    return [(text, held.get(id)) for id, text in texts.items() if held.get(id, [""] if text == "" else None) != [text]]


def warnings(editor, channel=1):
    page = editor.page(f"/channels/{channel}")
    return re.findall(r'data-kind="(?:warning|alarm|problem|error)".*?</', page, re.S)


def says(editor, *words):
    page = editor.page("/channels/1")
    return all(word in page for word in words)
