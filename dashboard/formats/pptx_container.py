"""The file of a presentation, which takes its dates from the release of the data: python-pptx takes them from the clock, and fails where
that is before 1980, the first year that ZIP knows."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from pptx.opc.packuri import PackURI
from pptx.opc.serialized import PackageWriter, _PhysPkgWriter
from pptx.presentation import Presentation

from dashboard.formats.deterministic_zip import zip_member


class _Members(_PhysPkgWriter):
    """What python-pptx writes the parts of a presentation to."""

    def __init__(self, file: zipfile.ZipFile, made: datetime) -> None:
        self._file, self._made = file, made

    def write(self, uri: PackURI, content: bytes) -> None:
        self._file.writestr(zip_member(uri.membername, self._made), content)


class _Dated(PackageWriter):
    """The steps of python-pptx, to members of ours."""

    def write_to(self, members: _Members) -> None:
        self._write_content_types_stream(members)
        self._write_pkg_rels(members)
        self._write_parts(members)


def container(show: Presentation, made: datetime) -> bytes:
    """The bytes of a presentation with every member dated ``made``."""
    package, out = show.part.package, io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        _Dated(out, package._rels, tuple(package.iter_parts())).write_to(_Members(file, made))
    return out.getvalue()
