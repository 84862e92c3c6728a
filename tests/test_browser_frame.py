"""A view in a frame elsewhere: title, unit, chart, one line of caution, sources and the way back; links leave it, its card does
not, and its host learns how tall it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard.layout import framed
from dashboard.text.embedding import LISTENER, SANDBOX
from tests.support import views
from tests.support.browsing import eventually
from tests.support.elsewhere import page_elsewhere

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

pytestmark = pytest.mark.browser
SMALL = "theme=effects&country=DK"
TALL = "document.documentElement.getBoundingClientRect().height"
VIEWS = (
    SMALL,
    "theme=drivers&country=DK~SE",
    "theme=drivers&lang=fi",
    "theme=drivers~collaboration&country=IS",
    "theme=effects&by=sector&country=DK~SE~NO",
    "theme=innovation&country=NO&lang=nb",
    "theme=collaboration&view=dots",
    "theme=collaboration&view=scale&lang=sv",
    "theme=effects&view=heat&lang=da",
    "theme=effects&view=change&lang=fi",
    "theme=conditions&country=NO~IS",
    "concept=innovative_workplaces&view=compare",
    "theme=conditions&view=compare&lang=fi",
    "theme=collaboration&view=compare&lang=fi",
    "theme=drivers&view=dots&lang=sv",
)
TABLES = (
    "theme=effects&country=DK&view=table",
    "theme=effects&view=table",
    "theme=collaboration&view=table&lang=da",
    "theme=innovation&country=SE~FI&view=table&lang=sv",
)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser says on the console of a page elsewhere."""
    return []


