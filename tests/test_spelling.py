"""What mail programs, chats, newsletters and hands do to an address leaves it the address of its view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.selection import address, parse, parse_page
from dashboard.selection.languages import language, preferred
from tests.support import views

WRITTEN = "theme=drivers&country=DK~SE"


def _read(query: str) -> str:
    parsed = parse(query, views.vocabulary())
    assert parsed.ignored == ()
    return address.format(parsed.selection, views.vocabulary())


@pytest.mark.parametrize(
    "end",
    [
        ".",
        ",",
        ";",
        ":",
        "!",
        ")",
        "]",
        "}",
        ">",
        '"',
        "'",
        "».",
        "”",
        "’",
        "…",
        "*",
        "_",
        ").",
        "%22",
        "%E2%80%9D",
        "%29",
        "?",
        "&",
        "&amp;",
        "#drivers",
        "%23drivers",
        "\u200b",
        "%E2%80%8B",
        "\ufeff",
        "%0A",
        "%20",
        "+",
        "%C2%A0",
        "&quot;>",
        "&rdquo;",
        "&#39;",
        "&nbsp;",
        ")](",
        "%E2%80",
        "#:~:text=Denmark&country=NO",
        "%23:~:text=Norge%26lang=da",
    ],
)
def test_what_stands_behind_an_address_is_no_part_of_it(end):
    assert _read(WRITTEN + end) == WRITTEN


@pytest.mark.parametrize("before", ["?", "&", "amp;", "(", "%3F", "\u200b"])
def test_what_stands_before_a_query_is_no_part_of_it(before):
    assert _read(before + WRITTEN).removeprefix("(") == WRITTEN


@pytest.mark.parametrize(
    "query",
    [
        "theme=drivers&amp;country=DK~SE",
        "theme=drivers&amp;amp;country=DK~SE",
        "theme=drivers&AMP;country=DK~SE",
        "theme=drivers%26amp%3Bcountry=DK~SE",
        "theme%3Ddrivers%26country%3DDK~SE",
        "theme%253Ddrivers%2526country%253DDK~SE",
        "theme=drivers&country=DK%7ESE",
        "theme=drivers&country=DK%257ESE",
        "theme=drivers&country=DK%25257ESE",
        "theme=drivers&country=DK,SE",
        "theme=drivers&country=DK%2C+SE",
        "theme=drivers&country=DK+SE",
        "theme=drivers&country=DK;SE",
        "theme=drivers&country=DK|SE",
        "theme=drivers&country=DK %7E SE",
        "theme=drivers&country=DK\u02dcSE",
        "theme=drivers&country=DK\uff5eSE",
        "theme=drivers&country=dk~se",
        "Theme=Drivers&COUNTRY=Dk~sE",
        "theme=drivers&country=(DK)~*SE*",
        "theme=drivers&country=DK~\r\nSE",
        "theme=dri\r\nvers&country=DK~SE",
        "theme=drivers&country=DK~=\r\nSE",
        "theme=3Ddrivers&country=3DDK~SE",
        "theme=dri\u00advers&country=D\u200bK~S\u2060E",
        "theme=drivers&country=\u202aDK~SE\u202c",
        "theme=drivers&country=\uff24\uff2b~\uff33\uff25",
        "theme=drivers?country=DK~SE",
        "theme=drivers&country=DK&country=SE",
        "theme=drivers;country=DK~SE",
        "theme=drivers%3B country=DK;SE",
        "theme=drivers&coun try=DK~SE",
        "theme=drivers&country[0]=DK&country[1]=SE",
        "theme=drivers&country%5B%5D=DK&country%5B%5D=SE",
        "theme=drivers&country=DK/SE",
        "theme=drivers&country=DK\u00b7SE",
        "theme=drivers&country=DK\u3001SE",
        "theme=drivers&#38;country=DK&#x7E;SE",
        "theme=drivers&country=DK&tilde;SE",
        "theme\\u003ddrivers\\u0026country\\u003dDK~SE",
        "theme=drivers&country=DK%u007ESE",
        "theme\uff1ddrivers\uff06country\uff1dDK\uff5eSE",
        "theme=drivers&country=\U0001d403\U0001d40a~\U0001d412\U0001d404",
        "?theme=drivers&country=DK~SE?theme=drivers&country=DK~SE",
    ],
)
def test_a_changed_address_means_what_it_meant(query):
    assert _read(query) == WRITTEN


def test_a_browser_that_takes_a_parameter_for_a_sign_is_understood():
    assert _read("theme=drivers&country=DK§or=state") == _read(
        "theme=drivers&country=DK&sector=state"
    )


def test_a_hyphen_that_was_made_a_dash_is_a_hyphen():
    assert _read("theme=drivers&edition=dk–2023~se\u20112021—workplace") == _read(
        "theme=drivers&edition=dk-2023~se-2021-workplace"
    )


@pytest.mark.parametrize("query", ["view=table.", "view=Table", "view=%28table%29", "view=3Dtable"])
def test_one_value_is_read_like_many(query):
    assert _read(f"theme=drivers&{query}") == "theme=drivers&view=table"


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("country=DK~SE](x", ["x"]),
        ("country=DK~SE</a>", ["a"]),
        ("country=DK~SE|Innovation barometers", ["Innovation", "barometers"]),
        ("country=DK%7ESE%2", ["2"]),
        ("country=DK~SE&view=table \u2013 Innovation", ["Innovation"]),
    ],
)
def test_what_is_pasted_behind_a_value_is_named_and_the_value_read(query, left):
    parsed = parse(f"theme=drivers&{query}", views.vocabulary())
    read = address.format(parsed.selection, views.vocabulary())
    assert read.removesuffix("&view=table") == WRITTEN
    assert ("view=table" in read) == ("view=table" in query)
    assert [part.value for part in parsed.ignored] == left


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contry", "DK"),
        ("country", "Denmark"),
        ("view", "tabel"),
        ("country", "D-K"),
        ("view", "table or bars"),
        ("source", "newsletter"),
    ],
)
def test_what_is_misspelt_is_still_named(name, value):
    (part,) = parse(f"theme=drivers&{name}={value}", views.vocabulary()).ignored
    assert (part.parameter, part.value) == (name, value)


@pytest.mark.parametrize(
    "name",
    [
        "utm_source",
        "UTM_Medium",
        "fbclid",
        "gclid",
        "msclkid",
        "mc_cid",
        "_x_tr_sl",
        "srsltid",
        "mtm_campaign",
        "pk_kwd",
        "ns_mchannel",
        "at_medium",
        "_kx",
        "elqTrackId",
        "__hstc",
        "smid",
        "trk",
        "vero_id",
        "wt.mc_id",
        "ref",
        "sdata",
        "_cldee",
        "hss_channel",
        "__cft__[0]",
        "ved",
        "ndclid",
        "_branch_referrer",
        "_",
    ],
)
def test_what_tells_where_a_reader_came_from_is_left_out(name):
    assert _read(f"{WRITTEN}&{name}=x") == WRITTEN
    at_home = parse_page(f"?{name}=x", views.vocabulary())
    assert at_home == parse_page("", views.vocabulary())


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("no", "nb"),
        ("nb-NO", "nb"),
        ("nn", "nb"),
        ("NN_no", "nb"),
        ("da-DK", "da"),
        ("DA", "da"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("sv-FI", "sv"),
        ("fi_FI", "fi"),
        ("da.", "da"),
        ("fo", "da"),
    ],
)
def test_a_language_is_known_by_its_region_and_its_older_names(tag, meant):
    assert _read(f"theme=drivers&lang={tag}") == (f"theme=drivers&lang={meant}")


@pytest.mark.parametrize("tag", ["de", "dansk", "xx-DA", "da~sv"])
def test_another_language_is_named(tag):
    (part,) = parse(f"theme=drivers&lang={tag}", views.vocabulary()).ignored
    assert (part.parameter, part.reason) == ("lang", "unknown-value")


@pytest.mark.parametrize(
    ("tags", "meant"),
    [
        (["da-DK", "en-US", "en"], "da"),
        (["de", "no", "en"], "nb"),
        (["nn-NO", "sv", "en"], "nb"),
        (["fr", "de-AT"], "en"),
        (["en-GB", "da"], "en"),
        (["*"], "en"),
        ([], "en"),
        (["sv-FI", "fi-FI"], "sv"),
    ],
)
def test_the_first_language_of_a_reader_wins(tags, meant):
    assert preferred(tags) == meant


@given(st.text())
def test_no_text_is_more_than_a_language_of_ours(text):
    assert language(text) in ("", "en", "da", "nb", "sv", "fi")


@given(
    views.selections,
    st.sampled_from(["upper", "lower", "title"]),
    st.sampled_from([".", ")", "&amp;", ""]),
)
def test_every_address_survives_its_journey(selection, case, end):
    known = views.vocabulary()
    query = getattr(address.format(selection, known), case)() + end
    parsed = parse(query, known)
    assert (parsed.selection, parsed.ignored) == (selection, ())


@pytest.mark.parametrize("end", [".", ")", "&amp;", "%22", "\u200b", ",", "&utm_source=x"])
def test_the_address_of_a_figure_survives_too(end):
    name = "se-2021-workplace:municipal_regional:cond_clear_ideas:group=broad-innovators"
    parsed = parse(f"theme=drivers&figure={name}~dk-2023:all:collab_any{end}", views.vocabulary())
    assert (parsed.selection.figures, parsed.ignored) == ((name, "dk-2023:all:collab_any"), ())
