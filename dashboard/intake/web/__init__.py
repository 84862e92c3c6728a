"""Official tables by address: asked within bounds of time and size, read as a cube."""

from dashboard.intake.web.servers import Progress, read

__all__ = ["Progress", "read"]
