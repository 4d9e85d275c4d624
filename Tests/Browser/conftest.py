"""Where the samples lie and which browser looks at them.

SCHALTER_SAMPLES names the folder that the test “samples are written for the browser” of WebTests filled;
SCHALTER_SHOTS, where it is set, a folder for screenshots.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from desk_stub import DeskStub


@pytest.fixture(scope="session")
def samples() -> Path:
    folder = Path(os.environ["SCHALTER_SAMPLES"])
    assert (folder / "de").is_dir(), "WebTests has not written its samples"
    return folder


@pytest.fixture(scope="session")
def shots() -> Path | None:
    if "SCHALTER_SHOTS" not in os.environ:
        return None
    folder = Path(os.environ["SCHALTER_SHOTS"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def desk(samples):
    desk = DeskStub(samples)
    yield desk
    desk.break_streams()
    desk.shutdown()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda line: line.type == "error" and "503" not in line.text and page.faults.append(line.text))
    yield page
    context.close()
    assert page.faults == []
