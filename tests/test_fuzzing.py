"""A few hundred hostile requests of each kind, as ``make fuzz`` sends by the thousand; and that what they look for is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzzing.generators import GENERATORS, Generator
from tests.fuzzing.judge import LONGEST_REFUSAL, LONGEST_WAIT, SECRET, findings
from tests.fuzzing.messages import Attempt, Reply, message, send
from tests.fuzzing.run import Row, attack, health, table, workers
from tests.support.server import ROOT, Site, started

TRIES = {"addresses": 150, "described": 60}
"""Generator -> attempts, of those that ask for pages and files; any other makes FEW."""
FEW = 250
SEED = 20261127
SAFE = (("Server", "gunicorn"), ("X-Content-Type-Options", "nosniff"))
HTML = (*SAFE, ("Content-Type", "text/html; charset=utf-8"))


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that must be well when all is over."""
    log = tmp_path_factory.mktemp("fuzzing") / "log"
    with started(log, BAROMETER_METRICS=SECRET) as (address, process):
        running, before = Site(address), workers(process, 1)
        yield running
        assert health(running, process, log, before) == []


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda generator: generator.name)
def test_no_hostile_request_gets_what_it_wants(web: Site, generator: Generator) -> None:
    tries = TRIES.get(generator.name, FEW)
    row = attack(generator, web, tries, SEED, 60)
    assert row.examples == []
    assert row.tries > tries / 2
    assert len(row.statuses) > 1 or generator.name == "values"


def test_the_same_seed_makes_the_same_attempts(web: Site) -> None:
    generator = GENERATORS[0]
    first, again, other = (generator.attempts(web, 30, seed) for seed in (1, 1, 2))
    assert first == again != other


# --- What is looked for is found ---

ASKED = Attempt(message("GET", b"/"))


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(500, SAFE, b"", 0), "status 500"),
        (Reply(503, SAFE, b"", 0), "status 503"),
        (Reply(501, SAFE, b"", 0), "status 501"),
        (Reply(0, (), b"", 0), "no answer"),
        (Reply(-1, (), b"", 0), "none"),
        (Reply(400, SAFE, bytes(LONGEST_REFUSAL + 1), 0), "a refusal of"),
        (Reply(200, SAFE, b"", LONGEST_WAIT + 1), "seconds"),
        (Reply(200, SAFE, b"Traceback (most recent call last)", 0), "it says"),
        (Reply(200, SAFE, SECRET.encode(), 0), "it says"),
        (Reply(200, SAFE, f"{ROOT}/dashboard".encode(), 0), "it says"),
        (Reply(200, SAFE, b"root:x:0:0", 0), "it says"),
        (Reply(200, HTML, b"<p><script>zq9()</script>", 0), "markup"),
        (Reply(200, HTML, b"<p title=''><img src=x onerror=zq9()>", 0), "markup"),
        (Reply(200, HTML, b"<input value='' onfocus='zq9()'>", 0), "markup"),
        (Reply(200, HTML, b'<a href="javascript:zq9()">', 0), "markup"),
        (Reply(200, HTML, b'<a href="//zq9.example/">', 0), "markup"),
        (Reply(200, HTML, b"<zq9>", 0), "markup"),
        (Reply(200, (*SAFE, ("X-zq9", "1")), b"", 0), "a header"),
        (Reply(200, (*SAFE, ("Set-Cookie", "zq9=1")), b"", 0), "a header"),
        (Reply(308, (*SAFE, ("Location", "//zq9.example/")), b"", 0), "leads elsewhere"),
        (Reply(308, (*SAFE, ("Location", "/%5Czq9.example")), b"", 0), "leads elsewhere"),
        (Reply(308, (*SAFE, ("Location", "https://zq9.example")), b"", 0), "leads elsewhere"),
        (Reply(200, SAFE[:1], b"", 0), "no nosniff"),
    ],
)
def test_what_must_not_be_is_found(reply: Reply, said: str) -> None:
    [found] = findings(ASKED, reply)
    assert said in found


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, HTML, b"<p>&lt;script&gt;zq9()&lt;/script&gt; javascript:zq9()", 0),
        Reply(200, HTML, b'<input value="&quot; onfocus=&quot;zq9()">', 0),
        Reply(200, HTML, b'<script type="application/json">{"a":"zq9()"}</script>', 0),
        Reply(200, HTML, b'<a href="/?find=javascript:zq9()">', 0),
        Reply(503, (*SAFE, ("Retry-After", "5")), b"", 0),
        Reply(308, (*SAFE, ("Location", "/sources")), b"", 0),
        Reply(400, SAFE[:1], b"<h1><p>Bad Request</p></h1>", 0),
    ],
)
def test_what_may_be_is_let_pass(reply: Reply) -> None:
    assert findings(ASKED, reply) == []


def test_a_status_that_the_description_does_not_name_is_found() -> None:
    attempt = Attempt(ASKED.message, documented=frozenset((200,)))
    assert findings(attempt, Reply(404, SAFE, b"", 0)) == ["status 404, which /api does not name"]


def test_the_table_counts_statuses_and_the_worst(web: Site) -> None:
    row = Row("paths", "any path")
    host, port = web.netloc.split(":")
    for path in (b"/healthz", b"/healthz", b"/nothing"):
        attempt = Attempt(message("GET", path))
        row.add(attempt, send(attempt, (host, int(port))))
    row.add(ASKED, Reply(500, SAFE, bytes(7000), 1.25))
    assert row.found == len(row.examples) == 1
    assert "| paths: any path | 4 | 200 x 2, 404 x 1, 500 x 1 | 1.2 | 7,000 | 1 |" in table([row])


def test_a_lost_worker_and_an_exception_are_told(web: Site, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text('{"event": "exception", "path": "/"}\n{"event": "failed"}\n')
    assert health(web, 1, log, [0]) == [
        "a worker was lost",
        'log: {"event": "exception", "path": "/"}',
    ]
