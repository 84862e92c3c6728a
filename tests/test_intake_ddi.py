"""A DDI Codebook becomes a draft; what would harm who reads it is refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dashboard.intake.drafts import ddi, draft
from dashboard.intake.faults import Refused

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
CODEBOOK = """\
<codeBook xmlns="ddi:codebook:2_5" version="2.5">
  <stdyDscr>
    <citation>
      <titlStmt><titl>Innovationsbarometer &amp; mere 2026</titl></titlStmt>
      <prodStmt><producer>En styrelse</producer></prodStmt>
    </citation>
    <stdyInfo><sumDscr>
      <collDate date="2026-03">2026, forår</collDate><anlyUnit>Arbejdspladser</anlyUnit><universe>Offentlige arbejdspladser</universe>
    </sumDscr></stdyInfo>
  </stdyDscr>
  <fileDscr ID="F1"><fileTxt><fileName>svar.csv</fileName></fileTxt></fileDscr>
  <dataDscr>
    <varGrp ID="G1" name="hvem" type="multipResp" var="V3 V4"><labl>Hvem samarbejdede I med?</labl></varGrp>
    <varGrp ID="G2" type="section" var="V1"><labl>Baggrund</labl></varGrp>
    <var ID="V1" name="q1">
      <labl>Innovation</labl>
      <qstn><qstnLit>Har arbejdspladsen
         indført en <emph>innovation</emph>?</qstnLit></qstn>
      <universe>Alle</universe>
      <catgry><catValu>1</catValu><labl>Ja</labl><catStat type="freq">12</catStat></catgry>
      <catgry><catValu>2</catValu><labl>Nej</labl></catgry>
      <catgry missing="Y"><catValu>9</catValu><labl>Uoplyst</labl></catgry>
      <varFormat type="numeric"/>
    </var>
    <var ID="V2" name="vægt" wgt="wgt"><labl>Vægt</labl><varFormat type="numeric"/></var>
    <var ID="V3" name="q7a"><labl>Private virksomheder</labl><catgry><catValu>1.0</catValu><labl>Valgt</labl></catgry></var>
    <var ID="V4" name="q7b"><labl>Borgere</labl><catgry><catValu>1</catValu><labl>Valgt</labl></catgry></var>
    <var ID="V5" name="alder">
      <labl>Alder</labl>
      <invalrng><item VALUE="-1"/><range min="997" max="999"/></invalrng>
      <varFormat type="numeric"/>
    </var>
    <var ID="V6" name="navn"><varFormat type="character"/></var>
  </dataDscr>
