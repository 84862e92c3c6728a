"""The only reader of the data folder: validates everything and returns a frozen Dataset."""

from dashboard.dataset.faults import DataError, Fault, report
from dashboard.dataset.load import DATA_FOLDER, Checked, check, load
from dashboard.dataset.observations import Observations
from dashboard.dataset.releases import archive_release, archives, load_release, version_faults
from dashboard.dataset.translations import in_language
from dashboard.dataset.types import (
    PRIMARY,
    Asked,
    Break,
    Change,
    Code,
    Dataset,
    Definition,
    Indicator,
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
    "DataError",
    "Dataset",
    "Definition",
    "Fault",
    "Indicator",
    "Observation",
    "Observations",
    "PublishedTest",
    "ReadyView",
    "ResponseRate",
    "Source",
    "Survey",
    "Translation",
    "archive_release",
    "archives",
    "check",
    "in_language",
    "load",
    "load_release",
    "report",
    "version_faults",
]
