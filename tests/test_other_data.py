"""A site on another data folder: two other countries, sectors and surveys of their own, and nothing of today's data."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.dataset import DATA_FOLDER, check
from dashboard.settings import Settings
from dashboard.web import create_app
from tests.support.folders import write

OURS = re.compile(
    r"Denmark|Danmark|Danish|dansk[ea]|Swed|Sverige|svensk[ea]|Norway|Norge|Norw|Iceland|Netherlands|Nordic|nordisk",
)
"""What the project's own data is about; names of languages do not match."""

TABLES = {
    "codes.csv": """list,code,label_en,short_en,description_en
theme,staff,Staff,,Who takes part.
theme,money,Money,,What it costs.
country,XX,Exland,,
country,YY,Wyland,,
sector,all,All sectors,,Every sector taken together.
sector,schools,Schools,,Public schools.
sector,police,Police,,Police stations.
level,workplace,Workplaces,,Leaders of single workplaces answered.
level,central,Management,,The management answered.
design,sample,Sample,,A part was asked.
design,unknown,Not known,,
unit,workplace-all,workplaces,,
unit,workplace-schools,schools,,
unit,workplace-police,police stations,,
unit,organisation-all,organisations,,
unit,management-all,managements,,
kind,national,National survey,,
kind,compilation,Compilation,,
response,yes,Yes,,
response,no,No,,
response,bought,Bought,,
response,built,Built,,
response,borrowed,Borrowed,,
base,workplaces,workplaces,,All workplaces that answered are counted.
base,organisations,organisations,,All organisations that answered are counted.
qualifier,exact,exact,,
status,printed,Printed,,
doubt,edition,the edition,,
dimension,size,Size,,
segment:size,small,Small,,
segment:size,large,Large,,
""",
    "surveys.csv": """survey_id,country,title,producer,population,unit,level,kind,weighted,has_figures,source_id,period_start,\
period_end,reference_period,sectors,definition,design,short_title,period_kind
xx-2030,XX,Exland asks,Office of Exland,Everybody,workplace,workplace,national,no,yes,xx-report,2029,2030,2029-2030,\
all~schools~police,new,sample,,years
xx-2032,XX,Exland asks again,Office of Exland,Everybody,workplace,workplace,national,no,yes,xx-report,2031,2032,2031-2032,\
all~schools~police,new,sample,,years
yy-2031,YY,Wyland asks,Office of Wyland,Everybody,workplace,workplace,national,no,yes,yy-report,,2031,,all~schools,,unknown,,\
survey_year
yy-2031-central,YY,Wyland asks its heads,Office of Wyland,Everybody,organisation,central,national,no,yes,yy-report,,,since the \
reform,all,,unknown,,stated
atlas-yy,YY,Atlas of two countries,Both offices,Everybody,workplace,workplace,compilation,unknown,yes,yy-report,,,,all,,unknown,\
the atlas of 2033,unknown
""",
    "concepts.csv": """concept,theme,label_en,definition_en,scale,by_definition
trained,staff,Trained their staff,Whether anybody was trained.,multiple,no
trained_all,staff,Trained all their staff,Whether everybody was trained.,multiple,no
innovated,staff,Innovated,Whether anything new was introduced.,multiple,yes
origin,money,Where it comes from,Where the new thing comes from.,single,no
saved,money,Saved money,Whether it cost less afterwards.,multiple,no
""",
    "definitions.csv": """definition_id,label_en,definition_en,source_id
new,new to the workplace,Anything new to the workplace.,xx-report
""",
    "containments.csv": "wider,narrower\ntrained,trained_all\n",
    "sources.csv": """source_id,title,publisher,url,document,language,published
xx-report,Report of Exland,Office of Exland,https://exland.example/report,,en,2032
yy-report,Report of Wyland,Office of Wyland,,,en,
""",
    "observations.csv": """survey_id,sector,segment,theme,concept,response,value,n,base
xx-2030,all,,staff,trained,yes,40,400,workplaces
xx-2032,all,,staff,trained,yes,55,500,workplaces
xx-2032,schools,,staff,trained,yes,70,200,workplaces
xx-2032,police,,staff,trained,yes,30,90,workplaces
xx-2032,all,size=small,staff,trained,yes,44,20,workplaces
xx-2032,all,size=large,staff,trained,yes,66,,workplaces
xx-2032,all,,money,saved,yes,12,500,workplaces
xx-2032,all,,money,origin,bought,50,500,workplaces
xx-2032,all,,money,origin,built,30,500,workplaces
xx-2032,all,,money,origin,borrowed,20,500,workplaces
xx-2032,all,,staff,innovated,yes,80,500,workplaces
yy-2031,all,,staff,trained,yes,61,300,workplaces
yy-2031,schools,,staff,trained,yes,64,120,workplaces
yy-2031-central,all,,staff,trained,yes,77,30,organisations
atlas-yy,all,,staff,innovated,yes,81,,workplaces
""",
    "response_rates.csv": "survey_id,sector,population,invited,respondents,response_rate\nxx-2032,schools,,400,200,50\n",
    "asked.csv": "survey_id,concept,asked,drawn,evidence\nyy-2031,saved,no,no,Not in the questionnaire.\n",
    "breaks.csv": """break_id,from_survey,to_survey,concepts,sector,verdict,changed,description,source_id
xx-words,xx-2030,xx-2032,trained,,care,question,The question was worded anew.,xx-report
""",
    "published_tests.csv": """survey_id,concept,sector_a,sector_b,result,statement,source_id,locator
xx-2032,trained,schools,police,different,Schools train more often.,xx-report,page 3
""",
}
ALWAYS = {
    "qualifier": "exact",
    "status": "printed",
    "label_in_source_en": "as asked",
    "source_id": "xx-report",
    "locator": "page 1",
}
"""What the short tables above leave out, where a column may not be blank."""
VIEWS = (
    "",
    "theme=staff&view=change",
    "theme=staff&split=size&view=dots",
    "view=heat",
    "theme=money&view=scale",
    "view=table",
)
FILES = ("chart.svg", "data.csv", "data.xlsx", "data.json", "slides.pptx", "view.zip")
PAGES = (
    "/countries",
    "/country/xx",
    "/country/yy",
    "/sources",
    "/method",
    "/changes",
    "/accessibility",
    "/search?q=a",
    "/api",
    "/paper",
    "/bundle",
)


