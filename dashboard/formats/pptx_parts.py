"""Names of the parts of a presentation."""

from __future__ import annotations

from itertools import count

from pptx.opc.packuri import PackURI
from pptx.package import Package


def number_parts(package: Package) -> None:
    """Number the parts that are added to a package from now on as they come: none is taken away, and python-pptx would look through
    all parts for each."""
    looked_for, last = package.next_partname, dict[str, int]()

    def following(tmpl: str) -> PackURI:
        if tmpl not in last:
            first = looked_for(tmpl)
            last[tmpl] = next(number for number in count(1) if tmpl % number == first)
            return first
        last[tmpl] += 1
        return PackURI(tmpl % last[tmpl])

    package.next_partname = following  # type: ignore[method-assign]
