"""Musterstadt's desk as a browser meets it: set up, connected, with colleagues at it and citizens outside."""

import itertools
import re

import requests
from line import Line
from survival import Desk, eventually

PASSWORD = "drei Haselnüsse für den Schalter"
SETUP = {
    "authority": "Stadt Musterstadt", "kind": "city", "state": "NW", "address": "sie", "name": "Ada Leitung",
    "email": "ada@musterstadt.example", "password": PASSWORD,
}


class Browsers:
    """Opens a browser of its own for each person, and remembers what went wrong in any of them."""

    def __init__(self, browser):
        self.browser = browser
        self.contexts = []
        self.faults = []

    def page(self, **options):
        options = {"viewport": {"width": 1366, "height": 768}, "locale": "de-DE", "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**options)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        context.on("page", self.watch)
        return context.new_page()

    def watch(self, page):
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: self.hear(page, line))
        page.on("response", lambda answer: answer.status >= 500 and self.faults.append(f"{answer.url}: {answer.status}"))

    # A refusal has a status of its own, and a test may take the line away; everything else in the console is ours to mend.
    def hear(self, page, line):
        if line.type == "error" and not re.search(r"status of 4\d\d|net::ERR_", line.text):
            self.faults.append(f"{page.url}: {line.text}")

    def close(self):
        for context in self.contexts:
            context.close()


class Office:
    def __init__(self, engine, folder, network):
        self.network = network
        self.desk = Desk(engine, folder, network)
        self.numbers = itertools.count(1)
        node = start(self.desk)
        self.base = node.base
        self.ada = requests.Session()
        self.ada.headers["Origin"] = self.base
        self.ada.post(set_up_link(node), data=SETUP, timeout=20).raise_for_status()
        self.desk.connect()
        eventually("the desk listens", network.is_listened_to)

    def comes_in(self, page, name, role="editor"):
        """Gives somebody who is new a place in the team, and signs this browser in as them."""
        email = f"{name.split()[0].lower()}{next(self.numbers)}@musterstadt.example"
        answer = self.ada.post(f"{self.base}/team", data={"name": name, "email": email, "role": role}, timeout=20)
        link = re.search(r"http://\S+/signin/[\w-]+", answer.text).group(0)
        answer = page.context.request.post(link, headers={"Origin": self.base}, max_redirects=0)
        assert answer.status == 303, answer.text()
        return page

    def is_asked(self, text, **more):
        """A citizen whom nobody knows yet asks something.
        Returns the path of the conversation and the network's status."""
        acct = more.pop("acct", f"person{next(self.numbers)}@anderswo.example")
        status = self.network.citizen_writes(f"@stadt {text}", acct=acct, **more)
        found = eventually(f"“{text}” has come in", lambda: self.desk.query(
            f"SELECT conversation_id FROM message WHERE direction = 'in' AND object = '{status['uri']}'"))
        return f"{self.base}/conversations/{found[0][0]}", status

    def answers_to(self, status):
        return [post["text"] for post in self.network.timeline() if post["acct"] == "stadt" and post["reply_to"] == status["id"]]

    def close(self):
        self.desk.end()
        self.network.end()


def start(desk):
    """Starts a node whose own links lead to it. It chooses its port itself, so its address is that of a line, which is known before."""
    line = Line()
    node = desk.start(SCHALTER_PUBLIC_URL=line.base)
    line.desk, node.base = node.base, line.base
    return node


def set_up_link(node):
    line = node.stdout.readline()
    found = re.search(r"http://\S+/setup/\S+", line)
    assert found, f"the start printed no link to set up the desk: {line!r}"
    return found.group(0)


def send(page, text):
    page.locator("#reply").fill(text)
    page.locator("#reply").press("Control+Shift+Enter")
