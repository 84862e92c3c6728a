"""What is read in an answer of the site."""

from __future__ import annotations

import html
import re

from tests.support.server import Answer

SCRIPT = "<script>alert(1)</script>"


def title(answer: Answer) -> str:
    return html.unescape(re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)[1])
