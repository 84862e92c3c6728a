"""Words of every language fit what they stand in: longer ones than English has, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard.selection import LANGUAGES
from tests.support.browsing import expect_app

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WINDOWS = [{"width": 1280, "height": 900}, {"width": 360, "height": 740}]
BROKEN = """(() => {
    const WORDED = "button, a, legend, label, summary, th, h1, h2, h3, .count, .choice, .btn, .nav-link";
    const SCROLLERS = ["auto", "scroll"];
    const wide = document.documentElement.clientWidth;
    const found = [];
    const scrolls = (node) => SCROLLERS.includes(getComputedStyle(node).overflowX);
    const within = (node, test) => { for (let at = node; at; at = at.parentElement) { if (test(at)) { return true; } } return false; };
    const block = (node) => (getComputedStyle(node.parentElement).display === "inline" ? block(node.parentElement) : node.parentElement);
    const said = (node) => `<${node.localName} class="${node.className}"> ${node.textContent.trim().slice(0, 60)}`;
    const tell = (what, node) => found.push(`${what}: ${said(node)}`);
    const dialog = document.querySelector(".modal.show");
    for (const node of (dialog || document.body).querySelectorAll(WORDED)) {
        const box = node.getBoundingClientRect();
        const style = getComputedStyle(node);
        const folded = !node.checkVisibility();
        const unseen = folded || box.width < 2 || style.visibility === "hidden" || style.clipPath !== "none" || box.bottom < 0;
        if (unseen || within(node, (at) => at.matches(".skip, .visually-hidden, svg, [aria-hidden=true]"))) { continue; }
        if (style.display !== "inline" && node.scrollWidth > node.clientWidth + 1 && !scrolls(node)) { tell("cut", node); }
        if (within(node.parentElement, scrolls)) { continue; }
        const place = block(node).getBoundingClientRect();
        if (box.right > place.right + 1 || box.left < place.left - 1) { tell("sticks out", node); }
        if (box.right > wide + 1 || box.left < -1) { tell("outside the window", node); }
    }
    if (document.documentElement.scrollWidth > wide + 1) { found.push(`the page is ${document.documentElement.scrollWidth} wide`); }
    return found;
})()"""


def scenes(page: Page, language: str) -> Iterator[str]:
    """Name of each thing a reader of the language can have before the eyes, once it is there."""
    for name, query in (
        ("opening", ""),
        ("table", "theme=effects&country=DK&view=table&"),
        ("nothing", "theme=effects&country=NL&"),
    ):
        # What closed last leaves the address by a step back, which would end a navigation that has begun meanwhile.
        page.wait_for_timeout(300)
        page.goto(f"/?{query}lang={language}")
        expect_app(page)
        yield name
        if name == "opening":
            yield from opened(page, "[data-embed]", "embed dialog")
            page.locator("#content .offer > summary").first.click()
            yield "opening, pictures on offer"
            page.keyboard.press("Escape")
            for summary in page.locator("#content .folds").first.locator("summary").all():
                summary.click()
            yield "opening, folds open"
            for opens in ("country", "more", "display"):
                page.locator(f"#{opens}-filter > summary").click()
                page.locator(f"#{opens}-filter .panel").wait_for()
                settled(page)
                yield f"{opens} open"
                page.keyboard.press("Escape")
        if name == "table":
            yield from opened(page, ".figure-button", "card")
    page.wait_for_timeout(300)
    for path in ("/countries", "/country/no", "/sources", "/method", "/accessibility", "/search"):
        page.goto(f"{path}?lang={language}")
        yield path


def opened(page: Page, button: str, name: str) -> Iterator[str]:
    page.locator(button).first.click()
    expect(page.locator(".modal.show .modal-body > *").first).to_be_visible()
    settled(page)
    yield name
    page.keyboard.press("Escape")
    expect(page.locator(".modal")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("figure="))


WIDEST = """new Promise((done) => {
    let widest = 0;
    const until = performance.now() + 300;
    const look = () => {
        widest = Math.max(widest, document.documentElement.scrollWidth);
        performance.now() < until ? requestAnimationFrame(look) : done(widest);
    };
    document.querySelector("#display-filter > summary").click();
    look();
})"""


def settled(page: Page) -> None:
    """Wait until what opened has been placed and has come to rest."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate(
        "Promise.allSettled(document.getAnimations().map((animation) => animation.finished))"
    )


SOUND = """<button>Gem</button><p><a href="#">En længere tekst, der gerne må brydes</a></p><legend>Lande</legend>
    <div style="width: 100px; overflow-x: auto"><table style="width: 300px"><th>Oplysninger</th></table></div>"""
UNSOUND = {
    "cut": '<button style="width: 40px; overflow: hidden; white-space: nowrap">Innovationsbarometre</button>',
    "sticks out": '<div style="width: 60px"><label style="display: block; width: 90px">Lande</label></div>',
    "outside the window": '<h2 style="position: fixed; left: 1200px; width: 200px">Lande</h2>',
    "the page": '<p style="width: 2000px">x</p>',
}


@pytest.mark.parametrize("fault", UNSOUND)
def test_what_does_not_fit_is_found_and_nothing_else(page: Page, fault: str) -> None:
    page.set_content(SOUND)
    assert page.evaluate(BROKEN) == []
    page.set_content(SOUND + UNSOUND[fault])
    assert any(each.startswith(fault) for each in page.evaluate(BROKEN))


@pytest.mark.parametrize("viewport", WINDOWS[1:], indirect=True, ids=["360"])
def test_what_opens_at_the_right_edge_is_never_outside_the_window(
    page: Page, viewport: dict[str, int]
) -> None:
    page.goto("/?lang=da")
    expect_app(page)
    assert page.evaluate(WIDEST) == viewport["width"]


@pytest.mark.parametrize("viewport", WINDOWS, indirect=True, ids=["1280", "360"])
def test_no_word_is_cut_or_sticks_out(page: Page, viewport: dict[str, int]) -> None:
    found = [
        f"{language}, {name}: {fault}"
        for language in LANGUAGES
        for name in scenes(page, language)
        for fault in page.evaluate(BROKEN)
    ]
    assert not found, "\n".join(found)
