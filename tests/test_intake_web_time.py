"""Asking servers: silent, slow and busy ones, those that send the reader on, and those over TLS; all of it in time."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from dashboard.intake.faults import Refused
from dashboard.intake.web.client import Client, Limits
from tests.support import misbehaviour as bad
from tests.support.misbehaviour import SOON, refused
from tests.support.statistics_office import Office, office

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="makes the certificate")


@pytest.fixture
def server() -> Iterator[Office]:
    with office() as held:
        yield held


# --- time --------------------------------------------------------------------------------------------------------------------------


def test_a_server_that_is_silent(server: Office) -> None:
    started = time.monotonic()
    said = refused(server, bad.silent(server))
    assert said == f"{server.base}/table: nothing for 0.3 s - expected a server that answers"
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Slow: ", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n",
            b" ",
        ),
    ],
)
def test_a_slow_drip_ends_with_the_time_of_the_table(
    server: Office, first: bytes, drop: bytes
) -> None:
    started = time.monotonic()
    said = refused(server, bad.dripping(server, first, drop))
    assert "not done in the time that a table may take" in said
    assert time.monotonic() - started < 3


def test_a_slow_drip_of_an_error_ends_too(server: Office) -> None:
    started = time.monotonic()
    first = b"HTTP/1.1 500 Sorry\r\n\r\n"
    assert "500 Internal Server Error" in refused(server, bad.dripping(server, first, b"x"))
    assert time.monotonic() - started < 3


# --- over TLS ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine that nobody has signed, and its key."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made += ["-keyout", str(path), "-out", str(path.with_suffix(".crt"))]
    subprocess.run(made, check=True, capture_output=True)
    path.write_text(path.read_text() + path.with_suffix(".crt").read_text())
    return path


@needs_openssl
def test_a_certificate_that_nobody_has_signed(certificate: Path) -> None:
    with office(certificate=certificate) as server:
        with pytest.raises(Refused) as error:
            Client(SOON).json(f"{server.base}/table")
        assert server.asked == []
    told = 'its certificate does not hold: "self-signed certificate"'
    assert str(error.value) == f"127.0.0.1: {told} - expected one that this machine trusts"


@needs_openssl
def test_a_certificate_of_another_name(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    said = r"^localhost: its certificate does not hold: .*localhost"
    with office(certificate=certificate) as server, pytest.raises(Refused, match=said):
        Client(SOON).json(server.base.replace("127.0.0.1", "localhost") + "/table")


@needs_openssl
def test_a_table_over_https(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    with office(certificate=certificate) as server:
        server.pages["/table"] = bad.reply(bad.WHOLE)
        assert Client().json(f"{server.base}/table")["class"] == "dataset"


@needs_openssl
def test_a_slow_drip_over_https(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    with office(certificate=certificate) as server:
        started = time.monotonic()
        drip = bad.dripping(server, b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a")
        assert "not done in the time that a table may take" in refused(server, drip)
        assert time.monotonic() - started < 3


# --- asked too often ---------------------------------------------------------------------------------------------------------------


def busy_then_well(times: int, after: str | None) -> bad.Page:
    left = [times]
    headers = {**bad.JSON, **({"Retry-After": after} if after is not None else {})}

    def page(handler: object) -> None:
        left[0] -= 1
        chosen = bad.reply(b"", 503, headers) if left[0] >= 0 else bad.reply(bad.WHOLE)
        chosen(handler)  # type: ignore[arg-type]

    return page


@pytest.mark.parametrize(
    "after", ["0", "1", format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True)]
)
def test_a_busy_server_is_asked_again_when_it_says(server: Office, after: str) -> None:
    server.pages["/table"] = busy_then_well(2 if after != "1" else 1, after)
    started = time.monotonic()
    Client(Limits()).json(f"{server.base}/table")
    passed = time.monotonic() - started
    assert passed >= (1 if after == "1" else 0)
    assert passed < 3


def test_a_busy_server_that_does_not_say_when_is_asked_ever_later(server: Office) -> None:
    server.pages["/table"] = busy_then_well(1, None)
    started = time.monotonic()
    Client(Limits()).json(f"{server.base}/table")
    assert 1 <= time.monotonic() - started < 3


def test_a_server_that_stays_busy(server: Office) -> None:
    said = refused(server, busy_then_well(99, "0"))
    assert said.startswith(f"{server.base}/table: still busy when asked 3 times - expected")
    assert len(server.asked) == 3


def test_a_wait_beyond_patience(server: Office) -> None:
    said = refused(server, busy_then_well(99, "3600"))
    told = "503 Service Unavailable; it asks to come back in 3600 s"
    assert said == f"{server.base}/table: {told} - expected at most 2 s; try again later"
    assert len(server.asked) == 1


def test_a_wait_to_a_date(server: Office) -> None:
    later = datetime.now(UTC) + timedelta(hours=2)
    assert "it asks to come back in 7" in refused(server, busy_then_well(9, format_datetime(later)))


def test_a_wait_beyond_the_time_of_the_table(server: Office) -> None:
    assert "not done in the time" in refused(server, busy_then_well(9, "2"))
    assert len(server.asked) == 1


def test_another_error_is_not_asked_again(server: Office) -> None:
    refused(server, bad.reply(b"", 500))
    assert len(server.asked) == 1


# --- sent on -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_moved_within_the_server(server: Office, status: int) -> None:
    server.pages["/table"] = bad.moved("/new", status)
    server.pages["/new"] = bad.reply(bad.WHOLE)
    client = Client()
    assert client.json(f"{server.base}/table")["class"] == "dataset"
    assert [each.address for each in client.answers] == [f"{server.base}/table"]


def test_moved_with_its_query(server: Office) -> None:
    server.pages["/table"] = bad.moved("/new", 307)
    server.pages["/new"] = bad.reply(bad.WHOLE)
    Client().json(f"{server.base}/table", {"query": 1})
    assert server.asked[1] == ("POST", "/new", {"query": 1})


def test_moved_without_its_query(server: Office) -> None:
    server.pages["/table"] = bad.moved("/new", 302)
    with pytest.raises(Refused, match="without the query - expected an address that answers there"):
        Client().json(f"{server.base}/table", {"query": 1})
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "to", ["http://example.org/table", "file:///etc/hosts", "http://127.0.0.1:1/"]
)
def test_moved_to_another_server_in_plain(server: Office, to: str) -> None:
    said = refused(server, bad.moved(to))
    told = f'moved on to "{to}", which is neither https nor the same server'
    assert (
        said == f"{server.base}/table: {told} - expected an address that answers there, under https"
    )


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("http://[", 'moved on to "http://[", which is no address'),
        ("https://", 'the address: "https://" - expected an address that begins with https://'),
        ("ftp://127.0.0.1/", 'moved on to "ftp://127.0.0.1/", which is neither https'),
    ],
)
def test_moved_to_no_address(server: Office, to: str, told: str) -> None:
    assert told in refused(server, bad.moved(to))


def test_a_part_of_an_answer_is_none(server: Office) -> None:
    said = refused(server, bad.reply(bad.WHOLE, 206))
    assert said == f"{server.base}/table: 206 - expected the answer alone, 200"


def test_moved_in_a_ring(server: Office) -> None:
    assert "moved on more than 5 times" in refused(server, bad.moved("/table"))
    assert len(server.asked) == 6


# --- broken off --------------------------------------------------------------------------------------------------------------------


def test_broken_off_by_hand_leaves_nothing(
    server: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    server.pages["/table"] = busy_then_well(9, "1")
    monkeypatch.setattr("dashboard.intake.web.client.time.sleep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Client().json(f"{server.base}/table")
    assert list(tmp_path.iterdir()) == []
