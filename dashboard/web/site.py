"""What lives as long as the process: settings, data releases, what draws pictures, and what has been made and is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from dashboard.releases import ReleaseStore
from dashboard.render import Kept, Renderer
from dashboard.settings import Settings
from dashboard.web.limits import Limits
from dashboard.web.shared import Shared
from dashboard.web.workshop import Workshop

PICTURES, FILES, PAGES = 3 * 2**20, 2 * 2**20, 3 * 2**20
"""Bytes of pictures, of other costly files, and of pages, that a worker keeps: about forty pictures, half a dozen
presentations, a hundred pages of views.

With ``answers.ROOM`` and ``serve.COMPRESSED`` that is all that grows with what readers ask for.
"""


@dataclass(frozen=True, slots=True)
class Site:
    """One running site."""

    settings: Settings
    store: ReleaseStore
    renderer: Renderer = field(default_factory=Renderer)
    pages: Kept = field(default_factory=lambda: Kept(PAGES))
    limits: Limits = field(init=False)
    pictures: Workshop = field(init=False)
    files: Workshop = field(init=False)
    """Costly files that are no pictures; they take turns with these."""
    data: str = field(init=False)
    """Names the state of the data folder: two machines with the same release and other tables never share a file."""

    def __post_init__(self) -> None:
        settings = self.settings
        limits = Limits(settings.drawings, settings.redis_url, settings.proxies)
        pictures = Workshop(Kept(PICTURES), limits, Shared(settings.redis_url))
        made = {
            "limits": limits,
            "pictures": pictures,
            "files": replace(pictures, kept=Kept(FILES)),
            "data": _digest(settings.data),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    @property
    def release(self) -> str:
        """Version of the newest data."""
        return self.store.newest.index.dataset.release


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    kinds = ("*.csv", "*.json", "imports/*.json", "*/*.zip")
    for path in sorted(path for kind in kinds for path in folder.glob(kind)):
        found.update(path.name.encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:32]
