"""What is set wrong is named in one sentence and ends the program for good; what only fails for now ends it so that it is tried again."""

import json
import os
import re
import signal
import socket
import subprocess

import pytest
from cluster import Cluster
from survival import PROGRAM, Desk

FOR_GOOD, FOR_NOW = 78, 1


def serve(folder, *options, **environment):
    """Starts the program, which is to end by itself."""
    settings = {"SCHALTER_DATABASE": f"sqlite:{folder}/desk.sqlite", "SCHALTER_LISTEN": "127.0.0.1:0",
                "SCHALTER_KEY_FILE": f"{folder}/key", "SCHALTER_MEDIA_FOLDER": f"{folder}/media", **environment}
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SCHALTER_")}
    try:
        return subprocess.run(
            [*PROGRAM, "serve", *options], env={**ours, **settings}, cwd=folder, capture_output=True, text=True, timeout=20)
    except subprocess.TimeoutExpired as served:
        raise AssertionError(f"it serves in spite of it: {served.stdout}") from None


def ended(done, code, *words):
    """Whether it ended with this code, and its last line is a sentence for the person at the machine in which the words stand."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    sentence = done.stderr.splitlines()[-1]
    assert sentence.endswith(".") and not re.search(r"^\d{4}-|Error:|Error Domain|\(descriptor:", sentence), sentence
    for word in words:
        assert word in sentence, sentence
    return True


@pytest.mark.parametrize("option, value", [
    ("--listen", "localhost"), ("--listen", ":8080"), ("--listen", "127.0.0.1:99999"), ("--listen", "127.0.0.1:web"),
    ("--public-url", "schalter.example"), ("--public-url", "ftp://schalter.example"), ("--public-url", "https://"),
    ("--public-url", "https://schalter.example/?von=hier"), ("--public-url", "https://schalter.example/#oben"),
    ("--allow-network", "10.0.0.0/99"), ("--allow-network", "mastodon.example"),
])
def test_a_wrong_option_is_named(tmp_path, option, value):
    assert ended(serve(tmp_path, option, value), FOR_GOOD, value)


@pytest.mark.parametrize("address, words", [
    ("mysql://db.example/schalter", "sqlite: nor with postgres:"), ("/var/lib/schalter.sqlite", "sqlite: nor with postgres:"),
    ("sqlite:", "a file's path is missing"), ("postgres:", "a server's address is missing"),
    ("sqlite:/nirgends/desk.sqlite", "/nirgends/desk.sqlite"), ("sqlite:.", "directory"),
    ("postgres:nirgends=1", "nirgends"), ("postgres:postgresql://127.0.0.1:keiner/schalter", "keiner"),
])
def test_a_wrong_address_of_the_database_is_named(tmp_path, address, words):
    assert ended(serve(tmp_path, "--database", address), FOR_GOOD, "database", words)


@pytest.mark.parametrize("name, value", [
    ("LISTEN", "localhost"), ("PUBLIC_URL", "schalter.example"), ("DATABASE", "sqlite"), ("ALLOW_NETWORK", "10.0.0.0/8,mastodon.example"),
    ("CONFIG", "/nirgends/settings.json"), ("KEY_FILE", "/nirgends/key"), ("MEDIA_FOLDER", "/proc/media"),
])
def test_a_wrong_value_in_the_environment_is_named(tmp_path, name, value):
    last = value.rsplit(",", 1)[-1]
    assert ended(serve(tmp_path, **{f"SCHALTER_{name}": value}), FOR_GOOD, "database" if name == "DATABASE" else last)


@pytest.mark.parametrize("name, value", [
    ("publicURL", "schalter.example"), ("allowNetwork", "mastodon.example"), ("publicURL", 8080), ("allowNetwork", ["mastodon.example"]),
])
def test_a_wrong_value_in_the_settings_file_is_named(tmp_path, name, value):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"schalter": {name: value}}))
    assert ended(serve(tmp_path, SCHALTER_CONFIG=str(file)), FOR_GOOD)


def test_a_settings_file_that_is_cut_off_is_named(tmp_path):
    file = tmp_path / "settings.json"
    file.write_text('{"schalter": {"listen"')
    assert ended(serve(tmp_path, SCHALTER_CONFIG=str(file)), FOR_GOOD, str(file))


def test_an_option_wins_over_the_environment_and_that_over_the_file(tmp_path):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"schalter": {"publicURL": "datei"}}))
    assert ended(serve(tmp_path, SCHALTER_CONFIG=str(file)), FOR_GOOD, "datei")
    assert ended(serve(tmp_path, SCHALTER_CONFIG=str(file), SCHALTER_PUBLIC_URL="umgebung"), FOR_GOOD, "umgebung")
    assert ended(serve(tmp_path, "--public-url", "option", SCHALTER_CONFIG=str(file), SCHALTER_PUBLIC_URL="umgebung"), FOR_GOOD, "option")


@pytest.mark.parametrize("content", [None, b"", b"zu kurz", b"\xff" * 44])
def test_a_key_file_without_a_key_is_named(tmp_path, content):
    key = tmp_path / "key"
    key.mkdir() if content is None else key.write_bytes(content)
    assert ended(serve(tmp_path, SCHALTER_KEY_FILE=str(key)), FOR_GOOD, str(key))


def test_a_file_that_is_no_database_is_named_and_left_as_it_is(tmp_path):
    file = tmp_path / "desk.sqlite"
    file.write_text("Das ist ein Brief. " * 400)
    assert ended(serve(tmp_path), FOR_GOOD, "file is not a database")
    assert file.read_text() == "Das ist ein Brief. " * 400


def test_a_postgresql_that_would_lose_what_it_acknowledged_is_refused(tmp_path):
    address = os.environ["SCHALTER_TEST_POSTGRES"] + "?options=-csynchronous_commit%3Doff"
    assert ended(serve(tmp_path, "--database", f"postgres:{address}"), FOR_GOOD, "synchronous_commit")


def test_a_postgresql_that_is_away_may_come_back(tmp_path):
    with socket.socket() as taken:  # by nobody who listens
        taken.bind(("127.0.0.1", 0))
        address = f"postgres:postgresql://127.0.0.1:{taken.getsockname()[1]}/schalter"
        assert ended(serve(tmp_path, "--database", address), FOR_NOW, "can't be reached")


def test_a_file_has_one_server_until_that_ends(tmp_path):
    desk = Desk("sqlite", tmp_path, None)
    try:
        first = desk.start()
        assert ended(serve(tmp_path), FOR_NOW, "Another process", f"{tmp_path}/desk.sqlite")
        first.send_signal(signal.SIGTERM)
        assert first.wait(30) == 0
        assert desk.start().base is not None
    finally:
        desk.end()


def test_a_listening_address_that_somebody_else_has_may_become_free(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = "127.0.0.1:%d" % other.getsockname()[1]
        assert ended(serve(tmp_path, "--listen", address), FOR_NOW, address)


@pytest.mark.parametrize("address", ["203.0.113.5:8080", "nirgends.invalid:8080"])
def test_a_listening_address_that_is_not_this_machines_is_named(tmp_path, address):
    assert ended(serve(tmp_path, "--listen", address), FOR_GOOD, address)


@pytest.mark.parametrize("part", ["file", "tables"])
def test_a_desk_on_a_full_disk_does_not_begin_and_with_room_it_does(tmp_path, small_disk, part):
    cluster = Cluster(tables=small_disk.folder) if part == "tables" else None
    desk = Desk("postgres", tmp_path, None, server=cluster.url) if cluster else Desk("sqlite", small_disk.folder, None)
    try:
        if cluster:
            desk.query("SELECT 1")  # the first connection writes a file of its own
        small_disk.fill()
        assert ended(serve(tmp_path, SCHALTER_DATABASE=desk.location), FOR_NOW, "no room")
        small_disk.make_room()
        assert desk.start().base is not None
    finally:
        desk.end()
        if cluster:
            cluster.end()


@pytest.mark.parametrize("address", ["https://schalter.example", "https://schalter.example/"])
def test_links_are_made_from_the_public_address(desk, address):
    done = desk.command("colleague", "add", "--name", "Eva Probe", "--email", "eva@musterstadt.example", "--role", "editor",
                        "--public-url", address)
    assert re.fullmatch(r"https://schalter\.example/signin/[\w-]+\n", done.stdout), done.stdout