@pytest.fixture
def host(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    """A window for a page on another site."""
    with browser.new_context(
        locale="en-GB", timezone_id="UTC", viewport={"width": 1000, "height": 800}
    ) as context:
        context.set_default_timeout(20_000)
        opened = context.new_page()
        opened.on("console", lambda message: complaints.append(message.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened


def frame(server: str, query: str, sandbox: str | None = None, more: str = "") -> str:
    allowed = "" if sandbox is None else f' sandbox="{sandbox}"'
    address = f"{server}/embed?{query}".replace("&", "&amp;")
    return f'<iframe src="{address}{more}" width="100%" height="300" frameborder="0"{allowed}></iframe>'


def heights(page: Page) -> list[int]:
    return page.evaluate(
        "[...document.querySelectorAll('iframe')].map((each) => each.offsetHeight)"
    )


def taken(inside: Frame) -> int:
    """Pixels that the content of a frame takes."""
    return inside.evaluate(f"Math.ceil({TALL})")


@pytest.mark.parametrize(
    "viewport",
    [{"width": width, "height": 300} for width in (360, 600, 800)],
    indirect=True,
    ids=lambda size: str(size["width"]),
)
def test_a_framed_view_stands_alone(page: Page, viewport: dict[str, int]) -> None:
    page.goto("/embed?concept=innovative_workplaces&view=compare")
    expect(page.locator("#prerendered")).to_have_count(0)
    expect(page.locator("#content .main-svg").first).to_be_visible()
    for seen in ("h1", ".unit", ".strip", ".sources"):
        expect(page.locator(f"#content {seen}")).to_be_visible()
    links = [each for each in page.locator("a, button, summary").all() if each.is_visible()]
    assert [each.inner_text() for each in links] == [
        "Explore this on Innovation barometers side by side"
    ]
    expect(page.locator("#content .further:visible")).to_have_count(0)
    size = page.evaluate(
        "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )
    assert size[1] == viewport["width"]
    page.set_viewport_size({"width": viewport["width"], "height": size[0]})
    page.wait_for_timeout(500)
    after = page.evaluate(
        "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )
    assert after == [size[0], viewport["width"]], "a frame as tall as the view does not scroll"


@pytest.mark.parametrize(
    ("views_of", "scripts"), [(VIEWS, False), (TABLES, True)], ids=["charts", "tables"]
)
def test_the_height_in_the_code_is_that_of_the_view(
    browser: Browser, server: str, views_of: tuple[str, ...], scripts: bool
) -> None:
    wrong = []
    # What the first response shows of a chart is as tall as what the app draws, and stands at once; a script makes headings sort.
    with browser.new_context(java_script_enabled=scripts, locale="en-GB") as context:
        page = context.new_page()
        for query in views_of:
            page.goto(f"{server}/embed?{query}")
            if scripts:
                expect(page.locator("#content .figure-button").first).to_be_visible(timeout=20_000)
            for width in (700, 360, 320):
                page.set_viewport_size({"width": width, "height": 300})
                told = framed.height(views.context(query, public_url=server), width)
                real = page.evaluate(TALL)
                if not 0 <= told - real <= 24:
                    wrong.append((query, width, told, real))
    assert wrong == []


@pytest.mark.parametrize(
    "query", ["theme=conditions&view=scale", "theme=effects&view=scale&lang=fi"]
)
def test_a_frame_without_figures_shows_every_way_out(
    browser: Browser, server: str, query: str
) -> None:
    with browser.new_context(java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{server}/embed?{query}")
        for width in (700, 360, 320):
            page.set_viewport_size({"width": width, "height": 300})
            told = framed.height(views.context(query, public_url=server), width)
            assert told >= page.evaluate(TALL), width


def test_the_frame_on_another_site_shows_charts_and_their_source_only(
    server: str, host: Page, complaints: list[str]
) -> None:
    with page_elsewhere(frame(server, SMALL)) as address:
        host.goto(address)
        inside = host.frame_locator("iframe")
        expect(inside.locator("section#effects .main-svg").first).to_be_visible(timeout=20_000)
        expect(inside.locator("section#effects")).to_contain_text("Denmark, workplaces")
        expect(inside.get_by_text(re.compile("^Sources: Denmark"))).to_be_visible()
        link = inside.get_by_role("link", name=re.compile("^Explore this on"))
        assert link.get_attribute("href") == f"{server}/?{SMALL}"
        expect(inside.get_by_text(f"{server}/?{SMALL}", exact=True)).to_be_visible()
        for role in ("banner", "complementary", "navigation", "contentinfo"):
            expect(inside.get_by_role(role)).to_have_count(0)
        for part in ("details:not(.how)", ".buttons", ".tools", "fieldset", ".summary"):
            expect(inside.locator(part).locator("visible=true")).to_have_count(0)
        # The title of the view is that of the page.
        expect(inside.get_by_role("heading", level=1)).to_contain_text(
            "68% of innovative workplaces in Denmark report higher quality"
        )
        assert inside.locator("button").locator("visible=true").all_inner_texts() == []
        assert host.context.cookies() == []
    assert complaints == []


def test_frames_on_one_page_follow_their_content(
    server: str, host: Page, complaints: list[str]
) -> None:
    """One of them may not have its origin, as in WordPress: the first response stays, and tells its height too."""
    bound = frame(server, f"{SMALL}&view=heat", "allow-scripts", "#?secret=abcDEF1234")
    stranger = '<iframe srcdoc="" width="100%" height="222" frameborder="0"></iframe>'
    heard = "<script>heard = []; addEventListener('message', (event) => heard.push(event.data))</script>"
    body = heard + frame(server, SMALL) + bound + stranger + LISTENER * 2
    with page_elsewhere(body) as address:
        host.goto(address)
        # Frames are listed as they arrive.
        first, second = (host.frame(url=re.compile(end)) for end in ("country=DK$", "#"))
        for width in (1000, 400):
            host.set_viewport_size({"width": width, "height": 1200})
            eventually(host, lambda: heights(host)[:2] == [taken(first), taken(second)], True)
        expect(first.locator("#content .main-svg").first).to_be_visible()
        assert heights(host)[2] == 222
        expect(second.locator("#prerendered .drawn").locator("visible=true")).to_have_count(1)
        told = host.evaluate("heard.filter((each) => each.message === 'height').at(-1)")
        assert told == {"message": "height", "value": heights(host)[1], "secret": "abcDEF1234"}
        kinds = {type(each["height"]) for each in host.evaluate("heard") if "height" in each}
        assert kinds == {int}
    assert complaints == []


def open_card(host: Page, inside: Frame) -> None:
    inside.locator("#content .points path").last.click(
        force=True
    )  # plotly.js listens in front of its marks
    expect(inside.locator(".modal .quote")).to_be_visible()


def test_the_card_opens_in_sight_and_its_links_leave_the_frame(
    server: str, host: Page, complaints: list[str]
) -> None:
    # A low chart, which the card with all that it unfolds is taller than.
    with page_elsewhere(frame(server, "theme=barriers&country=DK", SANDBOX) + LISTENER) as address:
        host.goto(address)
        inside = host.frames[1]
        expect(inside.locator("#content .main-svg").first).to_be_visible()
        eventually(host, lambda: heights(host) == [taken(inside)], True)
        closed = heights(host)
        open_card(host, inside)
        expect(inside.locator(".modal-title")).to_be_in_viewport()
        folded = heights(host)
        for summary in inside.locator(".card-fold > summary").all():
            summary.click()
        eventually(host, lambda: heights(host) > folded, True)
        inside.get_by_role("button", name="Copy sentence").click()
        expect(inside.get_by_role("button", name="Copied")).to_be_visible()
        own = host.frames[1].url
        host.context.route(re.compile("^https:"), lambda route: route.fulfill(body="a source"))
        for link in (
            inside.locator(".card-source a, .facts a").first,
            inside.get_by_role("link", name=re.compile("^Explore this on")),
        ):
            with host.context.expect_page() as opened:
                link.click()
            opened.value.wait_for_load_state()
            assert "chrome-error" not in opened.value.url
            opened.value.close()
            if inside.locator(".modal").count():
                host.keyboard.press("Escape")
                expect(inside.locator(".modal")).to_have_count(0)
        assert host.frames[1].url == own
        eventually(host, lambda: heights(host), closed)
    assert complaints == []


def test_the_page_itself_is_not_framed_elsewhere(server: str, host: Page) -> None:
    with page_elsewhere(f'<iframe src="{server}/?{SMALL}"></iframe>') as address:
        host.goto(address)
        expect(host.frame_locator("iframe").locator("section")).to_have_count(0)
        assert [each.url for each in host.frames if each != host.main_frame] == [
            "chrome-error://chromewebdata/"
        ]
