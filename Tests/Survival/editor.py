"""A colleague at the desk, through its pages and without JavaScript."""

import re
from html import unescape

import requests
from survival import eventually


class Editor:
    """An editor, or with another role somebody who may do more or less."""

    def __init__(self, desk, role="editor"):
        done = desk.command("colleague", "add", "--name", "Eva Probe", "--email", f"{role}@musterstadt.example", "--role", role)
        assert done.returncode == 0, done.stderr
        self.token = done.stdout.strip().rsplit("/", 1)[-1]
        self.session = requests.Session()
        self.base = None

    def comes_to(self, node):
        """Signs in where the desk listens now; the session outlives the node."""
        self.base = node.base
        if self.token:
            answer = self.session.post(f"{self.base}/signin/{self.token}", headers={"Origin": self.base}, allow_redirects=False, timeout=20)
            assert answer.status_code == 303, answer.text
            # The cookie names a host and no port: it holds for the next node as well.
            self.token = None

    def page(self, path):
        return self.session.get(f"{self.base}{path}", timeout=20).text

    def finds(self, words):
        """The conversation that holds these words in the list."""
        def look():
            for row in re.findall(r'<li id="conversation-(\d+)".*?</li>', self.page("/inbox?view=all"), re.S):
                # The whole page holds the list as well, and the pane what this citizen wrote elsewhere.
                if words in self.page(f"/conversations/{row}/pane").split('<aside class="context"')[0]:
                    return row
            return None
        return eventually(f"“{words}” is in the inbox", look)

    def answers(self, conversation, text):
        """Sends an answer; returns nothing where the desk died over it."""
        try:
            return self.posts(f"/conversations/{conversation}/replies", **self.fields(conversation), text=text, then="stay")
        except requests.ConnectionError:
            return None

    def posts(self, path, **fields):
        """Sends a form; 303 says that it was done."""
        return self.session.post(
            f"{self.base}{path}", data=fields, headers={"Origin": self.base}, allow_redirects=False, timeout=20)

    def fields(self, conversation):
        """What the answer's form says beside its text: what is answered, and what was seen."""
        return self.hidden(conversation, r'<form id="reply-form".*?</form>')

    def closes(self, conversation):
        """No answer is needed."""
        fields = self.hidden(conversation, rf'<form method="post" action="/conversations/{conversation}/closure.*?</form>')
        return self.posts(f"/conversations/{conversation}/closure", **fields)

    def hidden(self, conversation, pattern):
        form = re.search(pattern, self.page(f"/conversations/{conversation}"), re.S).group(0)
        return {name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)}
