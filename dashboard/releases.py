"""Data releases: the newest, and the earlier ones that published addresses still name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial, reduce
from pathlib import Path

import numpy as np

from dashboard import charts  # noqa: F401 -- registers the types of charts that an address may name
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import PRIMARY, Change, Dataset, Observation, Question, load_release
from dashboard.dataset.changes import name, names, number, of_figure, present_names, since
from dashboard.dataset.figure_name import FigureName
from dashboard.dataset.types import frozen
from dashboard.query import DatasetIndex, View, build_index, view
from dashboard.query.filtering import comparable_mask, filter_mask
from dashboard.selection import LANGUAGES, Selection, Vocabulary, parse
from dashboard.text import Localizer
from dashboard.text.findings import finding

_KEPT = 32
"""Views that a worker keeps of each release."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release, ready to answer."""

    index: DatasetIndex
    localizer: Callable[[str], Localizer] = field(repr=False, compare=False)
    """The localizer of a language of the site; made when first asked for, so that a start waits for one language alone."""
    view: Callable[..., View] = field(repr=False, compare=False)
    """The view of a selection, as ``query.view.view`` gives it; those asked for last are kept, since one page needs its view often."""
    names: Callable[[], Mapping[str, int]] = field(repr=False, compare=False)
    """Name of a figure -> its position; made when first asked for."""

    def figure(self, text: str) -> Observation | None:
        """The figure of a name as an address has it; None where the release has none of it."""
        try:
            name = FigureName.read(text)
        except ValueError:
            return None
        short = replace(name, response="") if name.response in PRIMARY else name
        position = self.names().get(str(short))
        if position is None:
            return None
        found = self.index.dataset.observations[position]
        return found if name.names(found) else None


@dataclass(frozen=True, slots=True)
class Step:
    """What a release holds that the one before did not."""

    release: str
    released: str
    figures: int
    added: tuple[Observation, ...]
    """Figures that the release before had under no name; none for the first one."""
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ReleaseStore:
    """All releases of a site."""

    newest: Release
    earlier: Mapping[str, Release]
    vocabulary: Vocabulary
    """What an address may name: everything that any release knows."""
    findings: Callable[[str], Mapping[str, str]] = field(init=False, repr=False, compare=False)
    """Language -> (id of a question -> what its view says today, in that language), of all whose finding holds."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "findings", lru_cache(maxsize=len(LANGUAGES))(self._findings))

    @classmethod
    def of_dataset(
        cls, dataset: Dataset, archives: Mapping[str, Path], thresholds: SmallBaseThresholds
    ) -> ReleaseStore:
        """A store with ``dataset`` as the newest release; raises DataError for an archive that cannot be read."""
        datasets = {
            version: load_release(path, dataset)
            for version, path in archives.items()
            if version != dataset.release
        }
        versions = (*sorted(datasets, key=number), dataset.release)
        releases = {
            version: _ready((datasets | {dataset.release: dataset})[version], thresholds, versions)
            for version in versions
        }
        newest = releases.pop(dataset.release)
        vocabulary = reduce(
            Vocabulary.joined,
            (each.index.vocabulary for each in releases.values()),
            newest.index.vocabulary,
        )
        return cls(newest, frozen(releases), vocabulary)

    def of(self, selection: Selection) -> Release:
        """The release a selection names; the newest where it names none."""
        return self.earlier.get(selection.release, self.newest)

    def holding(self, name: str) -> Release | None:
        """The newest release that has a figure; None where none has."""
        releases = (self.newest, *reversed(tuple(self.earlier.values())))
        return next((each for each in releases if each.figure(name)), None)

    def localizer(self, selection: Selection, language: str) -> Localizer:
        """The localizer that answers a selection: of the language it names, else of ``language``."""
        return self.of(selection).localizer(selection.language or language)

    def _findings(self, language: str) -> Mapping[str, str]:
        loc = self.newest.localizer(language)
        told = (
            (each.question_id, finding(loc, self.newest.view(_asked(each, self.vocabulary)), each))
            for each in loc.dataset.questions
        )
        return frozen({name: sentence for name, sentence in told if sentence})

    def history(self, language: str) -> tuple[Step, ...]:
        """Every release with what it added and corrected, the newest first; reasons in a language."""
        releases = [*self.earlier.values(), self.newest]
        changes = self.newest.localizer(language).dataset.changes
        steps = []
        for at, each in enumerate(releases):
            dataset = each.index.dataset
            own = tuple(
                change for change in changes if number(change.release) <= number(dataset.release)
            )
            added: tuple[Observation, ...] = ()
            if at:
                before = releases[at - 1].index.dataset
                own = since(before.release, own)
                known = set(present_names(names(before.observations), own))
                added = tuple(
                    dataset.observations[position]
                    for position, known_as in enumerate(names(dataset.observations))
                    if known_as not in known
                )
            steps.append(
                Step(dataset.release, dataset.released, len(dataset.observations), added, own)
            )
        return tuple(reversed(steps))

    def corrected(self, selection: Selection, position: int) -> tuple[Change, ...]:
        """What has been corrected about a figure since the release that a selection names."""
        return self._corrected(selection, (position,))

    def corrections(self, selection: Selection) -> tuple[Change, ...]:
        """What has been corrected about the figures of a view since the release that its selection names."""
        positions = tuple(
            value.observation.position
            for section in self.of(selection).view(selection).sections
            for value in section.values
        )
        return self._corrected(selection, positions)

    def _corrected(self, selection: Selection, positions: Sequence[int]) -> tuple[Change, ...]:
        shown = self.of(selection).index.dataset
        later = since(shown.release, self.newest.index.dataset.changes)
        found = {
            change.change_id
            for position in positions
            for change in of_figure(name(shown.observations[position]), later)
        }
        return tuple(change for change in later if change.change_id in found)

    def changed(self, selection: Selection) -> int:
        """Figures of a view that differ between the release it names and the newest, those added or gone included."""
        before, now = (
            _figures(each.index, selection) for each in (self.of(selection), self.newest)
        )
        return sum(before.get(key) != now.get(key) for key in before.keys() | now.keys())


def _ready(dataset: Dataset, thresholds: SmallBaseThresholds, versions: tuple[str, ...]) -> Release:
    index = build_index(dataset, thresholds)
    index = replace(index, vocabulary=replace(index.vocabulary, releases=versions))
    return Release(
        index,
        cache(partial(Localizer, dataset)),
        lru_cache(maxsize=_KEPT)(partial(view, index)),
        cache(partial(_names, dataset)),
    )


def _names(dataset: Dataset) -> Mapping[str, int]:
    return frozen({str(FigureName.of(row)): row.position for row in dataset.observations})


def _asked(question: Question, vocabulary: Vocabulary) -> Selection:
    """The selection that a question opens on."""
    return parse(question.query, vocabulary).selection


def _figures(
    index: DatasetIndex, selection: Selection
) -> dict[tuple[str, ...], tuple[object, ...]]:
    """What a view draws of a release: figure -> everything that could have been corrected."""
    rows = index.dataset.observations
    drawn = (
        rows[position]
        for position in np.flatnonzero(
            comparable_mask(index, selection, filter_mask(index, selection))
        ).tolist()
    )
    return {_key(row): (row.value, row.qualifier, row.n, row.base, row.status) for row in drawn}


def _key(row: Observation) -> tuple[str, ...]:
    return row.survey_id, row.sector, row.dimension, row.segment, row.indicator, row.response
