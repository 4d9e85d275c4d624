"""What an answer promises before it leaves, and what its writer sees of the conversation."""

import base64
import struct
import zlib

import pytest
from office import send
from playwright.sync_api import expect
from survival import eventually


@pytest.fixture
def eva(browsers, office):
    return office.comes_in(browsers.page(), "Eva Probe")


def picture(side):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    pixels = zlib.compress((b"\0" + b"\x80" * side) * side)
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("visibility, promise", [
    ("public", "Öffentlich antworten. Alle können das lesen."),
    ("private", "Antworten. Das lesen diese Person und alle, die Ihrem Konto folgen."),
    ("direct", "Privat antworten. Das liest nur diese Person."),
])
def test_an_answer_reaches_those_whom_its_form_names_and_nobody_else(office, eva, visibility, promise):
    path, status = office.is_asked("Darf ich etwas fragen?", visibility=visibility)
    eva.goto(path)
    expect(eva.get_by_placeholder(promise)).to_be_visible()
    send(eva, "Gern, worum geht es?")
    eventually("the answer is there", lambda: office.answers_to(status))
    assert [post["visibility"] for post in office.network.timeline() if post["reply_to"] == status["id"]] == [visibility]


def test_the_newest_word_is_in_sight_below_a_picture(office, eva):
    media = [{"type": "image/png", "description": "Ein Schlagloch", "bytes_base64": base64.b64encode(picture(600)).decode()}]
    path, status = office.is_asked("Vor unserer Tür ist seit Wochen ein Schlagloch. " * 5)
    for text, more in [("Hier ist es:", {"media": media}), ("Wann kümmert sich jemand?", {})]:
        office.network.citizen_writes(f"@stadt {text}", acct=status["acct"], reply_to=status["id"], **more)
    number = path.rsplit("/", 1)[-1]
    eventually("all are in", lambda: office.desk.query(f"SELECT count(*) FROM message WHERE conversation_id = {number}") == [(3,)])
    eventually("the picture is here", lambda: ("stored",) in office.desk.query("SELECT state FROM media"))
    held = []
    eva.route("**/media/*", lambda route: held.append(route))
    eva.goto(path, wait_until="domcontentloaded")
    expect(eva.locator("html[data-scripted]")).to_have_count(1)
    eventually("the picture is asked for", lambda: eva.wait_for_timeout(20) or held)
    held[0].continue_()
    eventually("the picture is shown", lambda: eva.evaluate("[...document.images].every(image => image.naturalWidth > 0)"))
    expect(eva.locator(".msg").last.locator(".foot")).to_be_in_viewport(ratio=1, timeout=2_000)


def test_what_was_sent_while_the_server_was_away_is_there_again(office, eva):
    path, status = office.is_asked("Hört mich jemand?")
    eva.goto(path)
    eva.route("**/draft*", lambda route: route.abort())
    eva.route("**/replies*", lambda route: route.abort())
    send(eva, "Ja, wir hören Sie.")
    eva.unroute_all()
    eva.goto(path)
    expect(eva.locator("#reply")).to_have_value("Ja, wir hören Sie.")
    eva.locator("#reply").press("Control+Shift+Enter")
    expect(eva.locator(".msg", has_text="Ja, wir hören Sie.")).to_be_visible()
    eventually("the answer is there", lambda: office.answers_to(status))
    eva.goto(path)
    expect(eva.locator("#reply")).to_have_value("")
    assert eva.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:')).length") == 0


def test_a_picture_without_a_description_keeps_the_answer_here(office, browsers):
    eva = office.comes_in(browsers.page(java_script_enabled=False), "Ada Probe")
    path, status = office.is_asked("Und von der anderen Seite?")
    eva.goto(path)
    eva.get_by_text("Datei anhängen").click()
    eva.locator("#file").set_input_files({"name": "laterne.png", "mimeType": "image/png", "buffer": picture(40)})
    eva.locator("#reply").fill("Von da auch.")
    eva.get_by_role("button", name="Senden und hierbleiben").click()
    expect(eva.get_by_text("Nichts ist gesendet.")).to_be_visible()
    expect(eva.locator("#file-alt")).to_be_visible()
    expect(eva.locator("#reply")).to_have_value("Von da auch.")
    assert not office.answers_to(status)
