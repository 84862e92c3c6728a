"""Strategies for parts of addresses: what the site knows, what it knows spoilt, and what somebody would try."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote, quote_plus

from hypothesis import strategies as st

from dashboard.selection import filters
from dashboard.web import files
from tests.support import views

MARK = "zq9"
"""Stands in everything that must not come back as markup, script or header."""
MARKUP = (
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f'" autofocus onfocus="{MARK}()',
    f"' autofocus onfocus='{MARK}()",
    f"</title></script><svg onload={MARK}()>",
    f"]]><{MARK}>",
    f"--><{MARK}>",
    f"\u003cscript\u003e{MARK}()",
)
OTHER = (
    f"javascript:{MARK}()",
    f"data:text/html,<script>{MARK}()</script>",
    f"\r\nX-{MARK}: 1\r\n\r\n<{MARK}>",
    f"\nSet-Cookie: {MARK}=1",
    f"//{MARK}.example/",
    f"/\\{MARK}.example",
    f"https://{MARK}.example/?theme=effects",
    "{{7*7}}",
    "${7*7}",
    "{0.__class__.__mro__}",
    "%(asctime)s%n",
    "../../../../../../etc/passwd",
    "..\\..\\data\\observations.csv",
    "=HYPERLINK(1)",
    "' or 1=1 --",
    "\x00",
    "\ufeff",
    "\u202e",
    "\U0001f600" * 40,
    "-1",
    "1e309",
    "NaN",
    "9" * 400,
    "~" * 500,
    "none~none",
    "x" * 3900,
)
PAGES = (
    *("/", "/embed", "/paper", "/sources", "/method", "/changes", "/countries", "/accessibility"),
    *("/country/dk", "/country/xx", "/search", "/search.json", "/api", "/oembed", "/_dash-layout"),
    *("/fragment/table", "/fragment/comparison", "/fragment/figures", "/healthz", "/robots.txt"),
    *("/sitemap.xml", "/_dash-dependencies", "/_dash-update-component", "/picture", "/readyz"),
    *("/metrics", "/.well-known/security.txt", "/assets/favicon.ico", "/static/barometer.js"),
)
COSTLY = frozenset(("/view.zip", "/slides.pptx", "/chart.png", "/data.xlsx", "/bundle"))
"""Files that take up to seconds: a part of the attempts."""
LIGHT = ("/data.csv", "/data.json", "/chart.svg")
"""Files that take some hundredths of a second."""


@cache
def names() -> tuple[str, ...]:
    """Every parameter of a view and of a file."""
    extras = {extra.name for file in files.offered() for extra in file.extras}
    beside = ("url", "maxwidth", "maxheight", "first", "second", "find", "opening", "_", "v", "m")
    return (*(each.name for each in filters.every()), *sorted(extras), *beside)


@cache
def known() -> tuple[str, ...]:
    """Every value that a parameter of a view may have."""
    listed = (each.choices(views.vocabulary()) for each in filters.every())
    return tuple(dict.fromkeys(value for choices in listed for value in choices))


@cache
def hostile() -> st.SearchStrategy[str]:
    """What nobody types by mistake."""
    return st.sampled_from((*MARKUP, *OTHER)) | st.text(max_size=12)


def _spoilt(text: str, place: int, put: str) -> str:
    """A text with one of its characters replaced."""
    at = place % (len(text) + 1)
    return text[:at] + put + text[at + 1 :]


@cache
def value() -> st.SearchStrategy[str]:
    """The value of a parameter, right or wrong."""
    right = st.sampled_from(known())
    spoilt = st.builds(_spoilt, right, st.integers(0, 40), st.text(max_size=2) | hostile())
    several = st.lists(right | spoilt, max_size=6).map("~".join)
    return right | several | spoilt | hostile()


_ENCODE = st.sampled_from(
    (
        lambda text: quote(text, safe="~").encode(),
        lambda text: quote_plus(text, safe="~").encode(),
        lambda text: quote(text, safe="~", encoding="utf-16-le", errors="surrogatepass").encode(),
        lambda text: quote(quote(text)).encode(),
        # As it is, but for what ends a line of a request.
        lambda text: bytes(
            byte for byte in text.encode("utf-8", "surrogatepass") if byte not in b" \r\n\0"
        ),
    )
)


def encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Texts as they stand in an address, rightly escaped or not."""
    return st.builds(
        lambda text, encode: encode(text.encode("utf-8", "ignore").decode()), texts, _ENCODE
    )


@cache
def query() -> st.SearchStrategy[bytes]:
    """Pairs of names and values, joined as in an address."""
    name = encoded(st.sampled_from(names()) | hostile())
    pair = st.builds(lambda left, sign, right: left + sign + right, name, _SIGN, encoded(value()))
    odd = st.sampled_from((b"", b"%", b"%ff%fe=%zz", b"?", b"=&&==&", b"&" * 900, b"theme=" * 600))
    whole = st.lists(pair, max_size=5).map(b"&".join) | odd
    # Most are answered, few refused for their length alone.
    return st.builds(
        lambda text, most: text[:most], whole, st.sampled_from((4000, 4000, 4000, 7000))
    )


_SIGN = st.sampled_from((b"=", b"=", b"=", b"=", b"", b"==", b"%3D"))


@cache
def path() -> st.SearchStrategy[bytes]:
    """A path of ours, spoilt in whole or in part, or one of somebody else's."""
    ours = st.sampled_from((*PAGES, *LIGHT, "/view.zip", "/slides.pptx", "/chart.png"))
    suites = st.sampled_from(
        (
            "/_dash-component-suites/dash/dcc/async-graph.js",
            "/_dash-component-suites/dash/dash-renderer/build/dash_renderer.v4_9_9m1.min.js",
            "/_dash-component-suites/plotly/package_data/plotly.min.js",
            "/_dash-component-suites/dash_bootstrap_components/_components/x.js",
            "/assets/../../data/observations.csv",
            "/static/%2e%2e/%2e%2e/pyproject.toml",
            "/static/dash.js",
        )
    )
    piece = encoded(
        st.sampled_from(("..", ".", "", "%2e%2e", "country", "dk", "~", ";x", "index.php"))
        | hostile()
    )
    lead = st.sampled_from(
        (b"/", b"//", b"/\\", b"/./", b"/assets/", b"/country/", b"/static/", b"/fragment/")
    )
    built = st.builds(
        lambda first, rest: first + b"/".join(rest), lead, st.lists(piece, max_size=4)
    )
    spoilt = st.builds(_spoilt, ours | suites, st.integers(0, 60), st.text(max_size=2) | hostile())
    upper = ours.map(str.upper)
    return built | encoded_path(spoilt | suites | upper)


def encoded_path(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Paths whose slashes stay, or not."""
    kept = texts.map(lambda text: quote(text.encode("utf-8", "ignore"), safe="/%:@;~").encode())
    return kept | encoded(texts).map(lambda text: b"/" + text)
