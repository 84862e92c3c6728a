"""Every text that a reader gets of a file, one function a format, and of code for elsewhere."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from xml.etree import ElementTree as Xml

import openpyxl
import pptx

from dashboard import render
from tests.support import views

THEMES = tuple(views.index().dataset.codes["theme"])


def of_csv(body: bytes) -> list[str]:
    lines = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    return [*lines[0], *(line[2] for line in lines[1:])]


def of_workbook(body: bytes) -> list[str]:
    """Sheets, headings and every cell that holds more than a code."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    texts = [
        *book.sheetnames,
        book.properties.title,
        book.properties.subject,
        book.properties.creator,
        book.properties.keywords,
    ]
    for sheet in book:
        heads = [cell.value for cell in sheet[1]]
        texts += heads
        texts += [
            cell.value
            for row in sheet.iter_rows(min_row=2)
            for cell in row
            if isinstance(cell.value, str) and " " in cell.value
        ]
        texts += [
            cell.value
            for cell in sheet["A"][1:]
            if sheet.title != book.sheetnames[2] and cell.value not in THEMES
        ]
    return texts


def of_slides(body: bytes) -> Iterator[str]:
    show = pptx.Presentation(io.BytesIO(body))
    facts = show.core_properties
    yield from (facts.title, facts.subject, facts.author, facts.keywords)
    for slide in show.slides:
        yield from slide.notes_slide.notes_text_frame.text.split("\n")
        yield from _of_shapes(slide.shapes)


def _of_shapes(shapes: object) -> Iterator[str]:
    for shape in shapes:
        if not shape.is_placeholder:
            yield re.sub(r"^(TextBox|Connector|Rectangle|Oval) \d+$", "", shape.name)
        if hasattr(shape, "shapes"):
            yield from _of_shapes(shape.shapes)
        elif shape.has_text_frame:
            yield from shape.text_frame.text.split("\n")
        elif shape.has_table:
            yield shape._element.nvGraphicFramePr.cNvPr.get("descr")
            yield from (cell.text_frame.text for cell in shape.table.iter_cells())
        elif shape.has_chart:
            yield shape._element.nvGraphicFramePr.cNvPr.get("descr")
            yield from (series.name for series in shape.chart.plots[0].series)
            yield from (
                part.text for part in shape.chart._chartSpace.iter() if part.tag.endswith("}t")
            )
            yield from (name for name in shape.chart.plots[0].categories if name != "None")
            yield from (
                part.get("formatCode")
                for part in shape.chart._chartSpace.iter()
                # "General" is no word, but the format of an axis without numbers.
                if part.tag.endswith("numFmt") and part.get("formatCode") != "General"
            )
            sheet = openpyxl.load_workbook(
                io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)
            ).active
            yield from (
                cell.value
                for row in sheet.iter_rows()
                for cell in row
                if isinstance(cell.value, str)
            )


def of_json(body: bytes) -> list[str]:
    held = json.loads(body)
    return [
        *(
            held["label"],
            held["source"],
            held["extension"]["licence"],
            *held["note"],
            *held["extension"]["status"]["label"].values(),
        ),
        *(each["label"] for each in held["extension"]["sources"].values()),
        *(
            text
            for each in held["dimension"].values()
            for text in (each["label"], *each["category"]["label"].values())
        ),
        *(
            text
            for each in held["dimension"].values()
            for unit in each["category"].get("unit", {}).values()
            for text in (unit["label"], unit["base"])
        ),
    ]


def of_records(body: bytes) -> list[str]:
    meta = json.loads(body)["meta"]
    titles = [
        text for each in meta["notes"] for text in (each["kind"], each["text"], each["theme"] or "")
    ]
    return [
        *titles,
        *(meta[name] for name in ("title", "selection", "licence", "unit")),
        *meta["blanks"].values(),
    ]


def of_svg(body: bytes) -> list[str]:
    """What a screen reader or a program reads."""
    names = ("}title", "}desc", "}creator", "}source", "}rights")
    drawing = Xml.fromstring(body)  # noqa: S314 - our own
    return [element.text for element in drawing.iter() if element.tag.endswith(names)]


def of_png(body: bytes) -> list[str]:
    about = render.read(body)
    return [
        getattr(about, field.name)
        for field in fields(about)
        if field.name in ("title", "description", "author", "source", "licence")
    ]


def of_archive(body: bytes) -> list[str]:
    held = zipfile.ZipFile(io.BytesIO(body))
    return re.sub(
        r"^(\d\d_\w+|figures)\.\w+(?=:)", "", held.read("README.txt").decode(), flags=re.MULTILINE
    ).splitlines()


def code_texts(texts: list[str]) -> Iterator[str]:
    """What a reader of code for elsewhere gets to see."""
    for text in texts:
        if text.startswith(("<iframe", "<a ")):
            yield from re.findall(r'(?:title|alt)="([^"]*)"', text)
        elif text.startswith("[!["):
            yield text[3:].partition("](")[0]
        elif text.startswith("@misc"):
            yield from re.findall(
                r"= \{+(.*?)\}+,?$", text.replace("\\", "").replace("} and {", "; "), re.MULTILINE
            )
        else:
            yield text
