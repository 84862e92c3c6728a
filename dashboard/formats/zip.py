"""The whole view as one archive: a picture per theme, the figures in every format meant for it, and a README."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

from dashboard.formats import records, remarks
from dashboard.formats.deterministic_zip import release_date, zip_member
from dashboard.formats.format import Format, Order, Step, Streamed
from dashboard.formats.parameters import read
from dashboard.messages import gettext_noop
from dashboard.query import Section
from dashboard.text import licence, pictures, texts

LARGEST = 64 * 1024 * 1024
"""Bytes an archive may have; it is held in memory together with one picture at a time."""


class TooLarge(ValueError):
    """The pictures of a view are larger than an archive may be."""


def bundle(order: Order) -> Iterator[Step]:
    """Make the archive of a view file by file. The same view gives the same bytes.

    Nothing is made until the iterator is asked, and each ``next`` makes one file, so a caller reports progress between
    two files and stops by closing the iterator:

        steps = bundle(order)
        for step in steps:
            if cancelled():
                steps.close()
                break
            report(step.done, step.total, step.name)
            if step.content is not None:
                return step.content

    Raises TooLarge above ``LARGEST`` bytes, and whatever ``order.picture`` and ``order.work`` raise.
    """
    made = release_date(order.loc.dataset)
    makers = _makers(order)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for done, (name, stored, make) in enumerate(makers):
            yield Step(done, len(makers), name)
            order.work.go_on()
            archive.writestr(zip_member(name, made, stored=stored), make())
            if out.tell() > LARGEST:
                raise TooLarge(f"more than {LARGEST} bytes")
    yield Step(len(makers), len(makers), "", out.getvalue())


def _makers(order: Order) -> list[tuple[str, bool, Callable[[], bytes]]]:
    """(file name, whether it is compressed already, what makes it), in the archive's order."""

    def drawn(section: Section) -> Callable[[], bytes]:
        return lambda: order.picture(section)

    def filed(each: Format) -> Callable[[], bytes]:
        return lambda: order.work.in_turn(
            lambda: each.make(replace(order, extras=read(each.extras, ())[0]))
        )

    drawings = [
        (f"{at:02}_{section.theme}.png", True, drawn(section))
        for at, section in enumerate(order.view.sections, start=1)
    ]
    return [
        ("README.txt", False, lambda: readme(order, [name for name, *_ in drawings]).encode()),
        *drawings,
        *((f"figures.{each.name}", each.compressed, filed(each)) for each in _held(order)),
    ]


def _held(order: Order) -> list[Format]:
    """The formats an archive holds."""
    return [each for each in order.formats if each.in_archive]


def readme(order: Order, drawings: list[str]) -> str:
    """What the archive holds, the selection in words, notes and bases of each theme, and the sources."""
    view, loc, address = order.view, order.loc, order.address
    t = loc.t
    head = remarks.title(loc, view)
    lines = [
        head,
        "=" * len(head),
        "",
        pictures.selection_line(loc, view.selection),
        "",
        address,
        "",
        texts.imprint(loc, view, address).split(" · http")[0],
        licence.of_file(loc),
        "",
        t("Files"),
        "-----",
        "",
    ]
    lines += [
        f"{name}: {pictures.subject(loc, view, section)}"
        for name, section in zip(drawings, view.sections, strict=True)
    ]
    lines += [t(each.in_archive) for each in _held(order)]
    theme = None
    for each in remarks.remarks(loc, view, address):
        if each.text in (address, head, licence.of_file(loc)):
            continue
        if each.theme != theme:
            theme = each.theme
            heading = theme or t("How to read the figures")
            lines += ["", heading, "-" * len(heading), ""]
        lines.append(f"{each.kind}: {each.text}")
    lines += ["", t("Sources"), "-------", ""]
    lines += [remarks.reference(loc, source) for source in records.sources(view, loc)]
    return "\n".join(lines) + "\n"


def _whole(order: Order) -> bytes:
    return b"".join(step.content for step in bundle(order) if step.content)


FORMAT = Format(
    name="zip",
    path="/view.zip",
    media_type="application/zip",
    summary="Pictures, tables and sources of a view in one archive.",
    make=_whole,
    label=gettext_noop("Everything (ZIP)"),
    in_toolbar=1,
    compressed=True,
    weight=lambda view: 2 + 2 * len(view.sections),
    in_parts=True,
    streamed=Streamed("/bundle", bundle),
)
