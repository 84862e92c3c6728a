"""What runs before and after every request, in lists whose order is the order of running."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response
from werkzeug.wrappers import Response as BaseResponse

Before = Callable[[], BaseResponse | None]
"""Answers the request itself, so that nothing behind it runs, or leaves it by giving None."""
After = Callable[[Response], Response]
"""Changes the answer."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """The hooks of an application, each list in the order in which it runs."""

    before: tuple[Before, ...] = ()
    after: tuple[After, ...] = ()

    def install(self, flask: Flask) -> None:
        """Hand them to Flask, which runs first what was registered last after a request."""
        for before in self.before:
            flask.before_request(before)
        for after in reversed(self.after):
            flask.after_request(after)
