"""Figures of an official table as rows of observations.csv: numbers as they are printed, symbols by what they say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.dataset.computed import NOT_ASKED, SUPPRESSED
from dashboard.intake.cubes import Cell, Cube
from dashboard.intake.faults import Fault, Refused, counted, quoted
from dashboard.intake.figures import Figures, Row
from dashboard.intake.tables import mapping, structure
from dashboard.intake.tables.codebook import WITHOUT_FIGURE, Meaning, Role, Symbol, TableBook
from dashboard.intake.tables.mapping import Key, Place
from dashboard.intake.vocabulary import Vocabulary

PRINTED = "printed"
"""Status of a figure whose number and label stand together in its source."""
_STATUS: Mapping[Meaning, str] = {"suppressed": SUPPRESSED, "not asked": NOT_ASKED}
"""What a symbol says -> status of its row; what is not published has none."""
_SHOWN = 20
"""Faults of one kind that are told; the rest is counted."""

Said = tuple[str, Symbol]
"""A symbol and its meaning."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a table gives: the figures of each survey, and how many of its cells became any."""

    figures: Mapping[str, Figures]
    cells: int
    used: int


def figures(book: TableBook, cube: Cube, words: Vocabulary) -> Published:
    """The rows of a table; ``words`` has the folder's concepts and those of the codebook.

    Raises Refused with every fault: dimensions and categories that the codebook does not name or that do not exist, symbols that
    it does not explain, numbers that are no percentages, two places of the table that would be one row.
    """
    told = [*faults(book, cube)]
    if told:
        raise Refused(told)
    places = mapping.places(book, cube)
    rows = _Rows(book, words)
    made: dict[str, list[Row]] = {survey: [] for survey in book.survey_ids}
    for key, place in places.rows.items():
        row = rows.row(key, place)
        if row:
            made[key[0]].append(row)
    told = [*_some(places.faults, book.origin.name), *rows.faults()]
    told = told or [*_without(book, made)]
    if told:
        raise Refused(told)
    return Published(
        {survey: Figures(tuple(listed), (), rows.asked(survey)) for survey, listed in made.items()},
        len(cube.cells),
        places.used,
    )


def faults(book: TableBook, cube: Cube) -> Iterator[Fault]:
    """What is wrong with a table before its numbers are looked at."""
    return structure.faults(book, cube)


def _without(book: TableBook, made: Mapping[str, Sequence[Row]]) -> Iterator[Fault]:
    for survey, rows in made.items():
        if not any(row.get("value") for row in rows):
            yield Fault(book.origin.name, f"no figure of {survey}", "at least one")


def _some(faults: Sequence[Fault], name: str) -> Iterator[Fault]:
    yield from faults[:_SHOWN]
    if len(faults) > _SHOWN:
        yield Fault(name, f"{len(faults) - _SHOWN} more of this kind", "none")


