"""Whom to tell of a weakness of the site (RFC 9116), where its operator has named a contact."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flask import Response

PATH = "/.well-known/security.txt"
_VALID = timedelta(days=180)
"""How long a copy may be relied on; the standard asks for less than a year."""
_KNOWN = ("https://", "mailto:")
"""Beginnings of a contact that the standard knows."""


def offered(contact: str) -> bool:
    """Whether there is a contact to name."""
    return contact.startswith(_KNOWN)


def text(contact: str, public_url: str, today: date) -> str:
    """The lines of the file on a day."""
    until = datetime.combine(today + _VALID, time(), UTC)
    lines = (
        f"Contact: {contact}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {public_url}{PATH}",
    )
    return "\n".join(lines) + "\n"


def answer(contact: str, public_url: str) -> Response:
    """The file as it is today; programs look for it, no reader."""
    told = text(contact, public_url, datetime.now(UTC).date())
    return Response(told, mimetype="text/plain", headers={"Cache-Control": "public, max-age=86400"})
