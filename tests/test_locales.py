"""What Babel keeps of each language: what pages write with it, and nothing that they do not."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from babel import Locale, localedata
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from dashboard.selection import LANGUAGES
from dashboard.text import locales

DAY = date(2026, 3, 1)
_WRITTEN = """
from babel import Locale
from tests.test_locales import written
print(ascii(written(Locale.parse({tag!r}))))
"""


def written(locale: Locale) -> list[str]:
    """Everything that the site has Babel write."""
    return [
        format_decimal(12345.6, locale=locale),
        format_percent(0.125, locale=locale, decimal_quantization=False),
        format_list(["a", "b", "c"], locale=locale),
        format_list(["a", "b"], "or", locale=locale),
        format_date(DAY, "long", locale=locale),
        format_skeleton("yMMMM", DAY, locale=locale),
        locale.get_display_name(locale) or "",
        locale.languages["fi"],
    ]


@pytest.mark.parametrize("tag", ["en_GB", *LANGUAGES])
def test_a_locale_writes_what_babel_writes(tag: str) -> None:
    plain = subprocess.run(
        [sys.executable, "-c", _WRITTEN.format(tag=tag)], check=True, capture_output=True, text=True
    )
    assert ascii(written(locales.locale(tag))) == plain.stdout.strip()


@pytest.mark.parametrize("tag", ["en_GB", *LANGUAGES])
def test_what_no_page_writes_is_not_kept(tag: str) -> None:
    locales.locale(tag)
    ancestors = {"root", tag, tag.partition("_")[0], "no" if tag == "nb" else tag}
    for name in ancestors:
        assert not set(locales.UNUSED) & set(localedata.load(name)), name
