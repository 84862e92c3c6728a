"""What lives as long as the process: settings, data releases, what draws pictures, and what has been made and is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.releases import ReleaseStore
from dashboard.render import Kept, Renderer
from dashboard.settings import Settings

PICTURES_WAITING = 6
"""Pictures that may wait in one worker; whoever comes after them is asked to try again."""
PICTURES, PAGES = 6 * 2**20, 6 * 2**20
"""Bytes of pictures, and of pages as HTML, that a worker keeps: about eighty pictures, twenty pages of views.

With ``answers.ROOM`` and ``serve.COMPRESSED`` that is all that grows with what readers ask for.
"""


@dataclass(frozen=True, slots=True)
class Site:
    """One running site."""

    settings: Settings
    store: ReleaseStore
    renderer: Renderer = field(default_factory=lambda: Renderer(waiting=PICTURES_WAITING))
    pictures: Kept = field(default_factory=lambda: Kept(PICTURES))
    pages: Kept = field(default_factory=lambda: Kept(PAGES))

    @property
    def release(self) -> str:
        """Version of the newest data."""
        return self.store.newest.index.dataset.release
