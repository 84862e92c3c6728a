"""ZIP files whose bytes depend on nothing but their content."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime

from dashboard.dataset import Dataset

_PLAIN_FILE = 0o644 << 16
_EARLIEST = 1980
"""ZIP knows no earlier year."""


def release_date(dataset: Dataset) -> datetime:
    """Day of the data release, the creation date of every file made from it; without time zone, as file formats want it."""
    day = datetime.fromisoformat(dataset.released)
    day = day.astimezone(UTC) if day.tzinfo else day
    return datetime(max(day.year, _EARLIEST), day.month, day.day)


def zip_member(name: str, made: datetime, stored: bool = False) -> zipfile.ZipInfo:
    """A member of an archive, dated ``made``; ``stored`` for what is compressed already."""
    info = zipfile.ZipInfo(name, made.timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = _PLAIN_FILE
    return info
