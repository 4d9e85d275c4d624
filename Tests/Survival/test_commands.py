"""Commands beside a running server, and its end when it is asked for."""

import re
import signal

import pytest
import requests
from editor import Editor
from survival import eventually


@pytest.fixture
def node(desk):
    return desk.start()


def test_a_channel_connected_beside_the_server_is_heard_at_once_and_listed(desk, network, node):
    assert desk.command("channel", "list").stdout == ""
    desk.connect()
    eventually("the server listens", network.is_listened_to, 10)
    network.citizen_writes("@stadt Hört mich jemand?")
    eventually("the message is in", lambda: desk.received() == {"Hört mich jemand?": 1}, 20)
    eventually("it has compared", desk.has_compared)
    listed = desk.command("channel", "list")
    assert re.fullmatch(
        r"1\tmastodon\t@?stadt@muster\.example\tconnected\tcomplete as of \d{4}-\d\d-\d\dT[\d:]+Z\n", listed.stdout), listed.stdout
    assert (listed.returncode, listed.stderr) == (0, "")


def test_the_list_names_what_is_wrong_with_a_channel(desk, network, node):
    desk.connect()
    eventually("it has compared", desk.has_compared)
    network.ask("revoke", acct="stadt")
    eventually("it says so", lambda: "expired" in desk.command("channel", "list").stdout, 30)


def test_a_colleague_added_beside_the_server_comes_in_by_the_link_and_once(desk, node):
    done = add(desk)
    assert (done.returncode, done.stderr) == (0, "")
    path = re.fullmatch(r"http://\S+(/signin/[\w-]+)\n", done.stdout).group(1)
    for status in (303, 410):
        answer = requests.post(f"{node.base}{path}", headers={"Origin": node.base}, allow_redirects=False, timeout=20)
        assert answer.status_code == status


def test_a_second_factor_is_taken_off_beside_the_server(desk, node):
    add(desk)
    reset = "colleague", "reset-second-factor", "--email"
    assert "signs in without a code" in desk.command(*reset, "eva@musterstadt.example").stderr
    nothing = "x''" if desk.engine == "sqlite" else "''"
    desk.change(f"INSERT INTO second_factor (colleague_id, secret, key_id, confirmed_at) VALUES (1, {nothing}, 'x', 1)")
    done = desk.command(*reset, "EVA@musterstadt.example")
    assert (done.returncode, done.stderr) == (0, "") and "signs in without a code now" in done.stdout
    assert desk.query("SELECT count(*) FROM second_factor") == [(0,)]
    assert desk.query("SELECT actor FROM event WHERE verb = 'second_factor_removed'") == [("operator",)]
    assert desk.command(*reset, "jemand@musterstadt.example").returncode == 1


@pytest.mark.parametrize("what, words", [
    ({"role": "chef"}, "The role is admin, duty_editor, editor or reader."), ({"email": "eva"}, "This is no e-mail address."),
    ({"email": ""}, "This is no e-mail address."), ({"name": " "}, "Give a name"), ({"name": "E" * 101}, "at most 100 characters"),
])
def test_a_colleague_who_cannot_be_added_is_refused_with_the_reason(desk, node, what, words):
    done = add(desk, **what)
    assert done.returncode != 0 and done.stdout == "" and words in done.stderr
    assert desk.query("SELECT count(*) FROM colleague") == [(0,)]


def test_an_address_has_one_colleague_however_it_is_written(desk, node):
    add(desk)
    again = add(desk, name="Eva Zweit", email="EVA@musterstadt.example")
    assert again.returncode == 1 and "there already" in again.stderr
    assert desk.query("SELECT name FROM colleague") == [("Eva Probe",)]


def test_a_token_that_the_network_refuses_connects_nothing(desk, network, node):
    for token, words in [("falsch\n", "does not accept this token"), ("", "standard input")]:
        done = desk.command("channel", "connect", "mastodon", "--server", network.base, input=token)
        assert done.returncode != 0 and words in done.stderr
    assert desk.query("SELECT count(*) FROM channel") == [(0,)]


def test_the_record_is_verified_beside_the_server_and_a_change_past_it_is_found(desk, network, node):
    desk.connect()
    editor = Editor(desk)
    editor.comes_to(node)
    network.citizen_writes("@stadt Wann kommt die Müllabfuhr?")
    conversation = editor.finds("Müllabfuhr")
    assert editor.closes(conversation).status_code == 303
    eventually("all has its number", lambda: desk.query("SELECT count(*) FROM event WHERE number IS NULL") == [(0,)])
    verdict = desk.verify()
    assert verdict.returncode == 0 and re.search(r"The record is whole: \d+ entries, head [\w+/=]{44}\.", verdict.stdout), verdict.stdout
    desk.change("UPDATE event SET actor = 'citizen' WHERE number = 2")
    verdict = desk.verify()
    assert (verdict.returncode, verdict.stderr) == (1, "The record is broken: entry 2 is not what it was.\n")
    desk.change("DELETE FROM event WHERE number = 2")
    assert "after entry 1 one is missing" in desk.verify().stderr
    assert node.poll() is None


@pytest.mark.parametrize("words", [("channel", "list"), ("record", "verify")])
def test_who_looks_where_no_desk_is_begins_none(desk, words):
    done = desk.command(*words)
    assert done.returncode == 78 and done.stdout == "" and "There is no desk" in done.stderr
    assert not (desk.folder / "desk.sqlite").exists()


def test_asked_to_end_the_server_ends_without_a_complaint(desk, network, node):
    desk.connect()
    eventually("it has compared", desk.has_compared)
    node.send_signal(signal.SIGTERM)
    assert node.wait(30) == 0
    with open(f"{desk.folder}/node-0.log") as log:
        assert [line for line in log if re.search(" (warning|error|critical) ", line)] == []


def add(desk, **what):
    person = {"name": "Eva Probe", "email": "eva@musterstadt.example", "role": "editor", **what}
    return desk.command("colleague", "add", *[word for name, value in person.items() for word in (f"--{name}", value)])
