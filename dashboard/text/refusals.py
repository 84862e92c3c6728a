"""What the site says where it cannot answer."""

from __future__ import annotations

from http import HTTPStatus

from dashboard.text.localizer import Localizer


def refusal(loc: Localizer, status: int) -> tuple[str, str]:
    """(heading, sentence) for an HTTP status of 400 or more."""
    t = loc.t
    known = {
        HTTPStatus.NOT_FOUND: (t("Page not found"), t("There is no page at this address.")),
        HTTPStatus.METHOD_NOT_ALLOWED: (
            t("Not possible here"),
            t("This address does not answer requests of this kind."),
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
            t("Too much was sent"),
            t("No more than 1 MB may be sent to this address."),
        ),
        HTTPStatus.REQUEST_URI_TOO_LONG: (
            t("Address too long"),
            t(
                "The address is too long to be read. Choose fewer things, or start again from the first page."
            ),
        ),
        HTTPStatus.INTERNAL_SERVER_ERROR: (
            t("Something went wrong"),
            t(
                "Something went wrong on our side. The address is kept; please try it again in a moment."
            ),
        ),
    }
    usual = (
        t("The request could not be answered"),
        t("The site could not make sense of the request."),
    )
    return known.get(HTTPStatus(status), usual)
