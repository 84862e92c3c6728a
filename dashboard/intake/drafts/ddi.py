"""What a DDI Codebook (2.1, 2.5) says of the variables of a file: archives give one with the answers.

A variable is let go of as soon as it is read, and a document type is refused, so that no entity can be declared: neither one that
stands for another file nor those that stand for each other until memory ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree as ET

from dashboard.intake.answers.labels import Boxes, Description, Variable, written
from dashboard.intake.faults import Fault, Refused, quoted

ENDINGS = (".xml",)
LARGEST = 2**28
"""Bytes of a codebook."""
DEEPEST = 100
"""Elements within each other."""
_PART = 2**20
_LISTED = 100
"""Values of one element that declares some as missing."""
_ROOT = "codeBook"
_LIFECYCLE = ("DDIInstance", "FragmentInstance")
_SAID: Mapping[str, str] = {
    "title": "stdyDscr/citation/titlStmt/titl",
    "producer": "stdyDscr/citation/prodStmt/producer",
    "population": "stdyDscr/stdyInfo/sumDscr/universe",
    "unit": "stdyDscr/stdyInfo/sumDscr/anlyUnit",
    "fieldwork": "stdyDscr/stdyInfo/sumDscr/collDate",
}
"""Column of surveys.csv -> the element whose text may belong there."""


class _Unwanted(Exception):
    """What makes reading stop: what was found, and what is expected."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found)
        self.found, self.expected = found, expected


class _Builder(ET.TreeBuilder):
    """Builds the tree without namespaces; its variables are read and left out."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: list[Variable] = []
        self.weights: list[str] = []
        self.names: dict[str, str] = {}
        """ID of a variable -> its name."""
        self._depth = 0

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise _Unwanted("a document type", "XML without one: delete what begins with <!DOCTYPE")

    def start(self, tag: str, attributes: dict[str, str], /) -> ET.Element:
        name = _local(tag)
        if not self._depth and name != _ROOT:
            raise _Unwanted(f"XML that begins with <{name}>", _expected(name))
        self._depth += 1
        if self._depth > DEEPEST:
            raise _Unwanted(f"more than {DEEPEST} elements within each other", "a DDI Codebook")
        return super().start(name, attributes)

    def end(self, tag: str, /) -> ET.Element:
        self._depth -= 1
        element = super().end(_local(tag))
        if element.tag == "var":
            self._read(element)
            element.clear()
        return element

    def _read(self, element: ET.Element) -> None:
        variable = _variable(element)
        self.variables.append(variable)
        self.names[element.get("ID", variable.name)] = variable.name
        if element.get("wgt") == "wgt":
            self.weights.append(variable.name)


def description(path: Path) -> Description:
    """What a codebook says of its variables.

    Raises Refused for a file that is too large, is no XML, or is no DDI Codebook.
    """
    built = _Builder()
    try:
        root = _parsed(path, built)
    except _Unwanted as error:
        raise Refused([Fault(path.name, error.found, error.expected)]) from error
    except (ET.ParseError, LookupError, ValueError) as error:
        raise Refused([Fault(path.name, quoted(error), "well-formed XML, in UTF-8")]) from error
    if not built.variables:
        raise Refused([Fault(path.name, "no variable", "codeBook/dataDscr/var")])
    return Description(
        path.name,
        _text(root, "fileDscr/fileTxt/fileName"),
        "",
        {name: text for name, place in _SAID.items() if (text := _text(root, place))},
        tuple(built.weights),
        tuple(built.variables),
        tuple(_groups(root, built.names)),
    )


def _parsed(path: Path, built: _Builder) -> ET.Element:
    size = path.stat().st_size
    if size > LARGEST:
        raise _Unwanted(f"{size / 2**20:.0f} MB", f"at most {LARGEST / 2**20:.0f} MB")
    # Safe, since a document type stops it: without one no entity can be declared.
    parser = ET.XMLParser(target=built)  # noqa: S314
    with path.open("rb") as file:
        while part := file.read(_PART):
            parser.feed(part)
    root: ET.Element = parser.close()
    return root


def _expected(root: str) -> str:
    lifecycle = " (DDI Lifecycle is not read: export it as Codebook)" if root in _LIFECYCLE else ""
    return f"a DDI Codebook 2.1 or 2.5, which begins with <{_ROOT}>{lifecycle}"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _name(element: ET.Element) -> str:
    return element.get("name", "") or element.get("ID", "")


def _text(element: ET.Element, place: str) -> str:
    """The text of the first element of a place, on one line; blank where there is none."""
    found = element.find(place)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _variable(element: ET.Element) -> Variable:
    labels: dict[str, str] = {}
    missing: list[str] = []
    for category in element.iterfind("catgry"):
        value = written(_text(category, "catValu"))
        labels[value] = _text(category, "labl")
        if category.get("missing") == "Y":
            missing.append(value)
    declared, ranges = _declared(element, labels)
    form = element.find("varFormat")
    return Variable(
        _name(element),
        _text(element, "qstn/qstnLit") or _text(element, "labl"),
        form is not None and form.get("type") == "character",
        labels,
        tuple(dict.fromkeys((*missing, *declared))),
        ranges,
        asked=_text(element, "universe"),
    )


def _declared(
    element: ET.Element, labels: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Values and ranges that an element declares as missing."""
    values = [
        written(value)
        for item in islice(element.iterfind("invalrng/item"), _LISTED)
        if (value := item.get("VALUE", ""))
    ]
    ranges: list[str] = []
    for item in islice(element.iterfind("invalrng/range"), _LISTED):
        low, high = written(item.get("min", "")), written(item.get("max", ""))
        if low and low == high:
            values.append(low)
        else:
            ranges.append(" to ".join(filter(None, (low, high))))
            values += [value for value in labels if value in (low, high)]
    return tuple(values), tuple(filter(None, ranges))


def _groups(root: ET.Element, names: Mapping[str, str]) -> Iterator[Boxes]:
    for group in root.iterfind("dataDscr/varGrp"):
        members = group.get("var", "").split()
        if group.get("type") == "multipResp" and members:
            yield Boxes(
                _name(group),
                _text(group, "labl"),
                tuple(dict.fromkeys(names.get(each, each) for each in members)),
                dichotomous=True,
            )
