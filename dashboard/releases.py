"""Data releases: the newest, and the earlier ones that published addresses still name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from dashboard.comparability import Limits
from dashboard.dataset import Dataset, Observation, load_release
from dashboard.query import Prepared, View, prepare, view
from dashboard.query.facets import compared, kept
from dashboard.selection import Selection
from dashboard.wording import Words


@dataclass(frozen=True, slots=True)
class Release:
    """One release, ready to answer."""

    prepared: Prepared
    words: Words


@dataclass(frozen=True, slots=True)
class Shelf:
    """All releases of a site. Earlier ones are read from their archives when first asked for."""

    newest: Release
    archives: Mapping[str, Path]
    """Earlier release -> its archive."""
    _read: dict[str, Release] = field(default_factory=dict)

    @classmethod
    def of_dataset(cls, dataset: Dataset, archives: Mapping[str, Path], limits: Limits) -> Shelf:
        """A shelf with ``dataset`` as the newest release."""
        earlier = {version: path for version, path in archives.items() if version != dataset.release}
        prepared = prepare(dataset, limits)
        versions = (*sorted(earlier), dataset.release)
        prepared = replace(prepared, vocabulary=replace(prepared.vocabulary, releases=versions))
        return cls(Release(prepared, Words(dataset)), earlier)

    def of(self, selection: Selection) -> Release:
        """The release a selection names; the newest where it names none."""
        version = selection.release
        if version not in self.archives:
            return self.newest
        if version not in self._read:
            dataset = load_release(self.archives[version])
            prepared = prepare(dataset, self.newest.prepared.limits)
            vocabulary = replace(prepared.vocabulary, releases=self.newest.prepared.vocabulary.releases)
            self._read[version] = Release(replace(prepared, vocabulary=vocabulary), Words(dataset))
        return self._read[version]

    def view(self, selection: Selection) -> View:
        """The view of a selection, from the release it names."""
        return view(self.of(selection).prepared, selection)

    def changed(self, selection: Selection) -> int:
        """Figures of a view that differ between the release it names and the newest, those added or gone included."""
        before, now = (_figures(each.prepared, selection) for each in (self.of(selection), self.newest))
        return sum(before.get(key) != now.get(key) for key in before.keys() | now.keys())


def _figures(prepared: Prepared, selection: Selection) -> dict[tuple, tuple]:
    """What a view draws of a release: figure -> everything that could have been corrected."""
    rows = prepared.dataset.observations
    drawn = (rows[position] for position in np.flatnonzero(compared(prepared, selection, kept(prepared, selection))))
    return {_key(row): (row.value, row.qualifier, row.n, row.base, row.status) for row in drawn}


def _key(row: Observation) -> tuple:
    return row.survey_id, row.sector, row.dimension, row.segment, row.concept, row.response
