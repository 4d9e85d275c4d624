"""A disk without room, a database that is away: nothing is acknowledged that is not stored, and afterwards all goes on without help."""

from contextlib import contextmanager

import pytest
import requests
from cluster import Cluster
from editor import Editor
from survival import Desk, eventually


@pytest.fixture
def cluster():
    cluster = Cluster()
    yield cluster
    cluster.end()


# What lies on the small disk: the file, or of PostgreSQL the tables or the write-ahead log, without which it stops.
@pytest.mark.parametrize("part", ["file", "tables", "log"])
def test_on_a_full_disk_nothing_is_acknowledged_that_is_not_stored_and_with_room_all_goes_on(part, small_disk, network, tmp_path):
    with tight_desk(part, small_disk.folder, network, tmp_path) as (desk, cluster):
        editor, conversation = connected(desk, network)
        accepted, refused = ["Notiz davor."], []
        assert editor.posts(f"/conversations/{conversation}/notes", text=accepted[0]).status_code == 303
        small_disk.fill()
        written = ["Davor", *[f"Kein Platz {number} " + "für ein langes Wort " * 20 for number in range(120)]]
        for text in written[1:]:
            network.citizen_writes(f"@stadt {text}")

        def is_told_of_it():
            text = f"Notiz {len(accepted) + len(refused)}. " + "Sie ist lang. " * 300
            answer = editor.posts(f"/conversations/{conversation}/notes", text=text)
            (accepted if answer.status_code == 303 else refused).append(text.strip())
            return answer.status_code == 503 and ("Gerade nicht erreichbar" if part == "log" else "Kein Platz mehr") in answer.text
        eventually("who writes is told that there is no room", is_told_of_it)
        eventually("so is whoever watches the program", lambda: health(desk) == 503, 20)
        if part == "log":
            eventually("PostgreSQL has stopped itself", lambda: not cluster.is_up())
        else:
            assert editor.page(f"/conversations/{conversation}").count("Notiz davor."), "what is stored can still be read"
            assert len(desk.received()) < len(written)
        small_disk.make_room()
        if part == "log":
            cluster.start()
        eventually("all has arrived without help", lambda: len(desk.received()) == len(written), 100)
        assert desk.received() == {text.strip(): 1 for text in written}
        assert health(desk) == 200
        assert desk.nodes[-1].poll() is None
        notes = [text for (text,) in desk.query("SELECT text FROM message WHERE direction = 'note' ORDER BY id")]
        if part == "log":  # where the connection broke over a commit, a note may be stored though nobody was told so
            notes = [text for text in notes if text not in refused]
        assert notes == accepted
        assert editor.posts(f"/conversations/{conversation}/notes", text="Notiz danach.").status_code == 303
        desk.is_whole()


def test_while_postgresql_is_away_the_pages_say_so_and_when_it_is_back_all_goes_on(cluster, network, tmp_path):
    desk = Desk("postgres", tmp_path, network, server=cluster.url)
    try:
        editor, conversation = connected(desk, network)
        editor.answers(conversation, "Die Antwort.")
        cluster.stop()  # as a power failure does, in the five seconds before it leaves
        written = [f"Währenddessen {number}" for number in range(40)]
        for text in written:
            network.citizen_writes(f"@stadt {text}")
        eventually("whoever watches the program is told", lambda: health(desk) == 503, 30)
        refused = editor.posts(f"/conversations/{conversation}/notes", text="Geht das?")
        assert refused.status_code == 503 and "Gerade nicht erreichbar" in refused.text
        cluster.start()
        eventually("all has arrived without help", lambda: set(desk.received()) >= set(written), 100)
        assert desk.received() == {text: 1 for text in ["Davor", *written]}
        eventually("the reply is out", lambda: desk.query("SELECT state FROM delivery") == [("delivered",)])
        assert len(network.posts_of("stadt")) == 1
        assert health(desk) == 200
        assert editor.posts(f"/conversations/{conversation}/notes", text="Es geht wieder.").status_code == 303
        assert desk.query("SELECT text FROM message WHERE direction = 'note'") == [("Es geht wieder.",)]
        assert desk.nodes[-1].poll() is None
        desk.is_whole()
    finally:
        desk.end()


@contextmanager
def tight_desk(part, disk, network, folder):
    """A desk of which a part lies on a small disk, and its PostgreSQL where it has one."""
    if part == "file":
        cluster, desk = None, Desk("sqlite", disk, network)
    else:
        cluster = Cluster(**{part: disk})
        desk = Desk("postgres", folder, network, server=cluster.url)
    try:
        yield desk, cluster
    finally:
        desk.end()
        if cluster:
            cluster.end()


def connected(desk, network):
    desk.command("migrate")
    desk.connect()
    editor = Editor(desk)
    editor.comes_to(desk.start())
    network.citizen_writes("@stadt Davor")
    return editor, editor.finds("Davor")


def health(desk):
    return requests.get(f"{desk.nodes[-1].base}/healthz", timeout=20).status_code
