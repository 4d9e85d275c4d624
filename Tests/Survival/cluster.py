"""A PostgreSQL of one test's own, which may be stopped and looked into."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


class Cluster:
    def __init__(self, tables=None, log=None):
        """Tables or write-ahead log may lie in a folder of their own, as on a disk of their own."""
        self.programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))[-1]
        self.folder = Path(tempfile.mkdtemp(prefix="schalter-cluster."))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.data = (tables or self.folder) / "data"
        self.run("initdb", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "-D", self.data,
                 "-X", (log or self.folder) / "wal", "--wal-segsize=1")
        self.start()

    def start(self):
        self.run("pg_ctl", "-w", "-D", self.data, "-l", self.folder / "log", "-o",
                 f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1", "start")

    def stop(self):
        """At once and without leave; what was committed is found again at the next start."""
        self.run("pg_ctl", "-w", "-D", self.data, "-m", "immediate", "stop")

    def run(self, program, *words):
        """PostgreSQL refuses to run as root, and complains about a current folder that its user may not enter."""
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        subprocess.run([*as_postgres, self.programs / program, *words], cwd="/", check=True, stdout=subprocess.DEVNULL)

    def is_up(self):
        return (self.data / "postmaster.pid").exists()

    def end(self):
        if self.is_up():
            self.stop()
        shutil.rmtree(self.folder)
