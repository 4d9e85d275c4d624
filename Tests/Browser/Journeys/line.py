"""A line between browser and desk that a test can cut, or lose without a word as in a change of networks."""

import contextlib
import socket
import threading


class Line:
    def __init__(self, desk=None):
        """`desk` is the address at the other end; until it is there, nobody is connected."""
        self.desk = desk
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.base = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        self.is_cut = False
        self.lost, self.live, self.ends = set(), set(), set()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            host, port = self.desk.removeprefix("http://").split(":")
            try:
                far = socket.create_connection((host, int(port)))
            except OSError:  # the desk has ended
                near.close()
                continue
            self.ends |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(source, sink), daemon=True).start()

    def carry(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if b"text/event-stream" in data:
                    self.live |= {source, sink}
                if source not in self.lost:
                    sink.sendall(data)
        self.end((source, sink))  # closing alone would not wake the thread that waits for the other direction
        for end in (source, sink):
            end.close()
            self.ends.discard(end)

    def cut(self):
        """Ends every connection and takes no new one."""
        self.is_cut = True
        self.end(self.ends)

    def end(self, ends):
        for end in list(ends):
            with contextlib.suppress(OSError):  # it ended by itself
                end.shutdown(socket.SHUT_RDWR)

    def mend(self):
        self.is_cut = False

    def lose(self):
        """From now on nothing passes through the live feed's connection, and nobody is told; new connections work."""
        self.lost |= self.live
        self.end(self.ends - self.live)

    def close(self):
        self.listener.close()
        self.cut()
