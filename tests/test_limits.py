"""What one client may have made within a minute: who is one client, what counts, and what is said beyond."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from dashboard.settings import Settings
from dashboard.web.limits import Limits, client
from tests.support.files import SMALL, Pen
from tests.test_workshop import desk

SENTENCES = {
    "en": "Many new files have been asked for from your address; please try again in a minute.\n",
    "da": "Der er bedt om mange nye filer fra din adresse; prøv igen om et minut.\n",
}


def ask(flask: Flask, path: str, address: str = "192.0.2.1", forwarded: str = "") -> TestResponse:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return flask.test_client().get(path, headers=headers, environ_base={"REMOTE_ADDR": address})


def limited(a_minute: int = 2, proxies: int = 0) -> tuple[Flask, Pen]:
    pen = Pen()
    return desk(pen, Settings(drawings=a_minute, proxies=proxies))[0], pen


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize(
    "path", ["/chart.png", "/slides.pptx", "/data.xlsx", "/view.zip", "/bundle"]
)
def test_who_has_had_enough_made_is_told_when_to_ask_again(path: str, language: str) -> None:
    flask, pen = limited()
    for theme in ("drivers", "innovation"):
        assert ask(flask, f"/chart.svg?theme={theme}&country=DK").status_code == 200
    answer = ask(flask, f"{path}?{SMALL}&lang={language}")
    assert (answer.status_code, answer.mimetype) == (429, "text/plain")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.text == SENTENCES[language]
    assert len(pen.asked) == 2


def test_what_is_kept_counts_for_nobody() -> None:
    flask, pen = limited(a_minute=1)
    for _ in range(30):
        assert ask(flask, f"/chart.svg?{SMALL}").status_code == 200
    assert len(pen.asked) == 1
    assert ask(flask, f"/chart.svg?{SMALL}&view=dots").status_code == 429
    # For another client it is drawn, and the first one gets it then.
    assert ask(flask, f"/chart.svg?{SMALL}&view=dots", "192.0.2.2").status_code == 200
    assert ask(flask, f"/chart.svg?{SMALL}&view=dots").status_code == 200


def test_figures_as_csv_and_json_are_not_counted() -> None:
    flask, _ = limited(a_minute=1)
    for path in ("/data.csv", "/data.json") * 3:
        assert ask(flask, f"{path}?{SMALL}").status_code == 200
    assert ask(flask, f"/chart.svg?{SMALL}").status_code == 200


def test_larger_pictures_count_for_more() -> None:
    made = []
    for scale in (1, 4):
        flask, pen = limited(a_minute=20)
        for country in ("DK", "SE", "NO", "IS", "FI", "DK~SE", "DK~NO", "SE~NO", "NO~IS", "DK~FI"):
            ask(flask, f"/chart.png?theme=innovation&country={country}&scale={scale}")
        made.append(len(pen.asked))
    assert made[0] > 2 * made[1] > 0


def test_what_counts_more_than_a_minute_allows_can_be_had_alone() -> None:
    flask, _ = limited(a_minute=1)
    assert ask(flask, f"/slides.pptx?{SMALL}").status_code == 200


def test_without_a_limit_nothing_is_counted() -> None:
    flask, _ = limited(a_minute=0)
    for view in ("bars", "dots", "heat"):
        assert ask(flask, f"/chart.svg?{SMALL}&view={view}").status_code == 200


# --- Who is one client ---


def asks_as(proxies: int, address: str, forwarded: str) -> str:
    """Whom a site behind so many proxies takes for the client."""
    flask = Flask("door")
    flask.add_url_rule("/", view_func=client)
    Limits(1, proxies=proxies).install(flask)
    return ask(flask, "/", address, forwarded).text


@pytest.mark.parametrize(
    ("proxies", "address", "forwarded", "known_as"),
    [
        (0, "192.0.2.1", "", "192.0.2.1"),
        (0, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (1, "10.0.0.1", "198.51.100.7", "198.51.100.7"),
        (1, "10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        # Fewer than there are proxies: whoever asked is not behind all of them.
        (2, "10.0.0.1", "198.51.100.7", "10.0.0.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        (1, "10.0.0.1", "[2001:db8::7]:4711", "2001:db8::/64"),
        (1, "10.0.0.1", "<script>", "unknown"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "2001:db8:1:2:ffff::1", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
    ],
)
def test_the_client_is_who_asked_the_first_trusted_proxy(
    proxies: int, address: str, forwarded: str, known_as: str
) -> None:
    assert asks_as(proxies, address, forwarded) == known_as


def test_nobody_gets_another_share_by_a_header() -> None:
    flask, pen = limited(a_minute=1)
    answers = [
        ask(flask, f"/chart.svg?theme={theme}&country=DK", forwarded=f"198.51.100.{at}").status_code
        for at, theme in enumerate(("drivers", "effects", "innovation"))
    ]
    assert answers == [200, 429, 429]
    assert len(pen.asked) == 1


def test_readers_behind_a_proxy_are_told_apart_and_a_forgotten_setting_is_logged_once(
    lines: list[dict],
) -> None:
    known, _ = limited(a_minute=1, proxies=1)
    unknown, _ = limited(a_minute=1)
    themes = ("drivers", "effects", "innovation")
    asked = [
        (f"/chart.svg?theme={each}&country=DK", f"198.51.100.{at}")
        for at, each in enumerate(themes)
    ]
    assert [ask(known, path, "10.0.0.1", by).status_code for path, by in asked] == [200] * 3
    assert lines == []
    assert [ask(unknown, path, "10.0.0.1", by).status_code for path, by in asked] == [200, 429, 429]
    assert [(line["event"], line["setting"]) for line in lines] == [("proxy", "BAROMETER_PROXIES")]
