"""A sheet of known pixel size on which panels, marks and texts are placed; it ends as a plain Plotly figure dict.

The whole sheet is one plot area without margins: the shared y axis counts pixels downwards from the top, each column of
panels has an x axis that counts percent. Text is placed in pixels, so nothing depends on how a browser lays it out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.figures.palette import LIGHT, Palette, veil
from dashboard.figures.text import FAMILY, escape, width, wrap

LEADING = 1.3
"""Line height over font size."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes of a drawing in pixels, all following one factor."""

    factor: float = 1.0

    def px(self, pixels: float) -> float:
        """``pixels`` at this scale."""
        return round(pixels * self.factor, 2)


@dataclass
class Sheet:
    """Collects traces, shapes and texts; ``y`` grows downwards. Built by one function and then thrown away."""

    width: float
    scale: Scale
    colours: Palette = LIGHT
    traces: list[dict] = field(default_factory=list)
    shapes: list[dict] = field(default_factory=list)
    texts: list[dict] = field(default_factory=list)
    axes: dict[str, dict] = field(default_factory=dict)

    def text(
        self,
        x: float,
        y: float,
        content: str,
        size: float = 12,
        colour: str = "",
        bold: bool = False,
        anchor: str = "left",
        raw: bool = False,
        veiled: bool = False,
    ) -> None:
        """One line of text whose vertical middle is at ``y``, in ink where no colour is named.

        ``raw`` keeps Plotly's small HTML in it; ``veiled`` makes what lies behind it fainter.
        """
        shown = content if raw else escape(content)
        self.texts.append(
            {
                "x": round(x / self.width, 5),
                "y": round(y, 1),
                "xref": "paper",
                "yref": "y",
                "text": f"<b>{shown}</b>" if bold else shown,
                "showarrow": False,
                "xanchor": anchor,
                "yanchor": "middle",
                "align": anchor,
                "font": {"size": self.scale.px(size), "color": colour or self.colours.ink},
                **({"bgcolor": veil(self.colours.ground), "borderpad": 0} if veiled else {}),
            }
        )

    def block(
        self,
        x: float,
        y: float,
        content: str,
        room: float,
        size: float = 12,
        colour: str = "",
        bold: bool = False,
        lines: int = 0,
    ) -> float:
        """Wrapped text whose top is at ``y``; returns the y below it."""
        step = self.scale.px(size * LEADING)
        for line in wrap(content, self.scale.px(size), room, bold, lines):
            self.text(x, y + step / 2, line, size, colour, bold)
            y += step
        return y

    def measure(
        self, content: str, room: float, size: float, bold: bool = False, lines: int = 0
    ) -> float:
        """Height that ``block`` would take."""
        return len(wrap(content, self.scale.px(size), room, bold, lines)) * self.scale.px(
            size * LEADING
        )

    def text_width(self, content: str, size: float, bold: bool = False) -> float:
        """Width of one line in pixels."""
        return width(content, self.scale.px(size), bold)

    def line(
        self, x0: float, y0: float, x1: float, y1: float, colour: str = "", dash: str = "solid"
    ) -> None:
        """A hairline below the marks."""
        self._shape(
            "line",
            (x0, y0, x1, y1),
            line={"color": colour or self.colours.rule, "width": 1, "dash": dash},
        )

    def uprights(self, xs: list[float], top: float, bottom: float) -> None:
        """Several vertical hairlines as one shape."""
        path = "".join(
            f"M{x / self.width:.5f},{top:.1f}L{x / self.width:.5f},{bottom:.1f}" for x in xs
        )
        self.shapes.append(
            {
                "type": "path",
                "path": path,
                "xref": "paper",
                "yref": "y",
                "layer": "below",
                "line": {"color": self.colours.grid, "width": 1},
            }
        )

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: str, outline: str = "") -> None:
        """A filled rectangle."""
        edge = {"color": outline or fill, "width": 1 if outline else 0}
        self._shape("rect", (x0, y0, x1, y1), fillcolor=fill, line=edge)

    def _shape(self, kind: str, corners: tuple[float, float, float, float], **look: object) -> None:
        x0, y0, x1, y1 = corners
        self.shapes.append(
            {
                "type": kind,
                "xref": "paper",
                "yref": "y",
                "layer": "below",
                "x0": round(x0 / self.width, 5),
                "x1": round(x1 / self.width, 5),
                "y0": round(y0, 1),
                "y1": round(y1, 1),
                **look,
            }
        )

    def x_axis(self, column: int, left: float, right: float, span: tuple[float, float]) -> str:
        """The axis of a column of panels, ``span`` being its values at both edges; returns the name traces use."""
        suffix = "" if column == 0 else str(column + 1)
        self.axes[f"xaxis{suffix}"] = {
            "domain": [round(left / self.width, 5), round(right / self.width, 5)],
            "range": [round(end, 2) for end in span],
            "visible": False,
            "fixedrange": True,
        }
        return f"x{suffix}"

    def figure(self, height: float) -> dict:
        """The finished figure: JSON-ready, plain lists and numbers only."""
        return {
            "data": self.traces,
            "layout": {
                "width": round(self.width),
                "height": round(height),
                "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
                "paper_bgcolor": self.colours.ground,
                # Every column of panels is a subplot of its own; a filled one would cover the lines and its neighbours.
                "plot_bgcolor": "rgba(0,0,0,0)",
                "font": {"family": FAMILY, "size": self.scale.px(12), "color": self.colours.ink},
                "showlegend": False,
                "barmode": "overlay",
                "hovermode": "closest",
                "dragmode": False,
                "hoverlabel": {
                    "bgcolor": self.colours.raised,
                    "bordercolor": self.colours.faint,
                    "font": {"family": FAMILY, "size": 12, "color": self.colours.ink},
                    "align": "left",
                },
                "yaxis": {"range": [round(height), 0], "visible": False, "fixedrange": True},
                **(
                    {"xaxis": {"visible": False, "fixedrange": True, "range": [0, 100]}} | self.axes
                ),
                "shapes": self.shapes,
                "annotations": self.texts,
            },
        }
