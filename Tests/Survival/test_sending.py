"""Killed at every step of sending, a reply is public exactly once."""

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
