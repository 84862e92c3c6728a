"""What ``make soak`` counts as a reader let down, as growth and as a broken promise; the scenes themselves are played by it."""

from __future__ import annotations

import pytest

from benchmarks.proxy import running
from benchmarks.shipped import configured
from benchmarks.soak import data, readers
from benchmarks.soak.outcome import DASH, Outcome, none_failed, percentile, table
from benchmarks.soak.place import Samples
from benchmarks.soak.readers import Reply, asking
from benchmarks.soak.slow import BEGINNINGS, slow_clients
from tests.support.server import Site, free_port


@pytest.mark.parametrize(
    ("path", "status", "failed", "refused"),
    [
        ("/?theme=drivers", 200, False, False),
        ("/?theme=drivers", 503, True, False),
        ("/?theme=drivers", 0, True, False),
        (readers.UPDATE, 204, False, False),
        (readers.UPDATE, 400, True, False),
        ("/chart.png?theme=drivers", 503, False, True),
        ("/chart.png?theme=drivers", 404, False, True),
        ("/view.zip", 500, True, False),
        ("/view.zip", 0, True, False),
    ],
)
def test_a_reader_is_let_down_by_what_is_no_answer_and_by_a_page_that_is_refused(
    path: str, status: int, failed: bool, refused: bool
) -> None:
    reply = Reply(path, status, 0.1)
    assert (reply.failed, reply.refused) == (failed, refused)
    assert bool(none_failed([reply])) == failed


def test_growth_is_of_the_later_half_over_the_earlier_one_of_the_worker_that_grew_most() -> None:
    assert Samples().grown() == 0
    samples = Samples({1: [100, 100, 100, 100], 2: [100, 100, 110, 110], 3: [9, 90]})
    assert samples.grown() == pytest.approx(0.1)
    assert samples.largest == 110


def test_the_table_names_what_is_broken_and_what_was_not_played() -> None:
    replies = [Reply("/", 200, seconds / 1000) for seconds in range(1, 101)]
    text = table(
        [
            Outcome("load", replies, "seen", ("Memory grew.",), 150.0),
            Outcome("disk", (), "", left_out="no disk"),
        ]
    )
    _, _, load, disk = text.splitlines()
    assert load == "| load | 100 | 0 | 0 | 96 | 100 | 150 | seen | **broken**: Memory grew. |"
    assert disk == f"| disk {f'| {DASH} ' * 6}| not played: no disk | {DASH} |"
    assert percentile([], 0.95) == 0


def test_the_changes_that_are_asked_for_are_ones_of_the_page(web: Site, server: str) -> None:
    port = int(server.rpartition(":")[2])
    with asking(port, iter(readers.mix(port).common[:6]), 2, keep=True) as replies:
        pass
    answered = list(replies)
    assert answered
    assert {each.status for each in answered} == {200}
    assert all(b'"content"' in each.body for each in answered)


def test_every_picture_that_is_asked_for_can_be_drawn_and_release_and_value_are_found(
    web: Site, dataset
) -> None:
    for _, path in zip(range(6), readers.pictures(), strict=False):
        assert web.ask(path.replace(".png", ".svg").replace("&scale=1", "")).status == 200
    for path in (f"/?{data.VIEW}&lang=en", f"/data.json?{data.VIEW}&lang=en"):
        answer = web.ask(path)
        assert data.told(Reply(path, answer.status, 0, answer.body)) == (dataset.release, "68")


def test_slow_clients_hold_their_lines_and_come_again() -> None:
    port, nobody = free_port(), free_port()
    with (
        running(lambda folder: configured(port, [nobody], folder), port),
        slow_clients(port, 2 * len(BEGINNINGS)) as let_go,
    ):
        assert Site(f"http://127.0.0.1:{port}").ask("/metrics").status == 404
    assert let_go == [0]
