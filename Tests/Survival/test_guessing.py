"""Who guesses at a password waits longer each time: for a colleague, and for a machine that tries many. Nobody else waits with them."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

PASSWORD = "drei Haselnüsse für den Schalter"
SETUP = {
    "authority": "Stadt Musterstadt", "kind": "city", "state": "NW", "address": "sie", "name": "Ada Leitung",
    "email": "ada@musterstadt.example", "password": PASSWORD,
}
ADA, EVA = "ada@musterstadt.example", "eva@musterstadt.example"
LET_IN, WRONG, WAIT = 303, 422, 429


class Door:
    """The sign-in page of a desk that Ada and Eva have passwords for."""

    def __init__(self, desk):
        self.desk = desk
        self.comes_to(desk.start())
        path = re.search(r"/setup/\S+", desk.nodes[-1].stdout.readline()).group(0)
        assert self.post(path, **SETUP).status_code == 303
        assert self.post(self.link_for(EVA), password=PASSWORD).status_code == LET_IN

    def comes_to(self, node):
        self.base = node.base

    def post(self, path, machine="192.0.2.1", **fields):
        """As the proxy on our machine passes on what another machine sends."""
        return requests.post(
            f"{self.base}{path}", data=fields, headers={"Origin": self.base, "X-Forwarded-For": machine}, allow_redirects=False,
            timeout=120)

    def link_for(self, email):
        done = self.desk.command("colleague", "add", "--name", "Eva Probe", "--email", email, "--role", "editor")
        return re.search(r"/signin/\S+", done.stdout).group(0)

    def tries(self, email, password, machine="192.0.2.1"):
        return self.post("/signin", machine, email=email, password=password).status_code

    def has_to_wait(self):
        """The wait that a sixth guess began, of a second, does not end by itself."""
        self.desk.change(f"UPDATE guess SET until = {self.now} + 60000 WHERE wrong = 6")

    def the_wait_is_over(self):
        self.desk.change(f"UPDATE guess SET until = {self.now} - 1000")

    @property
    def now(self):
        return "unixepoch() * 1000" if self.desk.engine == "sqlite" else "extract(epoch FROM now())::bigint * 1000"


@pytest.fixture
def door(desk):
    return Door(desk)


def test_a_wait_holds_for_the_right_password_too_and_ends(door):
    guesses(door, ADA)
    answer = door.post("/signin", email=ADA, password=PASSWORD)
    assert answer.status_code == WAIT and "Zu viele Versuche. Wieder möglich" in answer.text
    assert "Set-Cookie" not in answer.headers
    door.the_wait_is_over()
    assert door.tries(ADA, PASSWORD) == LET_IN
    assert [door.tries(ADA, "falsch") for _ in range(2)] == [WRONG] * 2


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_a_wait_grows_with_each_guess_to_a_quarter_of_an_hour_at_most(door):
    assert door.tries(ADA, "falsch") == WRONG
    for wrong, longest in [(10, 33), (14, 513), (40, 901)]:
        door.desk.change(f"UPDATE guess SET until = {door.now} - 1000, wrong = {wrong}")
        assert door.tries(ADA, "falsch") == WRONG
        answer = door.post("/signin", email=ADA, password=PASSWORD)
        assert answer.status_code == WAIT
        ((pause,),) = door.desk.query(f"SELECT max(until) - {door.now} FROM guess")
        assert longest * 500 < pause <= longest * 1000


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_a_guessed_at_colleague_waits_everywhere_but_comes_in_by_a_link_and_the_others_do_not_wait(door):
    entered = door.post("/signin", email=ADA, password=PASSWORD)
    guesses(door, ADA)
    assert door.tries(ADA, PASSWORD, machine="198.51.100.7") == WAIT
    assert door.tries(EVA, PASSWORD, machine="198.51.100.7") == LET_IN
    ada = {"Cookie": entered.headers["Set-Cookie"].split(";")[0], "Origin": door.base}
    (number,) = door.desk.query(f"SELECT id FROM colleague WHERE email = '{ADA}'")[0]
    page = requests.post(f"{door.base}/team/{number}/link", headers=ada, timeout=20).text
    path = re.search(r"/signin/[\w-]{20,}", page).group(0)
    assert door.post(path).status_code == LET_IN


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
@pytest.mark.parametrize("machine", ["192.0.2.9", "2001:db8:1:2:{0:x}::1", "203.0.113.{0}, 192.0.2.9"])
def test_a_machine_that_tries_many_addresses_waits_whatever_it_says_of_itself(door, machine):
    answers = [door.tries(f"jemand{number}@musterstadt.example", "geraten", machine.format(number)) for number in range(6)]
    assert answers == [WRONG] * 6
    door.has_to_wait()
    assert door.tries(EVA, PASSWORD, machine.format(77)) == WAIT
    assert door.tries(EVA, PASSWORD, "198.51.100.7") == LET_IN


def test_many_guesses_at_once_count_as_many(door):
    with ThreadPoolExecutor(24) as guessers:
        answers = list(guessers.map(lambda number: door.tries(ADA, f"geraten {number}", f"198.51.100.{number}"), range(24)))
    assert answers.count(WRONG) <= 8 and answers.count(WRONG) + answers.count(WAIT) == 24, answers


def test_a_wait_outlives_the_server_and_another_node_knows_of_it(door, desk):
    guesses(door, ADA)
    if desk.engine == "sqlite":
        desk.kill()
    door.comes_to(desk.start())
    assert door.tries(ADA, PASSWORD) == WAIT


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_who_guesses_at_the_old_password_waits_as_well(door):
    cookie = door.post("/signin", email=EVA, password=PASSWORD).headers["Set-Cookie"].split(";")[0]

    def chooses(old):
        return requests.post(
            f"{door.base}/account/password", data={"current": old, "new": "vier Haselnüsse für Eva"},
            headers={"Cookie": cookie, "Origin": door.base}, allow_redirects=False, timeout=120).status_code
    answers = [chooses("falsch") for _ in range(6)]
    assert answers == [WRONG] * 6
    door.has_to_wait()
    assert chooses(PASSWORD) == WAIT
    assert door.tries(EVA, PASSWORD) == LET_IN, "this is another lock"


def guesses(door, email):
    assert [door.tries(email, f"geraten {number}") for number in range(6)] == [WRONG] * 6
    door.has_to_wait()
