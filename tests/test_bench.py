"""What `make bench` makes of what it measures: medians, ratios, verdicts, and dashes with their reason."""

from __future__ import annotations

import cProfile
import json
import pathlib
import random
import sys
import time
from typing import TYPE_CHECKING

import dash
import pytest

import dashboard.query
import dashboard.settings
from benchmarks import changes, profile, report, service, steps
from benchmarks.browser import Traffic
from benchmarks.peers.registry import PeerUnavailable
from benchmarks.processes import NotStarted, ended, free_port, last_line, started
from benchmarks.results import AS_IT_COMES, BEHIND_NGINX, Key, Missing, Results, Target
from benchmarks.sides import FLOOR, OURS, PEERS, Page, Side
from benchmarks.targets import TARGETS

if TYPE_CHECKING:
    from pathlib import Path

FIRST = steps.VISIT[0]


@pytest.fixture
def results() -> Results:
    """Three sides of one measure, and one that could not be started."""
    made = Results()
    made.add(Key(FIRST), 130, 110, 900)
    made.add(Key(FIRST, FLOOR), 100)
    made.add(Key(FIRST, "panel"), 400, 600)
    made.fail([Key(FIRST, "vizro")], "Vizro could not be installed: no network")
    return made


def test_a_figure_is_the_median(results: Results) -> None:
    assert results.value(Key(FIRST)) == 130
    assert results.value(Key(FIRST, "panel")) == 500


def test_a_figure_that_is_not_there_has_a_reason(results: Results) -> None:
    assert results.value(Key(FIRST, "vizro")) == Missing("Vizro could not be installed: no network")
    assert results.value(Key(FIRST, OURS, BEHIND_NGINX)) == Missing("not measured")


def test_a_failure_takes_nothing_away_that_was_measured(results: Results) -> None:
    results.fail([Key(FIRST)], "the page went away")
    assert results.value(Key(FIRST)) == 130


@pytest.mark.parametrize(
    ("target", "ratio", "met"),
    [
        (Target(Key(FIRST), "", 130), None, True),
        (Target(Key(FIRST), "", 129), None, False),
        (Target(Key(FIRST), "", 130, least=True), None, True),
        (Target(Key(FIRST), "", 131, least=True), None, False),
        (Target(Key(FIRST), "", 1.3, (FLOOR,)), 1.3, True),
        (Target(Key(FIRST), "", 1.2, (FLOOR,)), 1.3, False),
        (Target(Key(FIRST), "", 0.26, ("vizro", "panel")), 0.26, True),
        (Target(Key(FIRST), "", 0.25, ("vizro", "panel")), 0.26, False),
    ],
)
def test_a_target_is_met_at_its_limit(
    results: Results, target: Target, ratio: float | None, met: bool
) -> None:
    verdict = results.verdict(target)
    assert (verdict.ratio, verdict.met) == (ratio, met)


def test_what_cannot_be_compared_is_not_judged(results: Results) -> None:
    verdict = results.verdict(Target(Key(FIRST), "", 0.35, ("vizro",)))
    assert verdict.value == 130
    assert verdict.ratio == Missing("Vizro could not be installed: no network")
    assert verdict.met is None
    assert results.verdict(Target(Key("nothing"), "", 1)).met is None


def test_results_are_read_as_they_were_written(results: Results, tmp_path: Path) -> None:
    results.facts["date"] = "today"
    results.shares["start"] = "imports 60 %"
    results.write(tmp_path / "results.json")
    assert Results.read(tmp_path / "results.json") == results


def test_a_dash_names_its_reason(results: Results) -> None:
    text = report.report(results, TARGETS, {FLOOR: "Floor", "vizro": "Vizro"})
    row = next(line for line in text.splitlines() if line.startswith(f"| {FIRST} | ms | 130 "))
    dash = row.split(" | ")[4]
    assert dash.startswith(report.DASH)
    assert (
        f"- {dash.removeprefix(report.DASH).strip()} Vizro could not be installed: no network"
        in text
    )


def test_every_target_is_judged_in_the_report(results: Results) -> None:
    text = report.report(results, TARGETS, {})
    assert sum(text.count(f" | {target} | ") for target in {each.text for each in TARGETS}) == len(
        TARGETS
    )
    assert "≤ 1.4 × floor | 130 | 1.30 | met |" in text
    assert "0.35 × best peer's first chart" in text


def test_the_report_goes_between_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    path.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\n\nafter\n", encoding="utf-8")
    report.put(path, "new")
    assert (
        path.read_text(encoding="utf-8")
        == f"before\n{report.BEGIN}\n\nnew\n\n{report.END}\n\nafter\n"
    )
    path.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match=r"performance\.md has no place for the report"):
        report.put(path, "new")


def test_a_peer_that_cannot_start_leaves_dashes_and_the_run_goes_on(tmp_path: Path) -> None:
    def serve(_way: str) -> None:
        raise PeerUnavailable("Panel could not be installed: no such version")

    bench = steps.Bench(tmp_path, 1, 1, 1, 1)
    page = Page("panel", "/", "label")
    step = bench.pages(Side("panel", "Panel", "1", (page,), serve), AS_IT_COMES)
    bench.attempt(step.keys, step.run)
    reason = Missing("Panel could not be installed: no such version")
    assert {Key(FIRST, "panel"), Key(steps.CLICK, "panel")} <= set(step.keys)
    assert {bench.results.value(key) == reason for key in step.keys} == {True}


def test_a_failure_that_nobody_foresaw_is_named_by_its_kind(tmp_path: Path) -> None:
    bench = steps.Bench(tmp_path, 1, 1, 1, 1)
    bench.attempt([Key("start")], lambda: 1 / 0)
    assert bench.results.value(Key("start")) == Missing("ZeroDivisionError: division by zero")


