"""A desk that only shows samples: the pages that WebTests wrote, under our Content-Security-Policy, with a live feed that tests fill."""

import http.server
import queue
import socketserver
import threading
import urllib.parse
from pathlib import Path

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class DeskStub(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, folder: Path):
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.language = "de"
        self.streams: list[queue.Queue] = []
        self.connected = threading.Event()
        self.drafts: list[dict] = []
        self.asked: list[str] = []
        self.fails_drafts = False
        self.fragments: dict[str, str] = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def sample(self, name: str) -> str:
        return (self.folder / self.language / f"{name}.html").read_text()

    def push(self, event: str, number: int, data: str) -> None:
        lines = "".join(f"data: {line}\n" for line in data.split("\n"))
        for stream in list(self.streams):
            stream.put(f"event: {event}\nid: {number}\n{lines}\n")

    def break_streams(self) -> None:
        for stream in list(self.streams):
            stream.put(None)


class Handler(http.server.BaseHTTPRequestHandler):
    server: DeskStub

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        self.server.asked.append(self.path)
        if path == "/live":
            return self.stream()
        if path == "/inbox":
            return self.answer(self.server.sample("inbox-open").encode(), TYPES[".html"])
        if path in self.server.fragments:
            return self.answer(self.server.fragments[path].encode(), TYPES[".html"])
        if path in ("/service-worker.js", "/manifest.webmanifest"):  # how the desk becomes an app is for the journeys
            return self.answer(b"{}", TYPES[".js"])
        if path == "/inbox/list":  # a further page on which there is nothing
            return self.answer(b'<section class="queue"></section>', TYPES[".html"])
        if path == "/alarms/calls":
            return self.answer(b"", TYPES[".html"])
        file = self.server.folder / path.lstrip("/")
        if not file.is_file():
            return self.answer(b"", "text/plain", 404)
        self.answer(file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream"))

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.server.fails_drafts:
            return self.answer(b"", "text/plain", 503)
        self.server.drafts.append(dict(urllib.parse.parse_qsl(body, keep_blank_values=True)))
        self.answer(b"", "text/plain", 200)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append("POST " + self.path)
        self.answer(self.server.sample("inbox-open").encode(), TYPES[".html"])

    def stream(self):
        frames = queue.Queue()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.server.streams.append(frames)
        self.server.connected.set()
        try:
            self.wfile.write(b"event: heartbeat\ndata: \n\n")
            while (frame := self.next(frames)) is not None:
                self.wfile.write(frame.encode())
        except OSError:
            pass
        finally:
            self.server.streams.remove(frames)

    def next(self, frames):
        try:
            return frames.get(timeout=1)
        except queue.Empty:
            return "event: heartbeat\ndata: \n\n"

    def answer(self, body, kind, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass
