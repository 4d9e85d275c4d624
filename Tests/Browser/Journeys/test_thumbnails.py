"""A small picture in the row, never unasked where its writer warns of it."""

import base64

from playwright.sync_api import expect
from survival import ROOT, eventually

BYTES = (ROOT / "Sources/Web/Assets/icons/app-192.png").read_bytes()
PICTURE = [{"type": "image", "description": "Ein Schlagloch", "bytes_base64": base64.b64encode(BYTES).decode()}]


def asks_with_picture(office, text, **more):
    path, _ = office.is_asked(text, media=PICTURE, **more)
    number = path.rsplit("/", 1)[-1]
    eventually("the picture is here", lambda: office.desk.query(
        f"SELECT 1 FROM media JOIN message ON message.id = media.message_id WHERE conversation_id = {number} AND media.state = 'stored'"))
    return number


def test_a_row_shows_the_picture_beside_its_words_and_is_no_higher_for_it(office, browsers):
    plain = office.is_asked("Ohne Bild: wo ist das Schlagloch?")[0].rsplit("/", 1)[-1]
    shown = asks_with_picture(office, "Mit Bild: hier ist das Schlagloch!")
    warned = asks_with_picture(office, "Mit Warnung: hier ist etwas.", spoiler_text="Unfall")
    sensitive = asks_with_picture(office, "Heikel: hier ist noch etwas.", raw={"sensitive": True})
    for size in ({"width": 1366, "height": 768}, {"width": 390, "height": 844}):
        eva = office.comes_in(browsers.page(viewport=size), "Eva Probe")
        eva.goto(f"{office.base}/inbox?view=open")
        picture = eva.locator(f"#conversation-{shown} .thumbnail")
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_attribute("alt", "")
        eventually("it is loaded", lambda: picture.evaluate("image => image.complete && image.naturalWidth > 0"))
        expect(eva.locator(f"#conversation-{shown}")).to_contain_text("1 Bild")
        box = picture.bounding_box()
        assert box["width"] == box["height"] == 40
        height = [eva.locator(f"#conversation-{number}").bounding_box()["height"] for number in (plain, shown)]
        assert height[0] == height[1], height
        for number in (warned, sensitive):
            expect(eva.locator(f"#conversation-{number} .thumbnail")).to_have_count(0)
            expect(eva.locator(f"#conversation-{number}")).to_contain_text("1 Anhang" if number == sensitive else "Inhaltswarnung")