def packed(made: Path, tables: dict[str, str]) -> Path:
    """The tables as a data package without translations, changes, ready views and earlier releases."""
    package = json.loads((DATA_FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    package |= {"title": "Two countries", "version": "2033.1", "created": "2033-05-01T00:00:00Z"}
    package["resources"] = [each for each in package["resources"] if each["path"] in tables]
    (made / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for resource in package["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        rows = csv.DictReader(io.StringIO(tables[resource["path"]]))
        filled = [[row.get(column) or ALWAYS.get(column, "") for column in columns] for row in rows]
        write(made / resource["path"], [columns, *filled])
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packed(tmp_path_factory.mktemp("other"), TABLES)


def without(tables: dict[str, str], *beginnings: str) -> dict[str, str]:
    """The tables without the lines that begin so."""
    return {
        name: "".join(
            line for line in text.splitlines(keepends=True) if not line.startswith(beginnings)
        )
        for name, text in tables.items()
    }


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return create_app(Settings(data=folder, drawings=0)).test_client()


def text_of(body: bytes) -> str:
    """The text of an answer; of an archive that of everything in it that is text, in archives within it, too."""
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        members = [name for name in archive.namelist() if not name.endswith(".png")]
        return "\n".join(text_of(archive.read(name)) for name in members)


def test_the_folder_is_sound(folder: Path) -> None:
    assert check(folder).faults == ()


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("query", VIEWS)
def test_every_view_and_file_answers(client: FlaskClient, query: str, language: str) -> None:
    for path in ("", "paper", *FILES):
        theme = "theme=staff&" if path == "chart.svg" and "theme=" not in query else ""
        answer = client.get(f"/{path}?{theme}{query}&lang={language}".replace("?&", "?"))
        assert answer.status_code == 200, (path, answer.text[:300])
        text = text_of(answer.data)
        assert OURS.findall(text) == [], path
        assert "Exland" in text, path


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(f"{path}?lang={language}")
    assert answer.status_code == 200, answer.text[:300]
    assert OURS.findall(text_of(answer.data)) == []


def test_it_tells_its_own_names(client: FlaskClient) -> None:
    first = client.get("/?lang=en").text
    assert "ready-heading" not in first
    sources = client.get("/sources?lang=en").text
    assert "Wyland, in the atlas of 2033" in sources
    assert "since the reform" in sources
    assert "surveyed 2031" in sources
    legend = client.get("/method?lang=en").text
    assert "published only in the atlas of 2033" in legend


def test_a_first_edition_has_nothing_to_compare_and_nothing_is_split(tmp_path: Path) -> None:
    """No breaks, tests, response rates, records of what was asked, splits, or words for who answered."""
    bare = without(TABLES, "unit,", "dimension,", "segment:", "xx-2032,all,size=")
    for name in ("breaks", "published_tests", "response_rates", "asked", "containments"):
        bare[f"{name}.csv"] = bare[f"{name}.csv"].splitlines()[0] + "\n"
    folder = packed(tmp_path, bare)
    assert check(folder).faults == ()
    site = create_app(Settings(data=folder, drawings=0)).test_client()
    for path in (*PAGES, "/", "/?view=change", *(f"/{name}?theme=staff" for name in FILES)):
        answer = site.get(path)
        assert answer.status_code == 200, (path, answer.text[:300])
