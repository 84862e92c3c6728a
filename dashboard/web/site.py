"""What lives as long as the process: settings, data releases, and what draws and keeps pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.releases import ReleaseStore
from dashboard.render import Kept, Renderer
from dashboard.settings import Settings

PICTURES_WAITING = 6
"""Pictures that may wait in one worker; whoever comes after them is asked to try again."""


@dataclass(frozen=True, slots=True)
class Site:
    """One running site."""

    settings: Settings
    store: ReleaseStore
    renderer: Renderer = field(default_factory=lambda: Renderer(waiting=PICTURES_WAITING))
    pictures: Kept = field(default_factory=Kept)

    @property
    def release(self) -> str:
        """Version of the newest data."""
        return self.store.newest.index.dataset.release
