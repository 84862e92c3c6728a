"""The web application: routes, headers and the page around the components."""

from dashboard.web.app import create_app

__all__ = ["create_app"]
