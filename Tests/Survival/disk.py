"""A disk with little room. Whoever may not mount one here does it in a namespace of their own, and the test runs there once more."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

INSIDE = "SCHALTER_TEST_MAY_MOUNT"


class SmallDisk:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="schalter-disk."))
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", self.folder], capture_output=True, text=True)
        self.is_there = done.returncode == 0
        self.refusal = done.stderr.strip()

    def fill(self):
        """Takes what room is left, to the last byte."""
        with open(self.folder / "ballast", "wb", buffering=0) as file:
            for size in (65536, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass

    def make_room(self):
        (self.folder / "ballast").unlink()

    def end(self):
        if self.is_there:
            subprocess.run(["umount", "--lazy", self.folder], check=True)
        self.folder.rmdir()


def run_where_mounting_is_allowed(test, refusal):
    """Runs a test by its name again, as the same user but with mounts of its own."""
    assert INSIDE not in os.environ, f"no disk may be mounted, not even in a namespace of one's own: {refusal}"
    done = subprocess.run(
        ["unshare", "--map-current-user", "--keep-caps", "--mount",
         sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", Path(__file__).parents[1], test],
        env={**os.environ, INSIDE: "1"}, capture_output=True, text=True)
    assert done.returncode == 0 and " skipped" not in done.stdout, f"{refusal}\n{done.stdout}{done.stderr}"