class _Rows:
    """Makes rows, and collects what is wrong with them and which questions have no figure."""

    def __init__(self, book: TableBook, words: Vocabulary) -> None:
        self._book = book
        self._words = words
        self._unknown: Counter[str] = Counter()
        self._odd: defaultdict[str, list[Fault]] = defaultdict(list)
        self._largest = Decimal(0)
        self._having: set[tuple[str, str]] = set()
        self._unpublished: dict[tuple[str, str], str] = {}

    def faults(self) -> Iterator[Fault]:
        """Everything that was wrong."""
        table = self._book.origin.name
        known = ", ".join(quoted(each) for each in self._book.symbols) or "none"
        for symbol, times in sorted(self._unknown.items()):
            found = quoted(symbol) if symbol else "neither figure nor symbol"
            expected = f"a symbol of [symbols], which has {known}"
            yield Fault(f"{table}, cells", f"{found} in {counted(times, 'cell')}", expected)
        for listed in self._odd.values():
            yield from _some(listed, table)
        if not self._book.measure.unit and 0 < self._largest <= 1:
            found = f"no figure above {self._largest}"
            expected = 'unit = "percent", or unit = "share" where 1 is everybody'
            yield Fault(f"{self._book.name}, [measure] unit", found, expected)

    def asked(self, survey: str) -> tuple[Row, ...]:
        """Rows of asked.csv: questions of which the table has places but no figure."""
        return tuple(
            {
                "survey_id": survey,
                "concept": concept,
                "asked": "yes",
                "drawn": "no",
                "evidence": f"The table has {quoted(symbol)} in the place of every figure.",
            }
            for (of, concept), symbol in self._unpublished.items()
            if of == survey and (of, concept) not in self._having
        )

    def row(self, key: Key, place: Place) -> Row:
        """The row of a place; empty where it has none."""
        said = self._said(place)
        if said is None:
            return {}
        value = place.cells.get("value", Cell(None)).value
        without = [each for each in said if each[1].meaning in WITHOUT_FIGURE]
        if without:
            symbol, told = min(without, key=lambda each: WITHOUT_FIGURE.index(each[1].meaning))
            if value is not None:
                expected = f"no figure, since {quoted(symbol)} is {told.meaning}"
                self._fault("both", place, str(value), expected)
            status = _STATUS.get(told.meaning)
            if status is None:
                self._unpublished.setdefault((key[0], key[3]), symbol)
                return {}
            return {**self._begun(key, place, said), "status": status}
        if value is None:
            self._fault("none", place, quoted(said[0][0]), "a figure, as this symbol says")
            return {}
        self._having.add((key[0], key[3]))
        return {
            **self._begun(key, place, said),
            "value": self._percent(place, "value"),
            "n": self._whole(place, "n", 1),
            "count": self._whole(place, "count", 0),
            "status": PRINTED,
        }

    def _begun(self, key: Key, place: Place, said: Sequence[Said]) -> dict[str, str]:
        """What a row has whether there is a figure or not."""
        survey, sector, segment, concept, response = key
        worded = [
            symbol.meaning for _, symbol in said if symbol.meaning in ("about", "over", "under")
        ]
        notes = [
            self._book.measure.note,
            *(symbol.note for _, symbol in said),
            *self._beside(place),
        ]
        of_concept = self._words.concepts[concept]
        return {
            "survey_id": survey,
            "sector": sector,
            "segment": segment,
            "theme": of_concept["theme"],
            "concept": concept,
            "response": response,
            "qualifier": worded[0] if worded else "exact",
            "base": self._book.measure.bases.get(concept, self._book.measure.base),
            "label_in_source_en": place.label or of_concept["label_en"],
            "source_id": self._book.source["source_id"],
            "locator": ", ".join(place.categories) or "the only cell",
            "note": " ".join(dict.fromkeys(filter(None, notes))),
        }

    def _said(self, place: Place) -> list[Said] | None:
        """The symbols of a place, each with its meaning; None where one has none."""
        value, flag = place.cells.get("value", Cell(None)), place.cells.get("status", Cell(None))
        texts = [value.status, flag.status or (flag.value is not None and str(flag.value)) or ""]
        parts = [part for text in texts if text for part in self._parts(text)]
        if not parts and value.value is None:
            parts = [""]
        return self._explained(parts)

    def _explained(self, parts: Sequence[str]) -> list[Said] | None:
        known = self._book.symbols
        unknown = [part for part in parts if part not in known]
        self._unknown.update(unknown)
        return None if unknown else [(part, known[part]) for part in parts]

    def _parts(self, text: str) -> Sequence[str]:
        """One symbol, or those that stand together."""
        return [text] if text in self._book.symbols or "+" not in text else text.split("+")

    def _number(self, place: Place, role: Role) -> Decimal | None:
        """A number beside the figure; None where a symbol or a blank stands in its place."""
        cell = place.cells.get(role, Cell(None))
        if cell.value is None and cell.status:
            self._explained(self._parts(cell.status))
        return cell.value

    def _whole(self, place: Place, role: Role, least: int) -> str:
        number = self._number(place, role)
        if number is None:
            return ""
        if number != int(number) or number < least:
            self._fault(role, place, f"{role} {number}", f"a whole number from {least}")
        return str(int(number))

    def _percent(self, place: Place, role: Role) -> str:
        """A number as a percentage with its decimals; blank where there is none."""
        number = self._number(place, role)
        if number is None:
            return ""
        if role == "value":
            self._largest = max(self._largest, number)
        measure = self._book.measure
        most = 1 if measure.unit == "share" else 100
        if not 0 <= number <= most:
            self._fault("range", place, f"{role} {number}", f"a number from 0 to {most}")
        # Shifted and not multiplied: the decimals stay those that are printed.
        shown = abs(number.scaleb(2)) if measure.unit == "share" else abs(number)
        printed = max(0, -int(shown.as_tuple().exponent))
        if role != "value" or measure.decimals is None or printed == measure.decimals:
            return f"{shown:f}"
        if printed > measure.decimals:
            expected = f"at most {counted(measure.decimals, 'decimal')}, as [measure] decimals says"
            self._fault("decimals", place, f"{role} {shown:f}", expected)
        return f"{shown:.{measure.decimals}f}"

    def _beside(self, place: Place) -> Iterator[str]:
        """What the table says of how sure a figure is, and n where the figure is withheld: words, since nothing is computed."""
        se, low, high = (self._percent(place, role) for role in ("se", "low", "high"))
        if se:
            yield f"The table gives a standard error of {se} percentage points."
        if low and high:
            yield f"The table gives an interval from {low} to {high} percent."
        value = place.cells.get("value", Cell(None)).value
        if value is None:
            told = [
                f"{role} = {n}" for role in ("n", "count") if (n := self._whole(place, role, 0))
            ]
            if told:
                yield f"The table gives {' and '.join(told)}."
        elif low and high and not Decimal(low) <= self._scaled(value) <= Decimal(high):
            self._fault("interval", place, f"{low} to {high}", f"an interval that holds {value}")

    def _scaled(self, number: Decimal) -> Decimal:
        return number.scaleb(2) if self._book.measure.unit == "share" else number

    def _fault(self, kind: str, place: Place, found: str, expected: str) -> None:
        where = ", ".join((self._book.origin.name, *place.categories))
        self._odd[kind].append(Fault(where, found, expected))
