"""Official tables by address: asked within bounds of time and size, read as a cube."""

from dashboard.intake.web.servers import read

__all__ = ["read"]
