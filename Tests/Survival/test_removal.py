"""Removed means removed: what an erased citizen wrote is in no file of ours any more, and nothing brings it back."""

import base64
import time

import pytest
from cluster import Cluster
from editor import Editor
from survival import Desk, eventually

# In a text, an edited text, a name, a description, a picture, and in what colleagues wrote about it.
WORDS = [b"quarzwichtel", b"moosfunkel", b"zibbelwurz", b"knarzelfant", b"bildgeheimnis", b"gruebelnuss", b"schnarrfink"]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path, network):
    """A desk, and the folders in which its bytes lie."""
    if request.param == "sqlite":
        desk = Desk("sqlite", tmp_path, network)
        yield desk, [tmp_path]
        desk.end()
    else:
        cluster = Cluster()
        desk = Desk("postgres", tmp_path, network, server=cluster.url)
        number = desk.query("SELECT oid FROM pg_database WHERE datname = current_database()")[0][0]
        yield desk, [tmp_path, cluster.data / "base" / number]
        desk.end()
        cluster.end()


def test_after_the_night_nothing_of_an_erased_citizen_is_in_any_file(place, network):
    desk, folders = place
    desk.command("migrate")
    desk.connect()
    editor = Editor(desk, role="admin")
    editor.comes_to(desk.start())
    eventually("the first comparison is through", desk.has_compared)
    network.ask("account", acct="rara@anderswo.example", display_name="Rara Zibbelwurz")
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"Bildgeheimnis").decode()
    first = network.citizen_writes("@stadt Moosfunkel gesehen", acct="rara@anderswo.example")["id"]
    network.citizen_writes("@stadt Quarzwichtel im Bild", acct="rara@anderswo.example", media=[
        {"type": "image/png", "description": "Ein Knarzelfant", "bytes_base64": picture}])
    for number in range(20):
        network.citizen_writes(f"@stadt Etwas anderes {number}", acct="otto@nebenan.example")
    conversation = editor.finds("Quarzwichtel")
    assert editor.posts(f"/conversations/{conversation}/notes", text="Was ist ein Gruebelnuss?").status_code == 303
    assert editor.posts(f"/conversations/{conversation}/draft", text="Lieber Schnarrfink", **editor.fields(conversation)).status_code == 303
    eventually("the picture is here", lambda: desk.query("SELECT state FROM media") == [("stored",)])
    network.ask("edit", id=first, text="@stadt Nun ohne das Wort")
    desk.kill()
    desk.leases_run_out()
    editor.comes_to(desk.start())  # what was edited comes with the comparison
    eventually("the edit is in", lambda: "Nun ohne das Wort" in desk.received())
    if desk.engine == "postgres":
        look_over(desk)
    assert found(folders) == set(WORDS), "the words are looked for where they are"

    erased = time.time() * 1000
    assert editor.posts(f"/conversations/{conversation}/erasure", reason="Antrag nach Art. 17 DSGVO").status_code == 303
    assert '<li id="conversation-' not in editor.page("/inbox?view=all&q=Quarzwichtel")
    assert "Zibbelwurz" not in editor.page("/inbox?view=all") + editor.page(f"/conversations/{conversation}")
    desk.kill()
    desk.leases_run_out()
    # The network still has it all, so each comparison finds it again.
    desk.change("UPDATE chore SET begun_at = 0")  # the night's work is due, and made up for at the start
    editor.comes_to(desk.start())
    eventually("everything was compared again", lambda: desk.has_compared(after=erased))

    def left():
        if desk.engine == "postgres":
            desk.change("CHECKPOINT")
        return found(folders)
    try:
        eventually("nothing of it is in any file", lambda: not left())
    finally:
        assert left() == set()
    assert len([text for text in desk.received() if text.startswith("Etwas anderes")]) == 20
    desk.is_whole()


def look_over(desk):
    """What autovacuum does when it pleases: it also keeps samples of what it has seen."""
    desk.change("ANALYZE; CHECKPOINT")


def found(folders):
    """Which of the words are in some file, also folded as the search keeps them."""
    held = set()
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                content = path.read_bytes().lower() if path.is_file() else b""
            except FileNotFoundError:
                continue  # a file that is just being replaced
            held |= {word for word in WORDS if word in content}
    return held
