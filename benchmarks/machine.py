"""The machine, and the versions of what is measured and of what measures."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks import proxy, tools
from benchmarks.processes import ROOT
from benchmarks.sides import Side
from tests.support import chromium

PACKAGES = ("dash", "plotly", "pandas", "gunicorn")


def facts(sides: tuple[Side, ...]) -> dict[str, str]:
    """Name -> what it is, in the order in which they are told."""
    ours = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _commit(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()}, {platform.system()} {platform.release()}",
        "load before": ", ".join(f"{each:.2f}" for each in os.getloadavg()),
        "Python": f"{platform.python_version()} with {ours}",
        "browser": _said(chromium.find() or "", "--version") or "no Chromium",
        "proxy": _proxy(),
        "tools": ", ".join(f"{name} {version}" for name, version in tools.versions().items())
        + f", node {_said('node', '--version') or 'missing'}",
        "others": ", ".join(f"{side.title} {side.version}" for side in sides),
    }


def _commit() -> str:
    changed = _said("git", "status", "--porcelain", "--untracked-files=no")
    return (_said("git", "rev-parse", "--short", "HEAD") or "unknown") + (
        ", changed since" if changed else ""
    )


def _said(*command: str) -> str:
    """What a program says of itself; blank where it is not there."""
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _proxy() -> str:
    try:
        return proxy.described()
    except proxy.ProxyUnavailable as error:
        return str(error)


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
