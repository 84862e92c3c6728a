"""What a reader takes away and brings back, in a real browser: pictures dropped, the archive, code to embed."""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browsing import (
    address,
    chart,
    eventually,
    expect_query,
    menu_item,
    open_view,
    saved,
)
from tests.support.pictured import foreign
from tests.support.server import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SMALL = "theme=effects&country=DK"
NOISE = re.compile(
    r"Failed to load resource: (the server responded with a status of 4(00|13)|net::ERR_FAILED)"
)
"""What Chromium itself says on the console of an answer that refuses, and of none."""
DROP = """([content, more]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const dropped = new DataTransfer();
    dropped.items.add(new File([bytes, new Uint8Array(more)], "picture.png", {type: "image/png"}));
    return dropped;
}"""


@pytest.fixture
def refusing(browser: Browser, server: str) -> Iterator[Page]:
    """A page as in ``page``, where the server may refuse something: Chromium then complains by itself, which no script can stop."""
    complaints: list[str] = []
    context = browser.new_context(
        base_url=server, locale="en-GB", timezone_id="UTC", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    yield opened
    context.close()
    assert [text for text in complaints if not NOISE.match(text)] == []


def drop(page: Page, content: bytes, more: int = 0) -> None:
    """Drag a file over the page and let it go; ``more`` zero bytes stand at its end."""
    dropped = page.evaluate_handle(DROP, [base64.b64encode(content).decode(), more])
    page.dispatch_event("main", "dragover", {"dataTransfer": dropped})
    expect(page.locator(".drop")).to_be_visible()
    page.dispatch_event("main", "drop", {"dataTransfer": dropped})
    expect(page.locator(".drop")).to_be_hidden()


def served_picture(server: str, query: str) -> bytes:
    answer = Site(server).ask(f"/chart.png?{query}&size=og")
    assert answer.status == 200
    return answer.body


# --- Pictures that come back ---


def test_a_dropped_picture_restores_its_view(page: Page, server: str) -> None:
    open_view(page, SMALL)
    drop(page, served_picture(server, "theme=drivers&country=SE&view=dots"))
    expect_query(page, "theme=drivers&country=SE&view=dots")
    expect(chart(page, "drivers")).to_contain_text("Driven by users’ needsRegionalSweden 76%")
    expect(chart(page, "drivers")).not_to_contain_text("Denmark")
    expect(page.locator("section#effects")).to_have_count(0)
    page.go_back()
    expect(chart(page, "effects")).to_contain_text("Denmark, workplaces")


def test_a_picture_opened_by_the_button_restores_its_view(page: Page, server: str) -> None:
    open_view(page, SMALL)
    with page.expect_file_chooser() as waiting:
        page.get_by_role("button", name="Open a saved picture").click()
    waiting.value.set_files(
        {
            "name": "x.png",
            "mimeType": "image/png",
            "buffer": served_picture(server, "theme=drivers&country=SE"),
        }
    )
    expect_query(page, "theme=drivers&country=SE")


@pytest.mark.parametrize("button", ["Slide (PNG)", "As on screen (PNG)"])
def test_a_picture_that_the_page_saved_restores_its_view(refusing: Page, button: str) -> None:
    """The page promises it: "Saved pictures reopen their view"."""
    open_view(refusing, SMALL)
    _, path = saved(refusing, menu_item(refusing, "Picture", button).click)
    content = path.read_bytes()
    open_view(refusing, "theme=drivers&country=SE")
    drop(refusing, content)
    eventually(refusing, lambda: address(refusing), SMALL, seconds=3)


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (foreign(), 0, "it was not saved here"),
        (b"MZ no picture", 0, "not a PNG picture"),
        (foreign()[:-8], 0, "cut off"),
        (foreign(), 21 * 2**20, "too large"),
    ],
    ids=["foreign", "no picture", "cut off", "too large"],
)
def test_a_picture_from_elsewhere_gets_a_message(
    refusing: Page, content: bytes, more: int, said: str
) -> None:
    open_view(refusing, SMALL)
    drop(refusing, content, more)
    expect(refusing.get_by_role("alert")).to_contain_text(said)
    expect(refusing.get_by_role("alert")).to_be_in_viewport()
    assert address(refusing) == SMALL
    expect(chart(refusing, "effects")).to_contain_text("Denmark, workplaces")


