"""The small job and those who do it: the same published figures for all, pinned tools, and a reason where one is missing."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from benchmarks import proxy, small_job
from benchmarks.peers import registry
from benchmarks.peers.registry import DASH, PEERS, STATIC, PeerUnavailable
from benchmarks.peers.static import app as static
from tests.support import views

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.small_job import SmallJob


@pytest.fixture(scope="module")
def job() -> SmallJob:
    return small_job.small_job(views.index().dataset)


def test_each_bar_is_the_published_figure(job: SmallJob) -> None:
    published = views.published()
    surveys = views.index().dataset.surveys
    assert job.bars
    for bar in job.bars:
        line = published[bar.position]
        assert (bar.value, line["theme"]) == (float(line["value"]), "drivers")
        assert bar.country == views.loc().label("country", surveys[line["survey_id"]].country)
        assert bar.sector == "All sectors" or line["sector"] == "municipal"


@pytest.mark.parametrize("sector", small_job.ADDRESSES)
def test_the_bars_are_those_of_our_page(job: SmallJob, sector: str) -> None:
    view = views.context(small_job.ADDRESSES[sector]).view
    shown = {
        value.observation.position
        for section in view.sections
        for row in section.rows
        for cell in row.cells
        for value in cell.values
    }
    bars = [bar.position for bar in job.bars if bar.sector == sector]
    assert set(bars) == shown
    assert len(bars) == sum(job.counts(sector)), "a bar outside the six charts"


def test_no_two_bars_share_a_place(job: SmallJob) -> None:
    places = {(bar.sector, bar.country, bar.indicator, bar.population) for bar in job.bars}
    assert len(places) == len(job.bars)


def test_the_click_changes_the_count_of_every_chart(job: SmallJob) -> None:
    first, second = map(job.counts, job.sectors)
    assert len(first) == len(small_job.COUNTRIES) == 6
    assert all(before != after for before, after in zip(first, second, strict=True))
    assert all(first), "a chart that is blank from the start cannot be seen to be drawn"


def test_the_file_says_the_same(job: SmallJob, tmp_path: Path) -> None:
    path = tmp_path / "below" / "job.json"
    assert small_job.write(path) == job
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(asdict(job)))


def test_every_peer_has_its_folder() -> None:
    folders = {path.parent.name for path in registry.FOLDER.glob("*/app.py")}
    assert folders == {peer.name for peer in PEERS}


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_listens_on_the_port_of_this_host_alone(peer: registry.Peer, tmp_path: Path) -> None:
    program, *arguments = peer.command(8123, tmp_path / "python")
    said = " ".join(arguments)
    assert program == str(tmp_path / "python")
    assert "8123" in said
    assert "127.0.0.1" in said
    assert peer.environment()["SMALL_JOB"] == str(registry.JOB)
    assert re.fullmatch(r"\d+(\.\d+)+", peer.version)


@pytest.mark.parametrize(
    "peer", [peer for peer in PEERS if peer != STATIC], ids=lambda peer: peer.name
)
def test_a_peer_pins_all_that_it_installs(peer: registry.Peer) -> None:
    pins = registry.pins(peer.requirements)
    assert {peer.package, "plotly", "pandas"} <= pins.keys()
    assert len((registry.FOLDER / peer.name / "app.py").read_text("utf-8").splitlines()) <= 80


@pytest.mark.parametrize("line", ["dash", "dash>=4", "dash==4 ; python_version < '4'"])
def test_a_version_left_open_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(f"plotly==7.1.0\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(repr(line))):
        registry.pins(path)


def test_a_peer_that_cannot_be_installed_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = tmp_path / "dash" / "requirements.txt"
    wanted.parent.mkdir()
    wanted.write_text("dash==0.0.0\n", encoding="utf-8")
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    monkeypatch.setattr(registry, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(registry, "JOB", tmp_path / "job.json")
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    with pytest.raises(PeerUnavailable, match=r"^Dash could not be installed: .*dash==0\.0\.0"):
        registry.prepare(DASH)
    assert not list((tmp_path / "kept").rglob("requirements.sha256")), (
        "kept as if it were installed"
    )


def test_a_peer_without_the_installer_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(registry, "JOB", tmp_path / "job.json")
    monkeypatch.setattr(registry.sys, "executable", str(tmp_path / "python"))
    with pytest.raises(PeerUnavailable, match=r"^Dash could not be installed: .*/uv"):
        registry.prepare(DASH)


def test_the_floor_without_plotly_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "KEPT", tmp_path)
    monkeypatch.setattr(registry, "JOB", tmp_path / "job.json")
    monkeypatch.setattr(static, "PLOTLY", tmp_path / "plotly-basic.min.js")
    with pytest.raises(PeerUnavailable, match=r"^Floor could not be written: .*plotly-basic"):
        registry.prepare(STATIC)


def test_the_floor_holds_every_bar_inline(job: SmallJob) -> None:
    page = static.page(job)
    held = re.search(r"const figures = (.*);\n", page)
    assert held
    figures = json.loads(held[1])
    for sector in job.sectors:
        found = [
            (layout["title"]["text"], row, trace["name"], value)
            for data, layout in figures[sector]
            for trace in data
            for row, value in zip(trace["y"], trace["x"], strict=True)
        ]
        assert sorted(found) == sorted(
            (bar.country, bar.indicator, bar.population, bar.value)
            for bar in job.bars
            if bar.sector == sector
        )
    assert not re.findall(r"(?:src|href)=\"https?:", page)


@pytest.mark.parametrize("brotli", [True, False])
def test_nginx_is_told_where_the_app_is_and_how_to_compress(brotli: bool) -> None:
    said = proxy.configuration(8123, 8124, brotli)
    assert "server 127.0.0.1:8123;" in said
    assert "listen 127.0.0.1:8124;" in said
    assert ("brotli on;" in said) is ("load_module" in said) is brotli
    assert said.count("{") == said.count("}")


def test_a_host_without_nginx_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(proxy.ProxyUnavailable, match="not installed"), proxy.start_nginx(1, 2):
        pass
