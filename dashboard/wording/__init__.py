"""Every text a reader sees."""

from dashboard.wording.words import Words

__all__ = ["Words"]
