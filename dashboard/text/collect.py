"""Brings the catalogues in line with the code: `make translations` runs this, nothing else does.

What the code says is collected as ``pyproject.toml`` tells Babel to. A text that is new comes in without a translation, one
that is gone goes, every other keeps what translators wrote. The same code gives the same bytes.
"""

from __future__ import annotations

import sys
import tomllib
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from dashboard.selection import LANGUAGES
from dashboard.text.catalogues import path

ROOT = Path(__file__).parents[2]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "t": None,
    "plural": (1, 2),
    "count_of": (1, 2),
    "gettext_noop": None,
}
"""What a text is marked with -> which arguments hold it: methods of Localizer, and ``dashboard.messages.gettext_noop``."""


def template() -> Catalog:
    """Every text of the code and of the page templates that is marked for translation."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "babel"
    ]["mappings"]
    found = extract_from_dir(
        ROOT,
        [(each["pattern"], each["method"]) for each in mappings],
        {each["pattern"]: {**each, "silent": "false"} for each in mappings},
        KEYWORDS,
        directory_filter=lambda folder: Path(folder).is_relative_to(ROOT / "dashboard"),
    )
    made = Catalog()
    for _, _, text, _, _ in found:
        made.add(text)
    return made


def updated(old: bytes, language: str, texts: Catalog) -> bytes:
    """A catalogue with exactly ``texts``, and the translations that it had of them."""
    catalog = read_po(BytesIO(old), locale=language)
    catalog.update(texts, no_fuzzy_matching=True)
    for each in catalog:
        if "%(" not in str(each.id):
            each.flags.discard(
                "python-format"
            )  # Babel takes the percent sign of "95% interval" for a placeholder.
    out = BytesIO()
    head = (
        f"Language: {language}",
        "Content-Type: text/plain; charset=utf-8",
        f"Plural-Forms: {catalog.plural_forms}",
    )
    out.write(
        "\n".join(('msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in head), "", "")).encode()
    )
    write_po(
        out,
        catalog,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    return out.getvalue()


def main() -> None:
    """Update every catalogue; one that does not exist yet begins empty."""
    texts = template()
    for language in LANGUAGES[1:]:
        file = path(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(updated(file.read_bytes() if file.exists() else b"", language, texts))
        missing = sum(
            not all(each.string if isinstance(each.string, list | tuple) else [each.string])
            for each in read_po(BytesIO(file.read_bytes()))
            if each.id
        )
        sys.stdout.write(f"{language}: {len(texts)} texts, {missing} to translate\n")


if __name__ == "__main__":
    main()
