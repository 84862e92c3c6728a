"""How an imported figure came about, for its card: how sure it is, from which files or table, and what its survey withholds."""

from __future__ import annotations

from dashboard.dataset import Estimate, Observation, Provenance
from dashboard.text.localizer import Localizer

TABLE = "table"
"""Kind of the import of figures that others published as a table."""
_SHOWN = 12
"""Digits of a digest that are shown."""


def sureness(loc: Localizer, estimate: Estimate) -> str:
    """Standard error, degrees of freedom and effective number of answers."""
    return loc.t(
        "{se} percentage points, {df} degrees of freedom; as sure as a simple random sample of {n} answers"
    ).format(
        se=loc.number(estimate.se),
        df=loc.number(estimate.df),
        n=loc.number(round(estimate.n_effective)),
    )


def files(loc: Localizer, found: Provenance) -> str:
    """Which rows of which file, or cells of which table, by which codebook."""
    if found.kind == TABLE:
        cells = loc.t("{used} of {read} cells of {table}, by the codebook {codebook}")
        return cells.format(
            used=loc.number(found.rows_used),
            read=loc.number(found.rows_read),
            table=found.file,
            codebook=found.codebook,
        )
    return loc.t("{used} of {read} rows of {file}, by the codebook {codebook}").format(
        used=loc.number(found.rows_used),
        read=loc.number(found.rows_read),
        file=found.file,
        codebook=found.codebook,
    )


def digests(found: Provenance) -> str:
    """The beginning of each digest, and what computed the figures: "(SHA-256 ab12…, cd34…; pandas; narwhals 2.29.0)"."""
    both = ", ".join(f"{each[:_SHOWN]}…" for each in (found.file_sha256, found.codebook_sha256))
    versions = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    return f"({'; '.join(filter(None, (f'SHA-256 {both}', found.engine, versions)))})"


def withheld(loc: Localizer, found: Provenance) -> str:
    """How many figures of the survey are withheld, and the rules."""
    counted = loc.count_of(
        "{count} figure of this survey", "{count} figures of this survey", found.withheld
    )
    rules = {
        "base": loc.t("fewer than {n} answers behind a share"),
        "answer": loc.t("fewer than {n} respondents behind an answer"),
        "organisations": loc.t("fewer than {n} organisations"),
    }
    told = [
        words.format(n=loc.number(found.rules[name]))
        for name, words in rules.items()
        if found.rules.get(name)
    ]
    if found.rules.get("unanimous"):
        told.append(loc.t("all or none gave the answer"))
    if not told:
        return counted
    return loc.t("{counted}; the rules: {rules}, or another figure could be worked out").format(
        counted=counted, rules="; ".join(told)
    )


def synthetic(loc: Localizer, row: Observation) -> str:
    """That a figure is made up; blank of any other."""
    found = loc.dataset.imports.get(row.survey_id)
    return loc.t("Made up to show the program; about no one.") if found and found.synthetic else ""
