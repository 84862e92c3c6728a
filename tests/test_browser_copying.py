"""Buttons that copy: clicked twice, refused, without https, with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

VIEW = "/?theme=effects&country=DK&lang=en"
REFUSED = "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))"
NEVER = "navigator.clipboard.writeText = () => new Promise(() => {})"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
NOTHING_WORKS = f"{REFUSED}; document.execCommand = () => false"


def _opened(page: Page, server: str, before: str = "") -> Locator:
    if before:
        page.add_init_script(before)
    page.goto(f"{server}{VIEW}")
    page.wait_for_selector("body:not(.prerendered) #content .main-svg")
    return page.locator(".tools .copy-link")


def test_a_button_has_its_own_text_again_however_often_it_is_clicked(
    page: Page, server: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = _opened(page, server)
    own = button.text_content()
    button.dblclick()
    button.click()
    expect(button).to_have_text("Link copied")
    expect(button).to_have_text(own or "", timeout=4_000)
    page.wait_for_timeout(2_500)
    expect(button).to_have_text(own or "")
    assert page.evaluate("navigator.clipboard.readText()") == f"{server}{VIEW}"


@pytest.mark.parametrize(
    "before", [REFUSED, NEVER, NO_CLIPBOARD], ids=["refused", "unanswered", "without https"]
)
def test_what_the_clipboard_refuses_is_copied_the_old_way_and_the_focus_stays(
    page: Page, server: str, before: str
) -> None:
    button = _opened(page, server, before)
    button.focus()
    page.evaluate(
        "document.addEventListener('copy', () => { window.took = document.activeElement.value; })"
    )
    page.keyboard.press("Enter")
    expect(button).to_have_text("Link copied")
    assert page.evaluate("window.took") == f"{server}{VIEW}"
    expect(button).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".tools a").first).to_be_focused()


def test_what_cannot_be_copied_stands_there_selected(page: Page, server: str) -> None:
    button = _opened(page, server, NOTHING_WORKS)
    button.click()
    expect(button).to_have_text("Could not be copied; select it here")
    field = page.locator(".to-copy")
    expect(field).to_be_focused()
    expect(field).to_have_value(f"{server}{VIEW}")
    assert page.evaluate("document.activeElement.selectionEnd") == len(f"{server}{VIEW}")
    button.click()
    expect(page.locator(".to-copy")).to_have_count(1)
