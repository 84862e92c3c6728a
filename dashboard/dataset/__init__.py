"""The only reader of the data folder: validates everything and returns a frozen Dataset."""

from dashboard.dataset.faults import DataError, Fault, report
from dashboard.dataset.load import DATA_FOLDER, Checked, check, load
from dashboard.dataset.observations import Observations
from dashboard.dataset.releases import archives, keep, load_release
from dashboard.dataset.translations import in_language
from dashboard.dataset.types import (
    PRIMARY,
    Asked,
    Break,
    Change,
    Code,
    Concept,
    Dataset,
    Definition,
    Observation,
    PublishedTest,
    ReadyView,
    ResponseRate,
    Source,
    Survey,
    Translation,
)

__all__ = [
    "DATA_FOLDER",
    "PRIMARY",
    "Asked",
    "Break",
    "Change",
    "Checked",
    "Code",
    "Concept",
    "DataError",
    "Dataset",
    "Definition",
    "Fault",
    "Observation",
    "Observations",
    "PublishedTest",
    "ReadyView",
    "ResponseRate",
    "Source",
    "Survey",
    "Translation",
    "archives",
    "check",
    "in_language",
    "keep",
    "load",
    "load_release",
    "report",
]
