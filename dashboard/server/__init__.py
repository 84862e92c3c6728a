"""The web application: routes, headers and the page around the components."""

from dashboard.server.app import create_app

__all__ = ["create_app"]