def test_what_fails_while_a_run_is_stopped_is_no_result(tmp_path: Path) -> None:
    bench = steps.Bench(tmp_path, 1, 1, 1, 1, stopped=True)
    with pytest.raises(KeyboardInterrupt):
        bench.attempt([Key("start")], lambda: 1 / 0)
    assert not bench.results.missing


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no such release')"]
    with (
        pytest.raises(NotStarted, match="did not start: no such release"),
        started(command, {}, free_port(), "/", tmp_path / "log"),
    ):
        pass


def test_a_server_is_ended_with_what_it_started(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind=127.0.0.1"]
    with started(command, {}, port, "/", tmp_path / "log") as process:
        assert process.poll() is None
    assert process.poll() is not None


def test_a_program_that_takes_too_long_is_ended_with_what_it_started(tmp_path: Path) -> None:
    told = tmp_path / "child"
    child = "import time; time.sleep(600)"
    code = (
        "import pathlib, subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {child!r}])\n"
        f"pathlib.Path({str(told)!r}).write_text(str(child.pid))\n"
        "print('begun', flush=True)\n"
        "time.sleep(600)\n"
    )
    done = ended([sys.executable, "-c", code], 5)
    assert (done.out, done.well) == ("begun\n", False)
    assert last_line(done.err) == "not ready after 5 seconds"
    stat = pathlib.Path(f"/proc/{told.read_text(encoding='ascii')}/stat")
    # What it wrote to is closed a moment before it has ended.
    for _ in range(100):
        if not lives(stat):
            break
        time.sleep(0.05)
    assert not lives(stat)


def lives(stat: Path) -> bool:
    """Whether a process, by its file of the system, has not ended."""
    try:
        return stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def test_bytes_and_requests_count_up_to_a_moment() -> None:
    traffic = Traffic()
    request = {"request": {"url": "http://site/"}, "wallTime": 1000.0, "timestamp": 50.0}
    traffic._request(request)
    traffic._request({**request, "wallTime": 1002.0, "timestamp": 52.0})
    traffic._request({**request, "request": {"url": "data:image/png;base64,"}})
    traffic._data({"timestamp": 50.5, "encodedDataLength": 700})
    traffic._data({"timestamp": 52.5, "encodedDataLength": 300})
    assert traffic.until(1001) == (700, 1)
    assert traffic.until(1003) == (1000, 2)


def test_the_most_changes_a_second_that_come_in_time() -> None:
    rates = [service.Rate(1, 100, 20), service.Rate(4, 400, 99), service.Rate(8, 500, 100)]
    assert service.best(rates).rate == 400
    with pytest.raises(changes.NotRecorded, match="500 a second, 99 of 100 within 100 ms"):
        service.best(rates[2:])


def test_four_of_five_requests_are_for_common_addresses() -> None:
    tail = list(range(service.COMMON, service.COMMON + 100))
    turns = service._turns(random.Random(1), tail, 10_000)  # noqa: S311 -- repeatable
    rare = [turn for turn in turns if turn >= service.COMMON]
    assert abs(len(rare) / len(turns) - 0.2) < 0.02
    assert rare[: len(tail)] == tail
    assert set(turns) - set(tail) == set(range(service.COMMON))


def test_a_change_touches_one_control_as_the_page_does() -> None:
    inputs = [
        {"id": "location", "property": "search", "value": "?theme=drivers"},
        {"id": "country", "property": "value", "value": ["DK", "SE"]},
        {"id": "by", "property": "value", "value": "country"},
    ]
    body = {"inputs": inputs, "changedPropIds": ["location.search"]}
    changes._set(body, "country", "checkbox", "DK")
    assert [each["value"] for each in body["inputs"]] == ["?theme=drivers", ["SE"], "country"]
    changes._set(body, "country", "checkbox", "NO")
    changes._set(body, "by", "radio", "sector")
    assert [each["value"] for each in body["inputs"]] == ["?theme=drivers", ["SE", "NO"], "sector"]
    assert body["changedPropIds"] == ["by.value"]


def test_a_page_holds_what_an_answer_tells() -> None:
    body = {
        "inputs": [{"id": "location", "property": "search", "value": ""}],
        "state": [{"id": "lists", "property": "data", "value": {}}],
    }
    changes._apply(body, {"location": {"search": "?country=DK"}, "lists": {"data": {"theme": "1"}}})
    assert json.dumps(body) == json.dumps(
        {
            "inputs": [{"id": "location", "property": "search", "value": "?country=DK"}],
            "state": [{"id": "lists", "property": "data", "value": {"theme": "1"}}],
        }
    )


def test_time_is_told_by_room_and_package() -> None:
    assert profile.room(dashboard.query.view.__code__.co_filename) == "dashboard.query"
    assert profile.room(dashboard.settings.__file__) == "dashboard.settings"
    assert profile.room(dash.__file__) == "dash"
    assert profile.room(json.__file__) == "json"
    assert profile.room("<frozen importlib._bootstrap>") == "imports"
    assert profile.worded({"dashboard.query": 61.2, "json": 8.4, "dash": 0.9}) == (
        "dashboard.query 61 %, json 8 %"
    )


def test_what_is_built_in_counts_for_who_calls_it() -> None:
    taken = cProfile.Profile()
    taken.runcall(json.dumps, [str(number) for number in range(100_000)])
    found = profile.shares(taken)
    assert next(iter(found)) == "json"


def test_peers_and_floor_are_all_in_the_tables(results: Results) -> None:
    text = report.report(results, TARGETS, {})
    for side in (FLOOR, *PEERS):
        assert f" | {side} | " in text or f" | {side} |\n" in text
