"""What the routes of files share: the strict reading of their query, sentences, and how long an answer may be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response

from dashboard import render
from dashboard.context import RequestContext
from dashboard.formats.parameters import BadParameter, Extra, read
from dashboard.formats.zip import TooLarge
from dashboard.text import texts
from dashboard.web.limits import Limited
from dashboard.web.reader import Unwanted
from dashboard.web.request import current_context
from dashboard.web.site import Site

DAY = "public, max-age=3600, stale-while-revalidate=86400"
"""A live address may answer with newer figures tomorrow; an hour is short enough and spares most drawing."""
PINNED = "public, max-age=86400"
"""An address that names its data release keeps its figures; labels and verdicts follow today's rules, so it is asked again."""
READERS = "private, max-age=3600"
"""An address that names no language answers each reader in their own; nobody else may keep that."""
Early = Callable[[RequestContext, dict[str, str]], None]
"""(context, values of the file's own parameters): raises where the file cannot be made now."""
GONE = 499
"""Status of an answer that nobody waits for."""
REFUSALS = (render.TooLarge, TooLarge, render.Busy, render.TooSlow, Limited, Unwanted)
"""Why a costly file is not made, without anybody's fault."""


def plain(text: str, status: int = 200) -> Response:
    """A sentence."""
    return Response(f"{text}\n", status=status, mimetype="text/plain")


def keeping(context: RequestContext) -> str:
    """How long an answer to a selection may be kept, and by whom."""
    if not context.selection.language:
        return READERS
    return PINNED if context.selection.release else DAY


def asked(
    site: Site, extras: tuple[Extra, ...], early: Early | None = None
) -> tuple[RequestContext, dict[str, str]] | Response:
    """The context of the request with the file's own parameters, or why it is refused.

    ``early`` may raise one of ``REFUSALS`` before the view is worked out.
    """
    context = current_context(site)
    try:
        values, left = read(extras, context.ignored)
    except BadParameter as error:
        return plain(error.message(context.loc.t), 400)
    if left:
        return plain(texts.refusal(context.loc, left), 400)
    if early:
        early(context, values)
    if not context.view.sections:
        return plain(context.loc.t("No figure fits this selection."), 404)
    return context, values


def file_key(
    site: Site, kind: str, context: RequestContext, extras: Mapping[str, str], theme: str = ""
) -> str:
    """Names a file by what it is made of, before anything is laid out: it is kept under this, and it is the ETag.

    ``theme`` is the one of a picture.
    """
    index = context.release.index
    return render.digest(
        site.data,
        context.url(),
        context.language,
        index.dataset.release,
        index.thresholds,
        theme,
        *sorted(extras.items()),
        kind,
    )


def refused(context: RequestContext, error: Exception) -> Response:
    """The answer to one of ``REFUSALS``: a sentence, and when to ask again."""
    if isinstance(error, Unwanted):
        return Response(status=GONE)
    if isinstance(error, render.TooLarge | TooLarge):
        return plain(excuse(context, error), 400)
    answer = plain(excuse(context, error), 429 if isinstance(error, Limited) else 503)
    answer.headers["Retry-After"] = str(getattr(error, "retry_after", render.Busy.retry_after))
    return answer


def excuse(context: RequestContext, error: Exception) -> str:
    """Why a file could not be made, for its reader."""
    t = context.loc.t
    sentences = {
        render.TooLarge: t("The picture would have too many pixels; ask for a smaller scale."),
        TooLarge: t("The view is too large for one archive; choose fewer themes."),
        render.Busy: t("Too many files are being made just now; please try again in a moment."),
        render.TooSlow: t("The file was not ready in time; please try again in a moment."),
        Limited: t(
            "Many new files have been asked for from your address; please try again in a minute."
        ),
        render.Failed: t("The picture could not be drawn."),
    }
    return sentences[type(error)]
