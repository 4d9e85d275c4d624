"""Two nodes on one database: one dies or freezes, the other goes on, and nothing is lost and nothing said twice."""

import signal
import subprocess
import threading
import time

import pytest
from editor import Editor
from survival import eventually

pytestmark = pytest.mark.parametrize("desk", ["postgres"], indirect=True)  # a file has one node

TAKEOVER = 15  # seconds


@pytest.fixture
def editor(desk, network):
    desk.command("migrate")
    desk.connect()
    return Editor(desk)


def test_a_node_is_killed_and_the_other_listens_and_sends_within_fifteen_seconds(desk, network, editor):
    first, second = listener_and_another(desk)
    network.citizen_writes("@stadt Vor dem Ausfall")
    editor.comes_to(first)
    conversation = editor.finds("Vor dem Ausfall")
    editor.answers(conversation, "Die Antwort davor.")
    first.kill()
    died = time.monotonic()
    left = lambda: TAKEOVER - (time.monotonic() - died)
    editor.comes_to(second)
    network.citizen_writes("@stadt Nach dem Ausfall")
    eventually("the other node hears what is written now", lambda: "Nach dem Ausfall" in desk.received(), left())
    eventually("the other node sends", lambda: answers(network) == ["Die Antwort davor."], left())
    assert desk.received() == {"Vor dem Ausfall": 1, "Nach dem Ausfall": 1}
    desk.is_whole()


def test_the_listening_node_freezes_and_wakes_and_every_message_is_in_once(desk, network, editor):
    first, second = listener_and_another(desk)
    network.citizen_writes("@stadt Vor dem Frost")
    eventually("the first node hears", lambda: "Vor dem Frost" in desk.received())
    was_listening = desk.query("SELECT listener FROM channel")
    first.send_signal(signal.SIGSTOP)
    written = [f"Im Frost {number}" for number in range(20)]
    for text in written:
        network.citizen_writes(f"@stadt {text}")
    eventually("the other node hears it all", lambda: set(written) <= set(desk.received()), TAKEOVER)
    now_listening = desk.query("SELECT listener FROM channel")
    assert now_listening != was_listening
    first.send_signal(signal.SIGCONT)
    network.citizen_writes("@stadt Nach dem Frost")
    # The woken one has all that the stream told it meanwhile, and takes it for news.
    eventually("the woken node serves again", lambda: editor.comes_to(first) or "Nach dem Frost" in editor.page("/inbox?view=all"))
    eventually("the woken node has let go", lambda: open_streams(network) == 1)
    assert desk.query("SELECT listener FROM channel") == now_listening
    assert desk.received() == {text: 1 for text in ["Vor dem Frost", *written, "Nach dem Frost"]}
    desk.is_whole()


def test_a_node_freezes_between_claiming_and_sending_and_does_not_send_when_it_wakes(desk, network, editor):
    first = desk.start()
    editor.comes_to(first)
    network.citizen_writes("@stadt Wann kommt die Müllabfuhr?")
    conversation = editor.finds("Wann kommt die Müllabfuhr?")
    editor.answers(conversation, "Am Dienstag.")
    eventually("the reply is nearly due", lambda: desk.query(
        "SELECT 1 FROM delivery WHERE due_at < extract(epoch FROM now()) * 1000 + 1000"))
    with Locked(desk, "citizen"):  # what the courier reads between the two
        eventually("the reply is claimed", lambda: state(desk) == "claimed")
        first.send_signal(signal.SIGSTOP)
    editor.comes_to(desk.start())
    eventually("the other node sends", lambda: state(desk) == "delivered", TAKEOVER)
    assert answers(network) == ["Am Dienstag."]
    first.send_signal(signal.SIGCONT)
    woken_node_serves(desk, network, editor, first)
    assert answers(network) == ["Am Dienstag.", "Einen Tag später."]
    assert len(network.was_asked("/api/v1/statuses", "POST")) == 2
    desk.is_whole()


