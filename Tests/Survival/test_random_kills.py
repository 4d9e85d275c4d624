"""Killed at random moments while citizens write and a colleague answers, the desk has everything once, and has said everything once."""

import os
import random
import re
import threading
import time

import requests
from editor import Editor
from survival import eventually

KILLS = 6


def test_killed_at_random_under_load_everything_is_in_once_and_every_accepted_reply_out_once(desk, network):
    seed = os.environ.get("SCHALTER_SURVIVAL_SEED", "1")
    print(f"SCHALTER_SURVIVAL_SEED={seed}")  # shown where the test fails
    dice = random.Random(f"{desk.engine} {seed}")
    desk.command("migrate")
    desk.connect()
    editor = Editor(desk)
    editor.comes_to(desk.start())
    with Citizen(network, dice.random()) as citizen, Answering(editor) as answering:
        for _ in range(KILLS):
            time.sleep(dice.uniform(0.5, 6))  # the random moment itself
            desk.kill()
            desk.leases_run_out()
            editor.comes_to(desk.start())
    desk.kill()
    desk.leases_run_out()
    desk.start()

    def differences():
        return citizen.differences(desk) + answering.differences(desk, network)
    try:
        eventually("everything is in once and out once", lambda: not differences())
    finally:
        assert differences() == []
    assert len(citizen.texts) > 80 and citizen.deleted and answering.accepted
    desk.is_whole()


class Background:
    """Does something over and over beside the test, until its block ends."""

    def __enter__(self):
        self.ends = threading.Event()
        self.error = None
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.thread.join()
        if self.error:
            raise self.error

    def run(self):
        try:
            while not self.ends.is_set():
                self.step()
        except BaseException as error:  # shown by the test, whatever it is
            self.error = error


class Citizen(Background):
    """Writes, edits and deletes; remembers what stands. Those with an even number are left alone: they get answers."""

    def __init__(self, network, seed):
        self.network, self.dice = network, random.Random(seed)
        self.texts, self.deleted, self.number = {}, set(), 0

    def step(self):
        changeable = [id for id, text in self.texts.items() if not text.startswith("Bitte")]
        deed = self.dice.choices(["write", "edit", "delete"], [70, 18, 12])[0]
        if deed == "write" or not changeable:
            self.number += 1
            text = f"Bitte {self.number}: wann kommt die Müllabfuhr?" if self.number % 2 == 0 else f"Hinweis {self.number}, Fassung 1"
            self.texts[self.network.citizen_writes(f"@stadt {text}")["id"]] = text
        elif deed == "edit":
            id = self.dice.choice(changeable)
            self.texts[id] = re.sub(r"\d+$", lambda version: str(int(version.group()) + 1), self.texts[id])
            self.network.ask("edit", id=id, text=f"@stadt {self.texts[id]}")
        else:
            id = self.dice.choice(changeable)
            del self.texts[id]
            self.deleted.add(id)
            self.network.ask("delete", id=id)
        self.ends.wait(self.dice.uniform(0.02, 0.2))

    def differences(self, desk):
        """Where the inbox is not what stands on the network."""
        held = {}
        for id, text in desk.query("SELECT local_id, text FROM message WHERE direction = 'in'"):
            held.setdefault(id, []).append(re.sub(r"^(@\S+\s+)+", "", text))
        wrong = [f"{text}: {held.get(id)}" for id, text in self.texts.items() if held.get(id) != [text]]
        return wrong + [f"deleted {id}: {held[id]}" for id in self.deleted if held.get(id, [""]) != [""]]


class Answering(Background):
    """Answers what stands open, as a colleague would who looks again after each error page."""

    def __init__(self, editor):
        self.editor, self.tries = editor, 0
        self.accepted, self.told_nothing = [], []

    def step(self):
        try:
            for row, id in re.findall(r'(<li id="conversation-(\d+)".*?</li>)', self.editor.page("/inbox?q=Bitte"), re.S):
                if 'data-state="open"' in row:
                    return self.answer(id)
        except requests.RequestException:
            pass  # it is just dead
        self.ends.wait(0.1)

    def answer(self, row):
        self.tries += 1
        text = f"Antwort {self.tries}."
        answer = self.editor.answers(row, text)
        if answer is None:
            self.told_nothing.append(text)
        elif answer.status_code == 303:
            self.accepted.append(text)

    def differences(self, desk, network):
        public = {}
        for post in network.posts_of("stadt"):
            text = post["text"].partition(" ")[2]
            public[text] = public.get(text, 0) + 1
        states = dict(desk.query("SELECT message.text, delivery.state FROM delivery JOIN message ON message.id = delivery.message_id"))
        wrong = [f"{text} is public {count} times" for text, count in public.items() if count > 1]
        wrong += [f"{text} was accepted and is {states.get(text)}" for text in self.accepted
                  if not (states.get(text) == "delivered" and public.get(text) == 1 or states.get(text) == "unclear")]
        return wrong + [f"{text} is {state}" for text, state in states.items() if state in ("waiting", "claimed", "sending")]
