"""What a picture says of itself to programs: where it comes from, its address and its figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.charts import Picture
from dashboard.query import Value, View
from dashboard.text import Localizer, comparisons, licence, pictures, texts
from dashboard.text.summary import summary


@dataclass(frozen=True, slots=True)
class Notes:
    """Everything in it is text; ``figures`` is JSON, a list with one flat record for each drawn figure."""

    title: str
    description: str
    author: str
    source: str
    licence: str
    address: str
    """Full address of the view."""
    selection: str
    """Canonical query of the view, without ``?``; in pictures of earlier versions blank for the view of a first visit."""
    release: str
    """Version of the data."""
    figures: str = "[]"

    @property
    def records(self) -> list[dict[str, object]]:
        """The drawn figures."""
        records: list[dict[str, object]] = json.loads(self.figures)
        return records


def notes(view: View, loc: Localizer, drawn: Picture, address: str, selection: str) -> Notes:
    """The notes of a picture of the view; only figures that are drawn are listed."""
    section = drawn.section
    positions = drawn.drawing.positions
    records = [
        _record(value) for value in section.values if value.observation.position in positions
    ]
    return Notes(
        title=_title(view, loc, drawn),
        description=" ".join(
            filter(None, (*summary(loc, view, section), comparisons.care_of(loc, view, section)))
        ),
        author=loc.t(texts.PRODUCT),
        source=texts.source_line(loc, section),
        licence=licence.of_picture(loc),
        address=address,
        selection=selection,
        release=view.release,
        figures=json.dumps(records, ensure_ascii=False, separators=(",", ":")),
    )


def _title(view: View, loc: Localizer, drawn: Picture) -> str:
    """The title as it is drawn, without the spaces that end no line."""
    written = _plain(" ".join(text.content for text in drawn.drawing.texts))
    about = pictures.of_countries(loc, view, drawn.section)
    tried = [_plain(each) for each in (*pictures.titles(loc, view, drawn.section), about)]
    return next((each for each in tried if each in written), tried[0])


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _record(value: Value) -> Mapping[str, object]:
    """One figure without its position in the tables, so that it means the same in every release."""
    row = value.observation
    return {
        "survey": row.survey_id,
        "sector": row.sector,
        "segment": f"{row.dimension}={row.segment}" if row.dimension else "",
        "concept": row.indicator,
        "response": row.response,
        "value": row.value,
        "qualifier": row.qualifier,
        "n": row.n,
        "base": row.base,
        "status": row.status,
        "source": row.source_id,
    }
