"""The whole view as one archive: a picture per theme, the figures as CSV and workbook, and a README."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard.exports import rows, told
from dashboard.exports.package import member, moment
from dashboard.exports.workbook import workbook
from dashboard.query import Section, View
from dashboard.tables import view_csv
from dashboard.wording import Words, texts

LARGEST = 64 * 1024 * 1024
"""Bytes an archive may have; it is held in memory together with one picture at a time."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a bundle is: ``done`` of ``total`` files, and the file that is made next.

    The last step has ``done == total``, no name, and the finished ``archive``; every other has no archive.
    """

    done: int
    total: int
    name: str
    archive: bytes | None = None


class TooLarge(ValueError):
    """The pictures of a view are larger than an archive may be."""


def bundle(
    view: View, words: Words, address: str, picture: Callable[[Section], bytes]
) -> Iterator[Step]:
    """Make the archive of a view file by file; ``picture`` turns a section into a PNG. The same view gives the same bytes.

    Nothing is made until the iterator is asked, and each ``next`` makes one file, so a caller reports progress between
    two files and stops by closing the iterator:

        steps = bundle(view, words, address, picture)
        for step in steps:
            if cancelled():
                steps.close()
                break
            report(step.done, step.total, step.name)
            if step.archive is not None:
                return step.archive

    Raises TooLarge above ``LARGEST`` bytes, and whatever ``picture`` raises.
    """
    made = moment(words.dataset)
    makers = _makers(view, words, address, picture)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for done, (name, make) in enumerate(makers):
            yield Step(done, len(makers), name)
            archive.writestr(member(name, made, stored=name.endswith((".png", ".xlsx"))), make())
            if out.tell() > LARGEST:
                raise TooLarge(f"more than {LARGEST} bytes")
    yield Step(len(makers), len(makers), "", out.getvalue())


def _makers(
    view: View, words: Words, address: str, picture: Callable[[Section], bytes]
) -> list[tuple[str, Callable[[], bytes]]]:
    """(file name, what makes it), in the archive's order."""

    def drawn(section: Section) -> Callable[[], bytes]:
        return lambda: picture(section)

    pictures = [
        (f"{at:02}_{section.theme}.png", drawn(section))
        for at, section in enumerate(view.sections, start=1)
    ]
    return [
        (
            "README.txt",
            lambda: readme(view, words, address, [name for name, _ in pictures]).encode(),
        ),
        *pictures,
        ("figures.csv", lambda: view_csv(view, words).encode()),
        ("figures.xlsx", lambda: workbook(view, words, address)),
    ]


def readme(view: View, words: Words, address: str, pictures: list[str]) -> str:
    """What the archive holds, the selection in words, notes and bases of each theme, and the sources."""
    t = words.t
    head = told.title(words, view)
    lines = [
        head,
        "=" * len(head),
        "",
        texts.picture_subtitle(words, view.selection),
        "",
        address,
        "",
    ]
    lines += [
        texts.imprint(words, view, address).split(" · http")[0],
        told.licence(words),
        "",
        t("Files"),
        "-----",
        "",
    ]
    lines += [
        f"{name}: {texts.picture_title(words, view, section)}"
        for name, section in zip(pictures, view.sections, strict=True)
    ]
    lines += [
        t("figures.csv: every figure and blank shown, one a line (UTF-8, comma)"),
        t("figures.xlsx: the same as a workbook, with notes, sources and definitions"),
    ]
    theme = None
    for each in told.remarks(words, view, address):
        if each.text in (address, head, told.licence(words)):
            continue
        if each.theme != theme:
            theme = each.theme
            heading = theme or t("How to read the figures")
            lines += ["", heading, "-" * len(heading), ""]
        lines.append(f"{each.kind}: {each.text}")
    lines += ["", t("Sources"), "-------", ""]
    lines += [told.reference(words, source) for source in rows.sources(view, words)]
    return "\n".join(lines) + "\n"