</codeBook>
"""


def drafted(folder: Path, text: str | bytes) -> str:
    path = folder / "ddi.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return draft.draft(path)


def refused(folder: Path, text: str | bytes) -> str:
    with pytest.raises(Refused) as error:
        drafted(folder, text)
    return str(error.value)


def test_a_codebook_becomes_a_draft(tmp_path: Path) -> None:
    text = drafted(tmp_path, HEAD + CODEBOOK)
    for line in (
        'title = ""  # of the survey; the file says "Innovationsbarometer & mere 2026"',
        'producer = ""  # who carried it out; the file says "En styrelse"',
        'population = ""  # who was asked; the file says "Offentlige arbejdspladser"',
        '# fieldwork = ""  # the file says "2026, forår"',
        'path = ""  # of the file of answers; the file says "svar.csv"',
        '# weight = "vægt"  # the file says that it is one',
        '# q1: "Har arbejdspladsen indført en innovation?"; asked: "Alle"',
        'missing = [9]  # 9 "Uoplyst"',
        '# hvem: "Hvem samarbejdede I med?"',
        "# chosen =  # the value of a ticked box",
        '# "vægt": "Vægt"; a number',
        '# alder: "Alder"; a number; missing: -1, 997 to 999',
        "# navn: a text",
    ):
        assert f"\n{line}\n" in text
    held = tomllib.loads(text)
    [question], [several] = held["question"], held["several"]
    assert (question["variable"], question["answers"]) == ("q1", {"1": "", "2": ""})
    assert several["boxes"] == {"q7a": "", "q7b": ""}


@pytest.mark.parametrize(
    "changed",
    [
        ('xmlns="ddi:codebook:2_5" version="2.5"', 'version="2.1"'),
        ('xmlns="ddi:codebook:2_5"', 'xmlns="http://www.icpsr.umich.edu/DDI"'),
        ("codeBook", "d:codeBook"),
    ],
)
def test_the_namespace_changes_nothing(tmp_path: Path, changed: tuple[str, str]) -> None:
    old, new = changed
    text = CODEBOOK.replace(old, new)
    if new.startswith("d:"):
        text = re.sub(r"<(/?)(?!d:)(\w)", r"<\1d:\2", text).replace("xmlns=", "xmlns:d=")
    assert text != CODEBOOK
    assert drafted(tmp_path, text) == drafted(tmp_path, CODEBOOK)


def test_an_encoding_is_read_as_it_is_declared(tmp_path: Path) -> None:
    old = HEAD.replace("UTF-8", "ISO-8859-1") + CODEBOOK
    assert drafted(tmp_path, old.encode("iso-8859-1")) == drafted(tmp_path, CODEBOOK)


BOMB = "".join(
    [
        '<!DOCTYPE codeBook [<!ENTITY a0 "ha">',
        *(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10)),
        "]>",
    ]
)
FILE = '<!DOCTYPE codeBook [<!ENTITY file SYSTEM "file:///etc/hostname">]>'
REMOTE = '<!DOCTYPE codeBook SYSTEM "http://127.0.0.1:9/codeBook.dtd">'


@pytest.mark.parametrize("declared", [BOMB, FILE, REMOTE])
@pytest.mark.parametrize("entity", ["&a9;", "&file;", ""])
def test_no_entity_is_declared(tmp_path: Path, declared: str, entity: str) -> None:
    told = refused(tmp_path, HEAD + declared + CODEBOOK.replace("Borgere", entity))
    assert (
        told
        == "ddi.xml: a document type - expected XML without one: delete what begins with <!DOCTYPE"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", 'ddi.xml: "no element found: line 1, column 0" - expected well-formed XML, in UTF-8'),
        (CODEBOOK[:600], 'ddi.xml: "no element found: line 13, column 77" - expected well-formed XML, in UTF-8'),
        (CODEBOOK.replace("Borgere", "&unknown;"), 'ddi.xml: "undefined entity: line'),
        (CODEBOOK.replace("Borgere", "a & b"), 'ddi.xml: "not well-formed'),
        (CODEBOOK.encode("latin-1"), 'ddi.xml: "not well-formed'),
        ('<?xml version="1.0" encoding="klingon"?><codeBook/>', 'ddi.xml: "unknown encoding'),
        ("<html><var/></html>", "ddi.xml: XML that begins with <html> - expected a DDI Codebook 2.1 or 2.5, which begins with <codeBook>"),
        (
            '<ddi:DDIInstance xmlns:ddi="ddi:instance:3_2"/>',
            "ddi.xml: XML that begins with <DDIInstance> - expected a DDI Codebook 2.1 or 2.5, which begins with <codeBook>"
            " (DDI Lifecycle is not read: export it as Codebook)",
        ),
        ("<codeBook><dataDscr/></codeBook>", "ddi.xml: no variable - expected codeBook/dataDscr/var"),
        ("<codeBook>" + "<a>" * 5000, "ddi.xml: more than 100 elements within each other - expected a DDI Codebook"),
        (b"$FL2@(#) SPSS", "ddi.xml: a file that begins like .sav - expected a file of the kind .xml, as its name says"),
    ],
)  # fmt: skip
def test_what_is_no_codebook_is_told_in_one_sentence(
    tmp_path: Path, text: str | bytes, fault: str
) -> None:
    told = refused(tmp_path, text)
    assert told.startswith(fault)
    assert "\n" not in told


def test_a_codebook_is_not_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ddi, "LARGEST", 1000)
    assert refused(tmp_path, CODEBOOK) == "ddi.xml: 0 MB - expected at most 0 MB"


def test_a_variable_is_let_go_of_when_it_is_read() -> None:
    built = ddi._Builder()
    built.start("codeBook", {})
    for at in range(3):
        for name in ("var", "catgry", "catValu"):
            built.start(name, {"name": f"q{at}"})
        built.data("1")
        for name in ("catValu", "catgry", "var"):
            element = built.end(name)
        assert (element.tag, len(element), element.attrib) == ("var", 0, {})
    assert [(each.name, each.labels) for each in built.variables] == [
        (f"q{at}", {"1": ""}) for at in range(3)
    ]
