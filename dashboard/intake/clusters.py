"""Where Spark works: a session for one import, on this machine, on a cluster, or behind Spark Connect.

pyspark and Java are no part of what every import needs; this module alone, and ``spark``, load them, where they are asked for.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dashboard.intake.faults import Fault, Refused, quoted

OPTION = "--engine spark"
JAVA = 17
"""The oldest Java that Spark 4 runs on."""
MEMORY = "2g"
"""What Spark may take on this machine; beyond it, it uses the disk."""
PORT = 15002
"""Of a Spark Connect server, where its address names none."""
_WAITED = 10
"""Seconds for a server to take a call."""
_SETTINGS: Mapping[str, str] = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
}
"""Of every session: names in upper and lower case are two, as in every other file of answers."""
_MANNERS: Mapping[str, str] = {
    "spark.log.level": "OFF",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""Of a session whose driver runs here: what goes wrong is told by the import, in one line."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where Spark is to work; this machine where nothing is given."""

    master: str = ""
    """``local[4]``, ``spark://host:7077``, ``yarn`` …: the driver runs here."""
    remote: str = ""
    """``sc://host:port`` of a Spark Connect server."""

    @property
    def here(self) -> bool:
        """Whether all of it runs on this machine, and so reads what is written here."""
        return not self.remote and (not self.master or self.master.startswith("local"))


@dataclass(frozen=True, slots=True)
class Session:
    """A session of Spark."""

    native: Any
    """Of pyspark, or of its client for Spark Connect."""
    here: bool
    """Whether Spark reads what is written on this machine."""
    ending: ExitStack
    """What is done before the session ends."""

    def kept(self, frame: Any) -> Any:
        """A data frame that is worked out once, in memory and on the disks of the cluster."""
        self.ending.callback(frame.unpersist)
        return frame.persist()


@contextmanager
def session(cluster: Cluster, folder: Path) -> Iterator[Session]:
    """A session of Spark that ends with the import; on this machine it keeps all in ``folder``.

    Where the program has a session already, one beside it, which shares what that has.

    Raises Refused where pyspark, Java or the cluster is missing, or Spark cannot do what it is asked to.
    """
    if cluster.master and cluster.remote:
        fault = Fault("--master, --remote", "both given", "one of them")
        raise Refused([fault])
    try:
        made, ours = _started(cluster, folder)
        try:
            for name, value in _SETTINGS.items():
                made.conf.set(name, value)
            with ExitStack() as ending:
                yield Session(made, cluster.here, ending)
        finally:
            if ours:
                made.stop()
    except errors() as error:
        expected = "a cluster that can do this work"
        raise Refused([Fault(OPTION, told(error), expected)]) from error


def errors() -> tuple[type[Exception], ...]:
    """What Spark raises; nothing where it is not loaded."""
    if "pyspark.sql" not in sys.modules:
        return ()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return (PySparkException, Py4JError)


def told(error: Exception) -> str:
    """What Spark says went wrong, in one line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith(("[", "Caused by: "))]
    return quoted((causes or lines or [type(error).__name__])[0].removeprefix("Caused by: "))


def _started(cluster: Cluster, folder: Path) -> tuple[Any, bool]:
    """A session, and whether it is to be stopped."""
    with warnings.catch_warnings():
        # pyspark knows no pandas as new as ours, and is asked for results without pandas.
        warnings.filterwarnings(
            "ignore", "PySpark does not yet fully support pandas", FutureWarning
        )
        _pyspark()
        return _connected(cluster.remote) if cluster.remote else _driven(cluster, folder)


def _pyspark() -> None:
    try:
        importlib.import_module("pyspark.sql")
    except ModuleNotFoundError as error:
        found = f"{error.name} is missing"
        raise Refused([Fault(OPTION, found, "what `make spark` installs")]) from error


def _connected(remote: str) -> tuple[Any, bool]:
    address = urlsplit(remote)
    if address.scheme != "sc" or not address.hostname:
        fault = Fault("--remote", quoted(remote), "an address such as sc://host:15002")
        raise Refused([fault])
    try:
        socket.create_connection((address.hostname, address.port or PORT), timeout=_WAITED).close()
    except OSError as error:
        found = f"{remote}: {error.strerror or error}"
        raise Refused([Fault("--remote", found, "a Spark Connect server that answers")]) from error
    try:
        connect = importlib.import_module("pyspark.sql.connect.session")
    except ImportError as error:
        found = str(error).partition("\n")[0]
        raise Refused([Fault("--remote", found, "what `make spark` installs")]) from error
    return connect.SparkSession.builder.remote(remote).create(), True


def _driven(cluster: Cluster, folder: Path) -> tuple[Any, bool]:
    from pyspark.sql import SparkSession

    active = SparkSession.getActiveSession()
    if active is not None:
        return active.newSession(), False
    java()
    builder = SparkSession.builder.appName("import").master(cluster.master or "local[*]")
    for name, value in {**_MANNERS, **(_here(folder) if cluster.here else {})}.items():
        builder = builder.config(name, value)
    with _quiet(folder / "spark.log"):
        return builder.getOrCreate(), True


@contextmanager
def _quiet(log: Path) -> Iterator[None]:
    """What Java says while it starts, and from then on, goes into a file."""
    kept = os.dup(2)
    try:
        with log.open("wb") as file:
            os.dup2(file.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _here(folder: Path) -> Mapping[str, str]:
    """Nobody else is to reach it, and nothing of it is to stay."""
    return {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": MEMORY,
        "spark.local.dir": str(folder / "spark"),
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }


def java() -> None:
    """Raises Refused where Java is missing or too old."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which(str(Path(home, "bin", "java")) if home else "java")
    expected = f"Java {JAVA} or newer, by JAVA_HOME or on the PATH"
    if program is None:
        raise Refused([Fault(OPTION, "no Java", expected)])
    done = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.search(r'version "(\d+)', done.stderr + done.stdout)
    if version is None or int(version[1]) < JAVA:
        found = f"Java {version[1]}" if version else f"{program}, which is none"
        raise Refused([Fault(OPTION, found, expected)])
