"""Every text a reader sees."""

from dashboard.text.localizer import Localizer

__all__ = ["Localizer"]