@pytest.mark.parametrize("profile", ["mastodon", "gotosocial"])
def test_a_node_freezes_while_sending_and_the_reply_is_public_once(desk, network, profile):
    network.ask("profile", profile=profile)
    network.citizen_writes("@stadt Wann kommt die Müllabfuhr?")
    desk.command("migrate")
    desk.connect()
    editor = Editor(desk)
    first = desk.start()
    editor.comes_to(first)
    conversation = editor.finds("Wann kommt die Müllabfuhr?")
    network.goes_wrong("delay", method="POST", path="/api/v1/statuses", times=1, seconds=4)
    editor.answers(conversation, "Am Dienstag.")
    eventually("the reply is on its way", lambda: state(desk) == "sending")
    first.send_signal(signal.SIGSTOP)
    network.ask("stream", do="hold")  # nobody hears of it but by its own answer
    network.goes_wrong("error_before", path="/api/v1/accounts/")  # nor by looking
    # Longer than an act may take: the database's clock judges, so the stored end is moved.
    desk.change("UPDATE delivery SET claim_until = 0")
    desk.start()
    if profile == "mastodon":  # keeps the key, so the other node may ask again
        eventually("the other node sends with the same key", lambda: state(desk) == "delivered")
    else:
        eventually("the other node leaves it unclear", lambda: state(desk) == "unclear")
    eventually("the slow request is done", lambda: answers(network) == ["Am Dienstag."])
    first.send_signal(signal.SIGCONT)
    eventually("what the woken node was told is known", lambda: state(desk) == "delivered")
    network.is_well_again()
    network.ask("stream", do="release")
    woken_node_serves(desk, network, editor, first)
    assert answers(network) == ["Am Dienstag.", "Einen Tag später."]
    desk.is_whole()


def test_what_one_node_takes_in_or_does_is_seen_live_on_the_other_and_after_changing_nodes(desk, network, editor):
    first, second = listener_and_another(desk)
    editor.comes_to(first)
    live = Live(editor, second)
    network.citizen_writes("@stadt Eine neue Frage")
    eventually("the new row", lambda: live.shows("row", "Eine neue Frage"), 10)
    conversation = editor.finds("Eine neue Frage")
    seen = len(live.events)
    assert editor.closes(conversation).status_code == 303
    eventually("the closed row", lambda: live.shows("row", 'data-state="closed"', after=seen), 10)
    last = live.events[-1]["id"]
    live.close()
    missed = [f"Verpasst {number}" for number in range(5)]
    for text in missed:
        network.citizen_writes(f"@stadt {text}")
    eventually("all are in", lambda: set(missed) <= set(desk.received()))
    live = Live(editor, first, after=last)
    eventually("what was missed", lambda: all(live.shows("row", text) for text in missed), 10)
    numbers = [int(event["id"]) for event in live.events if event.get("id")]
    assert numbers == sorted(numbers) and numbers[0] >= int(last)
    live.close()


def listener_and_another(desk):
    """Two nodes, of which the first listens."""
    first = desk.start()
    eventually("the first node listens", lambda: desk.query("SELECT 1 FROM channel WHERE listener IS NOT NULL"))
    eventually("it has caught up", desk.has_compared)
    return first, desk.start()


def woken_node_serves(desk, network, editor, woken):
    """One more reply, written through the woken node: it has been awake for long when that is out."""
    editor.comes_to(woken)
    network.citizen_writes("@stadt Und am Feiertag?")
    editor.answers(editor.finds("Und am Feiertag?"), "Einen Tag später.")
    eventually("the other reply is delivered", lambda: states(desk) == ["delivered"] * 2)


def states(desk):
    return [state for (state,) in desk.query("SELECT state FROM delivery ORDER BY id")]


def state(desk):
    return states(desk)[0]


def answers(network):
    return [post["text"].partition(" ")[2] for post in network.posts_of("stadt")]


def open_streams(network):
    """How many streams are open: those that would hear something."""
    return network.ask("stream", do="release")["open"]


class Locked:
    """Holds a table, as something slow in the database would."""

    def __init__(self, desk, table):
        self.url, self.table = desk.url, table

    def __enter__(self):
        self.psql = subprocess.Popen(["psql", "-qAt", self.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.psql.stdin.write(f"BEGIN; LOCK TABLE schalter.{self.table} IN ACCESS EXCLUSIVE MODE; SELECT 'held';\n")
        self.psql.stdin.flush()
        assert self.psql.stdout.readline() == "held\n"

    def __exit__(self, *_):
        self.psql.communicate("COMMIT;\n")


class Live:
    """An open desk: the live feed as a browser hears it."""

    def __init__(self, editor, node, after=None):
        headers = {"Last-Event-ID": after} if after else {}
        self.events, self.ends = [], False
        self.answer = editor.session.get(f"{node.base}/live", headers=headers, stream=True, timeout=30)
        assert self.answer.status_code == 200, self.answer.text
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        event = {}
        try:
            for line in self.answer.iter_lines(chunk_size=1, decode_unicode=True):
                name, _, value = line.partition(": ")
                if line:
                    event[name] = f"{event[name]}\n{value}" if name in event else value
                else:
                    self.events.append(event)
                    event = {}
        except Exception:
            if not self.ends:
                raise

    def shows(self, kind, words, after=0):
        return any(event.get("event") == kind and words in event.get("data", "") for event in self.events[after:])

    def close(self):
        self.ends = True
        self.answer.raw._fp.fp.raw._sock.shutdown(2)
        self.thread.join()
