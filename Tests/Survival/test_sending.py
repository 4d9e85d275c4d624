"""Killed at every step of sending, a reply is public exactly once."""

import time

import pytest
from editor import Editor
from survival import eventually

STEPS = ["replyWritten", "deliveryClaimed", "deliverySending", "actPerformed", "outcomeRecorded"]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_of_sending_the_reply_is_public_exactly_once(desk, network, step):
    desk.command("migrate")
    desk.connect()
    editor = Editor(desk)
    node = desk.start(die_at=step)
    network.citizen_writes("@stadt Wann kommt die Müllabfuhr?")
    editor.comes_to(node)
    conversation = editor.finds("Wann kommt die Müllabfuhr?")
    editor.answers(conversation, "Am Dienstag.")
    eventually(f"the node dies at {step}", lambda: node.poll() is not None)
    assert node.returncode == -9
    # The dead node's hold on the delivery runs out; the database's clock judges, so the stored end is moved.
    desk.change("UPDATE delivery SET claim_until = 0")
    desk.start()
    eventually("the reply is delivered", lambda: desk.query("SELECT state FROM delivery") == [("delivered",)])
    answers = [post for post in network.timeline() if post["acct"] == "stadt"]
    assert [post["text"].endswith("Am Dienstag.") for post in answers] == [True]
    verdict = desk.verify()
    assert verdict.returncode == 0, verdict.stderr


@pytest.mark.parametrize("step", ["deliverySending", "actPerformed"])
def test_where_the_server_keeps_no_key_an_interrupted_reply_is_shown_as_unclear_and_never_sent_again(desk, network, step):
    network.ask("profile", profile="gotosocial")
    network.citizen_writes("@stadt Wann kommt die Müllabfuhr?")
    network.citizen_writes("@stadt Wann öffnet das Freibad?")
    desk.command("migrate")
    desk.connect()
    editor = Editor(desk)
    editor.comes_to(desk.start(die_at=step))
    conversation, other = editor.finds("Wann kommt die Müllabfuhr?"), editor.finds("Wann öffnet das Freibad?")
    # Neither does the stream tell of our own posts, nor can they be looked at: both would prove what is public.
    network.ask("stream", do="hold")
    editor.answers(conversation, "Am Dienstag.")
    eventually(f"the node dies at {step}", lambda: desk.nodes[-1].poll() is not None)
    network.goes_wrong("error_before", path="/api/v1/accounts/")
    desk.leases_run_out()
    editor.comes_to(desk.start())
    eventually("nobody knows what became of it", lambda: desk.query("SELECT state FROM delivery") == [("unclear",)])
    assert 'data-delivery="unclear"' in editor.page(f"/conversations/{conversation}")
    assert "bitte prüfen" in editor.page("/inbox?view=all")
    # What follows it in the conversation waits; others go on, so the courier has looked at both.
    editor.answers(conversation, "Genauer: am Dienstag um 7 Uhr.")
    editor.answers(other, "Am 1. Mai.")
    states = lambda: [state for (state,) in desk.query("SELECT state FROM delivery ORDER BY id")]
    eventually("the other conversation's reply is delivered", lambda: states() == ["unclear", "waiting", "delivered"])
    became_public = step == "actPerformed"
    assert public(network) == ["Am 1. Mai."] + (["Am Dienstag."] if became_public else [])
    network.is_well_again()
    well_again = time.time() * 1000
    if became_public:
        # It is found among our own posts, and what waited behind it goes out.
        eventually("the network's own report settles it", lambda: states() == ["delivered", "delivered", "delivered"])
        assert public(network) == ["Am 1. Mai.", "Am Dienstag.", "Genauer: am Dienstag um 7 Uhr."]
    else:
        eventually("our own posts were looked at", lambda: desk.has_compared(after=well_again))
        assert states() == ["unclear", "waiting", "delivered"]
        assert public(network) == ["Am 1. Mai."]
    desk.is_whole()


def public(network):
    """What the town said, without the mentions it began with."""
    return sorted(post["text"].partition(" ")[2] for post in network.posts_of("stadt"))


@pytest.mark.parametrize("desk", ["postgres"], indirect=True)  # counts transactions
def test_what_waits_behind_an_unclear_reply_keeps_nobody_busy(desk, network):
    network.citizen_writes("@stadt Wann kommt die Müllabfuhr?")
    desk.command("migrate")
    desk.connect()
    editor = Editor(desk)
    editor.comes_to(desk.start())
    conversation = editor.finds("Wann kommt die Müllabfuhr?")
    editor.answers(conversation, "Am Dienstag.")
    desk.change("UPDATE delivery SET state = 'unclear'")
    editor.answers(conversation, "Genauer: am Dienstag um 7 Uhr.")
    eventually("it is due", lambda: desk.query(
        "SELECT 1 FROM delivery WHERE state = 'waiting' AND due_at < extract(epoch FROM now()) * 1000"))
    transactions = lambda: int(desk.query("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")[0][0])
    time.sleep(11)  # an idle session tells only every ten seconds what it did
    before = transactions()
    time.sleep(5)  # what is measured
    assert (transactions() - before) / 5 < 15
