"""A disk without room, a database that is away: nothing is acknowledged that is not stored, and afterwards all goes on without help."""

import subprocess
import tempfile
from pathlib import Path

import pytest
import requests
from cluster import Cluster
from editor import Editor
from survival import Desk, eventually


@pytest.fixture
def small_disk():
    """A file system of a few megabytes."""
    folder = Path(tempfile.mkdtemp(prefix="schalter-disk."))
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder], capture_output=True, text=True)
    if done.returncode != 0:
        folder.rmdir()
        pytest.skip(f"no file system may be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    folder.rmdir()


@pytest.fixture
def cluster():
    cluster = Cluster()
    yield cluster
    cluster.end()


def test_on_a_full_disk_nothing_is_acknowledged_that_is_not_stored_and_with_room_all_goes_on(small_disk, network):
    desk = Desk("sqlite", small_disk, network)
    try:
        editor, conversation = connected(desk, network)
        accepted, refused = ["Notiz davor."], []
        assert editor.posts(f"/conversations/{conversation}/notes", text=accepted[0]).status_code == 303
        ballast = fill(small_disk)
        written = ["Davor", *[f"Kein Platz {number} " + "für ein langes Wort " * 20 for number in range(120)]]
        for text in written[1:]:
            network.citizen_writes(f"@stadt {text}")

        def is_told_of_it():
            text = f"Notiz {len(accepted) + len(refused)}. " + "Sie ist lang. " * 300
            answer = editor.posts(f"/conversations/{conversation}/notes", text=text)
            (accepted if answer.status_code == 303 else refused).append(text)
            return "Kein Platz mehr" in answer.text and answer.status_code == 503
        eventually("who writes is told that there is no room", is_told_of_it)
        eventually("so is whoever watches the program", lambda: health(desk) == 503, 20)
        assert editor.page(f"/conversations/{conversation}").count("Notiz davor."), "what is stored can still be read"
        assert len(desk.received()) < len(written)
        ballast.unlink()
        eventually("all has arrived without help", lambda: len(desk.received()) == len(written), 100)
        assert desk.received() == {text.strip(): 1 for text in written}
        assert health(desk) == 200
        assert desk.nodes[-1].poll() is None
        notes = [text for (text,) in desk.query("SELECT text FROM message WHERE direction = 'note' ORDER BY id")]
        assert notes == [text.strip() for text in accepted]
        assert editor.posts(f"/conversations/{conversation}/notes", text="Notiz danach.").status_code == 303
        desk.is_whole()
    finally:
        desk.end()


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


def connected(desk, network):
    desk.command("migrate")
    desk.connect()
    editor = Editor(desk)
    editor.comes_to(desk.start())
    network.citizen_writes("@stadt Davor")
    return editor, editor.finds("Davor")


def fill(folder):
    """Takes what room is left, to the last byte."""
    ballast = folder / "ballast"
    with open(ballast, "wb", buffering=0) as file:
        for size in (65536, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                pass
    return ballast


def health(desk):
    return requests.get(f"{desk.nodes[-1].base}/healthz", timeout=20).status_code
