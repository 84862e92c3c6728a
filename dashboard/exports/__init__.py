"""View -> files: a workbook, JSON-stat, slides with editable charts, and the whole view as one archive."""

from dashboard.exports.bundle import Step, TooLarge, bundle
from dashboard.exports.deck import deck
from dashboard.exports.jsonstat import jsonstat, records
from dashboard.exports.workbook import workbook

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""Ending of a file -> its media type."""

__all__ = ["MEDIA_TYPES", "Step", "TooLarge", "bundle", "deck", "jsonstat", "records", "workbook"]
