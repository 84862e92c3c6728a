"""What a worker keeps is bounded in bytes, whatever readers ask for; and what is kept is what would be made anew."""

from __future__ import annotations

import functools
import gc
from dataclasses import replace
from itertools import product

import pytest
from flask.testing import FlaskClient

from dashboard.dataset import load
from dashboard.render import Kept
from dashboard.selection import LANGUAGES
from dashboard.settings import Settings
from dashboard.web import answers, app, site
from dashboard.web.static import serve

ROOM = 400_000
LOOKS = ("", "&look=dark", "&look=light")
TEXTS = ("/method", "/countries", "/country/dk", "/country/no", "/nowhere")


@pytest.fixture(scope="module")
def small() -> app.Build:
    """A site that has room for a page or two."""
    read = replace(app.read_site(Settings(), load(Settings().data)), pages=Kept(ROOM))
    build = app.begin(read)
    for step in app.STEPS:
        step(build)
    return build


def ask(client: FlaskClient, languages: tuple[str, ...], looks: tuple[str, ...]) -> dict[str, str]:
    """Address -> page, of texts and a refusal."""
    found = {}
    for path, language, look in product(TEXTS, languages, looks):
        address = f"{path}{'&' if '?' in path else '?'}lang={language}{look}"
        found[address] = client.get(address).text
    return found


def unbounded() -> list[functools._lru_cache_wrapper]:
    """What keeps values without a bound, of this site and of any other in the process."""
    return [
        each
        for each in gc.get_objects()
        if isinstance(each, functools._lru_cache_wrapper)
        and str(getattr(each, "__module__", "")).startswith("dashboard")
        and each.cache_info().maxsize is None
    ]


def sizes(caches: list[functools._lru_cache_wrapper]) -> list[tuple[str, int]]:
    """The name of each cache and how many values it keeps."""
    return [
        (f"{each.__module__}.{each.__qualname__}", each.cache_info().currsize) for each in caches
    ]


def test_pages_take_no_more_than_their_room_and_stay_what_they_are(small):
    client = small.flask.test_client()
    first = ask(client, LANGUAGES[:2], LOOKS)
    assert 0 < small.site.pages.taken <= ROOM
    assert sum(map(len, first.values())) > 3 * ROOM
    assert ask(client, LANGUAGES[:2], LOOKS) == first
    client.get("/?theme=drivers&country=DK")
    assert 0 < small.site.pages.taken <= ROOM


def test_only_languages_add_to_what_is_kept_without_a_bound(small):
    client = small.flask.test_client()
    ask(client, LANGUAGES, LOOKS[:1])
    caches = unbounded()
    before = sizes(caches)
    assert before
    ask(client, LANGUAGES, LOOKS[1:])
    assert sizes(caches) == before


def test_all_that_readers_fill_is_less_than_a_small_server_has():
    rooms = site.PICTURES + site.PAGES + answers.ROOM + serve.COMPRESSED
    assert rooms <= 24 * 2**20
