"""One Spark for the tests of a process, as an import starts it, which is a Spark Connect server as well."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from dashboard.intake import clusters
from dashboard.intake.clusters import Cluster
from dashboard.intake.faults import Refused
from tests.support.server import free_port

FURTHER = {
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
    # Tests have few rows: what Java would do to be quick with many costs more than it saves.
    "spark.driver.extraJavaOptions": "'-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'",
    "spark.driver.memory": "1g",
    "spark.sql.codegen.wholeStage": "false",
}
"""What the tests' Spark has beside what an import sets itself."""


@dataclass(frozen=True, slots=True)
class Running:
    """The driver's session, and the address of its Spark Connect server."""

    native: Any
    remote: str


def lacking() -> str:
    """Why there is no Spark here; blank where there is."""
    try:
        clusters.java()
    except Refused as error:
        return str(error)
    return ""


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Spark on this machine; what is imported meanwhile works on it."""
    port = str(free_port())
    settings = {**FURTHER, "spark.connect.grpc.binding.port": port}
    given = " ".join(f"--conf {name}={value}" for name, value in settings.items())
    with (
        mock.patch.dict(os.environ, {"PYSPARK_SUBMIT_ARGS": f"{given} pyspark-shell"}),
        clusters.session(Cluster("local[2]"), folder) as session,
    ):
        yield Running(session.native, f"sc://127.0.0.1:{port}")
