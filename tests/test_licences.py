"""The list of licences, read off bills of materials."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deploy import licences


def bill(*components: dict[str, object]) -> dict[str, object]:
    """A bill of materials of packages from the Python index."""
    return {
        "components": [
            {"version": "1", "purl": f"pkg:pypi/{each['name']}@1", **each} for each in components
        ]
    }


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ([{"license": {"id": "MIT"}}], "MIT"),
        ([{"expression": "Apache-2.0 OR BSD-2-Clause"}], "Apache-2.0 OR BSD-2-Clause"),
        ([{"license": {"name": "License :: OSI Approved :: BSD License"}}], "BSD License"),
        (
            [
                {"license": {"name": "License :: OSI Approved :: BSD License"}},
                {"license": {"id": "BSD-3-Clause"}},
            ],
            "BSD-3-Clause",
        ),
        ([], licences.UNKNOWN),
    ],
)
def test_a_licence_is_told_as_exactly_as_it_is_stated(stated: list[object], told: str) -> None:
    [part] = licences.parts(bill({"name": "a", "licenses": stated}))
    assert part == ("a", "1", told, "pypi")


def test_a_package_that_states_none_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bill.json"
    file.write_text(
        json.dumps(
            bill({"name": "silent"}, {"name": "Open", "licenses": [{"license": {"id": "MIT"}}]})
        ),
        encoding="utf-8",
    )
    assert licences.main([str(file)]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[-2:] == [
        "| Open | 1 | MIT | pypi |",
        f"| silent | 1 | {licences.UNKNOWN} | pypi |",
    ]
    assert "silent" in err
