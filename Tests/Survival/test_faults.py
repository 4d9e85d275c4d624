"""Whatever a request is answered with, every message is in the inbox once, and the reply is public once or shown as unclear."""

import pytest
from editor import Editor
from survival import eventually

WITHOUT_EFFECT = ["hang", "refuse", "error_before", "html"]
AFTER_THE_EFFECT = ["close_after", "error_after", "half_body"]
HOW = {"error_before": {"status": 500}, "error_after": {"status": 500}, "rate_limit": {"seconds": 3}}


@pytest.mark.parametrize("kind", [*WITHOUT_EFFECT, *AFTER_THE_EFFECT, "rate_limit"])
def test_where_the_server_keeps_a_key_the_reply_is_sent_until_it_is_public_once(desk, network, kind):
    editor = caught_up(desk, network, "mastodon")
    conversation, written = everything_goes_wrong(desk, network, editor, kind)
    eventually("all is in", lambda: set(desk.received()) >= set(written), 90)
    eventually("the reply is out", lambda: desk.query("SELECT state FROM delivery") == [("delivered",)], 90)
    assert desk.received() == {text: 1 for text in written}
    assert len(network.posts_of("stadt")) == 1
    posts = network.was_asked("/api/v1/statuses", "POST")
    assert len({post["headers"]["idempotency-key"] for post in posts}) == 1
    assert 'data-delivery="delivered"' in editor.page(f"/conversations/{conversation}")
    desk.is_whole()


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", [*WITHOUT_EFFECT, *AFTER_THE_EFFECT])
def test_where_the_server_keeps_no_key_the_reply_is_sent_once_and_looked_for(desk, network, kind):
    editor = caught_up(desk, network, "gotosocial")
    conversation, written = everything_goes_wrong(desk, network, editor, kind)
    state = "delivered" if kind in AFTER_THE_EFFECT else "unclear"
    eventually(f"the reply is {state}", lambda: desk.query("SELECT state FROM delivery") == [(state,)], 90)
    eventually("all is in", lambda: set(desk.received()) >= set(written), 90)
    assert desk.received() == {text: 1 for text in written}
    assert len(network.posts_of("stadt")) == (1 if state == "delivered" else 0)
    assert len(network.was_asked("/api/v1/statuses", "POST")) <= 1
    assert f'data-delivery="{state}"' in editor.page(f"/conversations/{conversation}")
    desk.is_whole()


def caught_up(desk, network, profile):
    network.ask("profile", profile=profile)
    desk.command("migrate")
    desk.connect()
    editor = Editor(desk)
    editor.comes_to(desk.start())
    eventually("the first comparison is through", desk.has_compared)
    return editor


def everything_goes_wrong(desk, network, editor, kind):
    """Once while a reply is sent, and twice while messages are asked for that the stream did not tell of."""
    network.citizen_writes("@stadt Davor")
    conversation = editor.finds("Davor")
    network.goes_wrong(kind, method="POST", path="/api/v1/statuses", times=1, **HOW.get(kind, {}))
    network.goes_wrong(kind, method="GET", path="/api/v1/notifications", times=1 if kind == "hang" else 2, **HOW.get(kind, {}))
    network.goes_wrong("stream_silent")
    written = [f"Währenddessen {number}" for number in range(20)]
    for text in written:
        network.citizen_writes(f"@stadt {text}")
    network.ask("stream", do="cut")
    assert editor.answers(conversation, "Die Antwort.").status_code == 303
    return conversation, ["Davor", *written]
