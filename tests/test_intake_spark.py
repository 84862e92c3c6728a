"""Spark as an engine, on this machine and behind Spark Connect: the same bytes as every other, and what is said where it cannot be."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyreadstat
import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.intake import run
from dashboard.intake.answers import clusters, files
from dashboard.intake.answers.clusters import Cluster
from dashboard.intake.codebook import Answers
from dashboard.intake.estimates.shares import estimate
from dashboard.intake.faults import Refused
from tests.reference.designs import DESIGNS
from tests.support import published, spark
from tests.support.intake import answers, codebook, survey, tables
from tests.support.server import ROOT
from tests.support.shares import ASKED, EXACT, SPLITS, key, sample
from tests.support.spark import Running
from tests.test_intake_shares import expected

pytestmark = pytest.mark.skipif(bool(spark.lacking()), reason=spark.lacking())
SOME = ("strata_fpc", "average", "three_stages", "post_stages", "jk1")
"""Designs that differ in what an engine sums."""
IMPORT = "imports/zz-2026-workplace.json"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One Spark for all of these tests."""
    with spark.running(tmp_path_factory.mktemp("spark")) as started:
        yield started


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What pandas makes of the usual survey."""
    folder = tmp_path_factory.mktemp("usual")
    run.run(survey(folder / "own"), folder / "data", "pandas")
    return tables(folder / "data")


def imported(path: Path, into: Path, where: Cluster) -> dict[str, bytes]:
    done = run.run(path, into, "spark", cluster=where)
    assert done.engine == "spark"
    return tables(into)


def refused(path: Path, where: Cluster) -> list[str]:
    with pytest.raises(Refused) as error:
        run.run(path, path.parent / "refused", "spark", cluster=where)
    assert not (path.parent / "refused").exists()
    return str(error.value).splitlines()


def without_provenance(folder: Mapping[str, bytes]) -> dict[str, bytes]:
    """The tables of a folder; its import tells the name of the file."""
    return {name: held for name, held in folder.items() if name != IMPORT}


# The same bytes


def test_a_csv_file_gives_the_bytes_that_it_gives_on_pandas(
    running: Running, usual: Mapping[str, bytes], tmp_path: Path
) -> None:
    found = imported(survey(tmp_path / "own"), tmp_path / "data", Cluster())
    assert without_provenance(found) == without_provenance(usual)
    assert running.native.sparkContext._jsc.getPersistentRDDs().size() == 0
    assert running.native.range(3).count() == 3
    ours, theirs = json.loads(found[IMPORT]), json.loads(usual[IMPORT])
    assert (ours.pop("engine"), theirs.pop("engine")) == ("spark", "pandas")
    assert ours["versions"].pop("spark") == running.native.version
    assert ours == theirs


@pytest.mark.parametrize("engine", ["Spark Connect", "duckdb"])
def test_parts_of_parquet_in_a_folder_are_one_table(
    running: Running, usual: Mapping[str, bytes], tmp_path: Path, engine: str
) -> None:
    frame = answers()
    folder = tmp_path / "answers.parquet"
    folder.mkdir()
    for at, part in enumerate((frame[:100], frame[100:450], frame[450:])):
        duckdb.from_df(part).write_parquet(str(folder / f"part-{at}.snappy.parquet"))
    (folder / "_SUCCESS").touch()
    (folder / ".part-0.parquet.crc").write_bytes(b"crc")
    path = codebook(tmp_path, {'path = "answers.csv"': 'path = "answers.parquet"'})
    if engine == "duckdb":
        run.run(path, tmp_path / "data", engine)
        found = tables(tmp_path / "data")
    else:
        found = imported(path, tmp_path / "data", Cluster(remote=running.remote))
    assert without_provenance(found) == without_provenance(usual)


# Values as a codebook writes them

TEXTS = (
    "1", " 1 ", "1.0", "01", "1.50", "-3,00", "+4.000", "1.0\n", "\u00a07\u00a0", "\t8", "", "  ", "a b", "1e3", "1d", "2f", "0x1p3",
    "inf", "nan", ".5", "5.", "1,5", "-.5e-2", "\u0661", "1_000", "1e999", "Ja, ofte", 'say "no"', "å\u2028",
)  # fmt: skip
NUMBERS = (
    0.0, -0.0, 1.0, -7.0, 0.1, 1 / 3, 12345678.5, 0.001, 1e-4, 1.5e-5, 1e-7, 2.5e-10, 1e-300, 123456789012345.0, 1e15,
    1234567890123456.5, 2e15 + 0.5, 1e16, 1.5e20, 1e22, 1e100, math.inf, -math.inf, math.nan, -0.25, 99999999.99,
)  # fmt: skip


Row = tuple[object, ...]


def both(path: Path, variables: tuple[str, ...], decimal: str = ".") -> tuple[list[Row], list[Row]]:
    """Texts and numbers of some variables as DuckDB and as Spark read them, by the first of them."""
    answers = Answers(path, "utf-8", ",", decimal, "")
    places = dict.fromkeys(variables, "")
    with files.workspace(Cluster()) as space, files.workspace() as other:
        assert space.spark is not None
        of_spark, *_ = files.by_spark(space, space.spark, answers, places, variables)
        of_duckdb, *_ = files.by_duckdb(other, answers, places, variables)
        found = ([*map(tuple, of_spark.collect())], of_duckdb.fetchall())
    for rows in found:
        rows.sort(key=lambda row: int(row[0]))
    return found[1], found[0]


@pytest.mark.parametrize("decimal", [".", ","])
def test_texts_of_a_csv_file_are_those_of_duckdb(
    running: Running, tmp_path: Path, decimal: str
) -> None:
    path = tmp_path / "texts.csv"
    pd.DataFrame({"at": range(len(TEXTS)), "value": TEXTS}).to_csv(path, index=False)
    of_duckdb, of_spark = both(path, ("at", "value"), decimal)
    assert of_spark == of_duckdb
    assert len(of_spark) == len(TEXTS)


def test_numbers_of_a_parquet_file_are_those_of_duckdb(running: Running, tmp_path: Path) -> None:
    path = tmp_path / "numbers.parquet"
    frame = pd.DataFrame({"at": range(len(NUMBERS)), "value": NUMBERS})
    duckdb.sql(
        f"""
        COPY (
            SELECT "at", value AS "a.b `c`", CASE WHEN abs(value) < 1e9 THEN value::FLOAT END AS single,
                try_cast(value AS DECIMAL(10, 2)) AS money,
                "at" % 2 = 0 AS yes, "at"::TINYINT AS tiny, "at"::BIGINT * 10000000000 AS large, 'x' || "at" || '.0' AS text,
                DATE '2026-01-31' + "at"::INT AS day, nullif("at", 3) AS gap
            FROM frame
        ) TO '{path}' (FORMAT parquet)
        """  # noqa: S608
    )
    named = ("at", "a.b `c`", "single", "money", "yes", "tiny", "large", "text", "gap")
    of_duckdb, of_spark = both(path, named)
    assert len(frame) == len(of_spark)
    assert of_spark == of_duckdb


def test_a_kind_that_spark_does_not_read_is_handed_over(running: Running, tmp_path: Path) -> None:
    path = tmp_path / "answers.sav"
    pyreadstat.write_sav(answers().reset_index(names="row"), path)
    of_duckdb, of_spark = both(path, ("row", "sektor", "klass", "vikt", "fald", "q5"))
    assert of_spark == of_duckdb
    assert len(of_spark) == 600


# What is refused


def test_a_row_with_too_few_cells_is_named(running: Running, tmp_path: Path) -> None:
    path = survey(tmp_path)
    file = path.with_name("answers.csv")
    rows = file.read_text(encoding="utf-8").split("\n")
    rows[20] = "1,S"
    file.write_text("\n".join(rows), encoding="utf-8")
    told = ["answers.csv, line 21: 2 cells - expected 13 cells, as in the header"]
    assert refused(path, Cluster()) == told


def test_numbers_that_are_none_are_told(running: Running, tmp_path: Path) -> None:
    frame = answers().astype({"vikt": "object"})
    frame.loc[[3, 4, 5], "vikt"] = ["1d", "1d", "heavy"]
    told = ['answers.csv, column vikt: "1d" in 2 rows - expected a number']
    told += ['answers.csv, column vikt: "heavy" in 1 row - expected a number']
    assert refused(survey(tmp_path, {}, frame), Cluster()) == told
    assert refused(path := survey(tmp_path, {}, frame.iloc[:0]), Cluster()) == [
        "answers.csv: no row below the header - expected answers"
    ], path


def test_parts_of_parquet_must_be_some(running: Running, tmp_path: Path) -> None:
    path = codebook(tmp_path, {'path = "answers.csv"': 'path = "answers.parquet"'})
    (tmp_path / "answers.parquet").mkdir()
    told = ["answers.parquet: no part of Parquet - expected files that end in .parquet"]
    assert refused(path, Cluster()) == told
    (tmp_path / "answers.parquet" / "part.parquet").write_bytes(b"PAR1" + bytes(60))
    [said] = refused(path, Cluster())
    assert said.startswith("answers.parquet: ")
    assert said.endswith(" - expected a file that can be read")


def test_what_spark_elsewhere_does_not_reach_is_told(running: Running, tmp_path: Path) -> None:
    pyreadstat.write_sav(answers(), tmp_path / "answers.sav")
    there = Cluster(remote=running.remote)
    sav = codebook(tmp_path, {'path = "answers.csv"': 'path = "answers.sav"'})
    assert refused(sav, there) == [
        'answers.sav: ".sav" - expected CSV or Parquet, which Spark elsewhere reads itself'
    ]
    wording = 'path = "answers.csv"\nencoding = "windows-1252"'
    assert refused(survey(tmp_path, {'path = "answers.csv"': wording}), there) == [
        'answers.csv, encoding: "windows-1252", which Spark elsewhere is not given - expected utf-8'
    ]


# Where Spark cannot be


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            Cluster("local", "sc://127.0.0.1"),
            "--master, --remote: both given - expected one of them",
        ),
        (
            Cluster(remote="http://127.0.0.1"),
            '--remote: "http://127.0.0.1" - expected an address such as sc://host:15002',
        ),
        (
            Cluster(remote="sc://127.0.0.1:1"),
            "--remote: sc://127.0.0.1:1: Connection refused - expected a Spark Connect server that answers",
        ),
    ],
)
def test_a_cluster_that_is_none_is_told(tmp_path: Path, given: Cluster, told: str) -> None:
    assert refused(survey(tmp_path), given) == [told]


def test_an_older_java_or_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = "expected Java 17 or newer, by JAVA_HOME or on the PATH"
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(Refused, match=f"--engine spark: no Java - {expected}"):
        clusters.java()
    program = tmp_path / "bin" / "java"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n", encoding="ascii")
    program.chmod(0o755)
    with pytest.raises(Refused, match=f"--engine spark: Java 11 - {expected}"):
        clusters.java()


def test_without_pyspark_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    path = survey(tmp_path)
    text = (
        "import sys; sys.modules['pyspark'] = None\n"
        "from dashboard.__main__ import main\n"
        f"main(['import', {str(path)!r}, '--engine', 'spark'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=False
    )
    told = "--engine spark: pyspark.sql is missing - expected what `make spark` installs\n"
    assert (done.stdout, done.stderr, done.returncode) == (told, "", 1)


def test_a_place_for_another_engine_is_a_mistake(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["import", str(survey(tmp_path)), "--master", "local"])
    assert done.exit_code == 2
    assert "--master and --remote are for --engine spark" in done.output


# R's package survey


def on_spark(running: Running, frame: pd.DataFrame) -> Any:
    return running.native.createDataFrame([*map(tuple, frame.to_numpy().tolist())], [*frame])


def test_published_examples_have_the_answers_of_r(running: Running) -> None:
    assert published.check(lambda frame: on_spark(running, frame)) in (0, 51)


@pytest.mark.parametrize("name", SOME)
def test_shares_and_their_errors_are_those_of_r(running: Running, name: str) -> None:
    found = estimate(on_spark(running, sample()), DESIGNS[name], ASKED, SPLITS)
    assert {key(share) for share in found} == set(expected()[name])
    for share in found:
        answer = expected()[name][key(share)]
        assert (share.n, share.n_answer, share.df) == tuple(
            int(answer[column]) for column in ("n", "n_answer", "df")
        )
        assert share.value == pytest.approx(float(answer["value"]), **EXACT)
        assert share.se == pytest.approx(float(answer["se"]), **EXACT)