def test_a_picture_that_cannot_be_sent_gets_a_message(refusing: Page) -> None:
    open_view(refusing, SMALL)
    refusing.route("**/picture", lambda route: route.abort())
    drop(refusing, foreign())
    expect(refusing.locator("#picture-message")).not_to_be_empty(timeout=3_000)


# --- The archive ---


def test_the_archive_tells_its_progress_and_arrives(page: Page) -> None:
    open_view(page, "theme=effects~strategy&country=DK~NO")
    held = Held(page)
    with page.expect_download() as waiting:
        page.locator(".tools").get_by_role("link", name="Everything (ZIP)").click()
        dialog = page.get_by_role("dialog", name="Making the archive").or_(
            page.locator("dialog[open]")
        )
        expect(dialog).to_be_visible()
        expect(dialog.get_by_role("progressbar", name="Progress")).to_be_visible()
    expect(page.locator("#bundle-dialog")).to_be_hidden()
    assert re.fullmatch(r"innovation-barometer_[\w.-]+\.zip", waiting.value.suggested_filename)
    with zipfile.ZipFile(Path(waiting.value.path())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert "figures.csv" in names
    # Two steps that arrive together show only the second.
    indices = [names.index(step) for step, _ in held.steps()]
    assert indices == sorted(indices)
    assert indices[-1] == len(names) - 1
    assert len(set(indices)) > 1
    assert [done for _, done in held.steps()] == indices


class Held:
    """Notes what the dialog of the archive shows, each time it changes."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.evaluate(
            """() => {
                const step = document.getElementById("bundle-step"), bar = document.getElementById("bundle-progress");
                window.heldSteps = [];
                new MutationObserver(() => { if (step.textContent) window.heldSteps.push([step.textContent, bar.value]); })
                    .observe(step, {childList: true, characterData: true, subtree: true});
            }"""
        )

    def steps(self) -> list[tuple[str, float]]:
        return [tuple(each) for each in self._page.evaluate("window.heldSteps")]


def test_cancel_closes_the_dialog_and_stops_the_work(page: Page) -> None:
    downloads: list[object] = []
    failed: list[str] = []
    page.on("download", lambda download: downloads.append(download))
    page.on("requestfailed", lambda request: failed.append(request.url))
    open_view(page, "theme=drivers~collaboration~effects~innovation~strategy&country=DK~NO")
    dialog = page.locator("#bundle-dialog")
    ways = (
        dialog.get_by_role("button", name="Cancel").click,
        lambda: page.keyboard.press("Escape"),
    )
    for number, cancel in enumerate(ways, start=1):
        page.locator(".tools").get_by_role("link", name="Everything (ZIP)").click()
        expect(dialog).to_be_visible()
        cancel()
        expect(dialog).to_be_hidden()
        eventually(page, lambda: ["/bundle" in url for url in failed], [True] * number)
    page.wait_for_timeout(300)
    assert downloads == []


# --- Embed and cite ---


def test_embed_and_cite_gives_pinned_and_live_code_to_copy(page: Page, server: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_view(page, SMALL)
    page.get_by_role("button", name="Embed and cite").click()
    dialog = page.get_by_role("dialog", name=re.compile("^Embed and cite: Effects"))
    expect(dialog).to_be_visible()
    codes = dialog.locator("pre").all_inner_texts()
    assert len(codes) == 5
    live = [code for code in codes if "release=" not in code]
    assert [re.search(r'src="([^"]*)"', code)[1] for code in live] == [
        f"{server}/embed?theme=effects&amp;country=DK&amp;lang=en"
    ]
    for number, code in enumerate(codes):
        button = dialog.get_by_role("button", name=re.compile("^(Copy|Copied)$")).nth(number)
        button.click()
        expect(button).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == code
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
