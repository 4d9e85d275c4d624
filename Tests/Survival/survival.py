"""The built program, killed and woken from outside: a desk on either engine, and a simulated network that remembers everything."""

import json
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import time
import uuid
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = shlex.split(os.environ.get("SCHALTER_PROGRAM", str(ROOT / ".build/debug/schalter")))


def eventually(what, condition, seconds=60):
    """Waits until the condition holds; says what never came about."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"never came about: {what}")


class Network:
    """The simulated Mastodon, in a process of its own that nobody kills."""

    def __init__(self):
        self.process = subprocess.Popen([*PROGRAM, "simulate", "mastodon", "--port", "0"], stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().strip().removeprefix("listening on ")

    def ask(self, verb, **body):
        answer = requests.post(f"{self.base}/_sim/{verb}", json=body, timeout=20)
        answer.raise_for_status()
        return answer.json()

    def citizen_writes(self, text, acct="ida@anderswo.example", **more):
        return self.ask("status", acct=acct, text=text, **more)

    def timeline(self):
        return requests.get(f"{self.base}/_sim/timeline", timeout=20).json()

    def is_listened_to(self):
        requests_received = requests.get(f"{self.base}/_sim/log", timeout=20).json()
        return any("/streaming/user" in str(request) for request in requests_received)

    def posts_of(self, acct):
        return [post for post in self.timeline() if post["acct"] == acct]

    def goes_wrong(self, kind, **how):
        self.ask("fault", kind=kind, **how)

    def is_well_again(self):
        self.ask("fault", clear=True)

    def was_asked(self, path="", method=None):
        """What it was asked, with the answers it gave."""
        log = requests.get(f"{self.base}/_sim/log", timeout=20).json()
        return [entry for entry in log if entry["path"].startswith(path) and method in (None, entry["method"])]

    def end(self):
        self.process.kill()
        self.process.wait()


class Desk:
    """One node, or several in turn, on one database."""

    def __init__(self, engine, folder, network, server=None):
        self.engine, self.folder, self.network = engine, folder, network
        self.server = server or os.environ.get("SCHALTER_TEST_POSTGRES")
        self.nodes = []
        if engine == "sqlite":
            self.location = f"sqlite:{folder}/desk.sqlite"
        else:
            server = self.server
            self.name = f"survival_{uuid.uuid4().hex[:12]}"
            subprocess.run(["psql", "-q", server, "-c", f"CREATE DATABASE {self.name}"], check=True)
            self.url = re.sub(r"/[^/?]*(\?|$)", rf"/{self.name}\1", server, count=1) if "//" not in server else (
                server.rsplit("/", 1)[0] + "/" + self.name)
            self.location = f"postgres:{self.url}"

    def environment(self):
        return {**os.environ, "SCHALTER_DATABASE": self.location, "SCHALTER_KEY_FILE": f"{self.folder}/key",
                "SCHALTER_MEDIA_FOLDER": f"{self.folder}/media", "SCHALTER_ALLOW_NETWORK": "127.0.0.0/8"}

    def command(self, *words, **more):
        return subprocess.run(
            [*PROGRAM, *words], env=self.environment(), capture_output=True, text=True, timeout=60, **more)

    def start(self, die_at=None, **environment):
        """Starts a node and waits until it listens, or has died."""
        words = [*PROGRAM, "serve", "--listen", "127.0.0.1:0"]
        if die_at:
            words += ["--die-at", die_at]
        log = open(f"{self.folder}/node-{len(self.nodes)}.log", "w")
        node = subprocess.Popen(words, env={**self.environment(), **environment}, stdout=subprocess.PIPE, stderr=log, text=True)
        self.nodes.append(node)
        line = node.stdout.readline()
        found = re.search(r"listening on (http://\S+?)\)", line)
        node.base = found.group(1) if found else None
        return node

    def kill(self):
        """Ends the newest node as a power failure would."""
        self.nodes[-1].kill()
        self.nodes[-1].wait()

    def connect(self, acct="stadt"):
        token = self.network.ask("token", acct=acct, scopes="read write")["access_token"]
        done = self.command("channel", "connect", "mastodon", "--server", self.network.base, input=token + "\n")
        assert done.returncode == 0, done.stderr

    def query(self, sql):
        if self.engine == "sqlite":
            with sqlite3.connect(f"file:{self.folder}/desk.sqlite?mode=ro", uri=True, timeout=10) as db:
                return db.execute(sql).fetchall()
        done = subprocess.run(
            ["psql", "-qAt", self.url, "-c", f"SET search_path TO schalter; SELECT coalesce(json_agg(row), '[]') FROM ({sql}) AS row"],
            capture_output=True, text=True, check=True)
        return json.loads(done.stdout, object_pairs_hook=lambda pairs: tuple(value for _, value in pairs))

    def change(self, sql):
        """What a test moves by hand while no node runs."""
        if self.engine == "sqlite":
            with sqlite3.connect(f"{self.folder}/desk.sqlite", timeout=10) as db:
                db.executescript(sql)
        else:
            subprocess.run(["psql", "-q", self.url, "-c", f"SET search_path TO schalter; {sql}"], check=True)

    def leases_run_out(self):
        """What dead nodes held is free again. The database's clock judges, so the stored ends are moved."""
        self.change("UPDATE delivery SET claim_until = 0; UPDATE channel SET listener_until = 0")

    def has_compared(self, after=0):
        """Whether everything that the network shows was seen to be here."""
        return all(int(row[0] or 0) > after for row in self.query("SELECT reconciled_at FROM channel"))

    def received(self):
        """How often each text of a citizen is in the inbox."""
        counts = {}
        for (text,) in self.query("SELECT text FROM message WHERE direction = 'in'"):
            plain = re.sub(r"^(@\S+\s+)+", "", text)
            counts[plain] = counts.get(plain, 0) + 1
        return counts

    def verify(self):
        return self.command("record", "verify")

    def is_whole(self):
        """The record says so itself."""
        verdict = self.verify()
        assert verdict.returncode == 0, verdict.stderr

    def end(self):
        for node in self.nodes:
            if node.poll() is None:
                node.send_signal(signal.SIGCONT)
                node.kill()
            node.wait()
            node.stdout.close()
        if self.engine == "postgres":
            subprocess.run(
                ["psql", "-q", self.server, "-c", f"DROP DATABASE {self.name} WITH (FORCE)"], check=False)
