"""What a page asks for after a change, read from what it sends. Only our page sends it, but anyone can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from dashboard import handlers
from dashboard.context import RequestContext
from dashboard.layout import choices, controls, ids
from dashboard.selection import filters
from dashboard.selection.registered import Registered

ContextOf = Callable[[str, str], RequestContext]
"""(search, href) of the page that asks -> the context of its request."""


def text(value: object) -> str:
    """What a client sent as text; blank where it is something else."""
    return value if isinstance(value, str) else ""


def digests(value: object) -> dict[str, str]:
    """What a client says of the choices that it has: name of a control -> digest."""
    told = value if isinstance(value, dict) else {}
    return {name: text(told[name]) for name in varying() if name in told}


def varying() -> Mapping[str, str]:
    """Name -> id of the components whose choices may change."""
    return _varying(filters.PARAMETERS)


@lru_cache(maxsize=16)
def _varying(_: Registered) -> Mapping[str, str]:
    return MappingProxyType({each.name: each.id for each in controls.inputs() if each.varies})


def _clean(values: Mapping[str, object]) -> dict[str, object]:
    """Filter values as the components send them: a text for radio buttons, else a list of texts; the rest is dropped."""

    def texts(value: object) -> list[str]:
        return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []

    return {
        each.name: text(values.get(each.name)) if each.radios else texts(values.get(each.name))
        for each in controls.inputs()
    }


def last_touched(changed: Sequence[str]) -> str:
    """The control that was touched last of what has changed (``id.property``); blank where the address has, which says it all."""
    names = {f"{each.id}.value": each.name for each in controls.inputs()}
    touched = [names[each] for each in changed if each in names]
    return touched[-1] if touched and f"{ids.LOCATION}.search" not in changed else ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a page asks for: the view that it is to show, and what it has already."""

    context: RequestContext
    here: str
    """Search of the address that it has."""
    moved: bool
    """Whether it gets another address. One with parts that could not be used is left as it stands: its message speaks of it."""
    width: object
    needle: str
    values: Mapping[str, object]
    """Name of a control -> its value, whatever was sent for it."""
    lists: Mapping[str, str]
    """Name of a control -> digest of the choices that it has."""

    @classmethod
    def read(
        cls, sent: Mapping[str, object], changed: Sequence[str], context_of: ContextOf
    ) -> Change:
        """Of what a page has sent, by ``id.property``, and which of it has changed."""
        search = sent.get(f"{ids.LOCATION}.search")
        values = {each.name: sent.get(f"{each.id}.value") for each in controls.inputs()}
        here, touched = text(search), last_touched(changed)
        opened = context_of(here, text(sent.get(f"{ids.LOCATION}.href")))
        context = handlers.moved(opened, _clean(values), touched)
        return cls(
            context,
            here,
            bool(touched) and context.search != here,
            sent.get(f"{ids.WIDTH}.data"),
            text(sent.get(f"{ids.search(filters.INDICATOR.name)}.value")),
            values,
            digests(sent.get(f"{ids.LISTS}.data")),
        )

    def alike(self) -> tuple[object, ...] | None:
        """What the answer depends on beside its address and the choices that the page lacks: changes that have it alike are
        answered alike. None where there is something in it that a client may word as it likes."""
        context = self.context
        worded = context.ignored or context.figures or self.needle.strip()
        if worded or not (self.moved or self.here == context.search):
            return None
        return (
            context.query,
            context.language,
            context.framed and context.public_url,
            handlers.screen(context.selection, self.width),
            self.moved,
            tuple(self.news(choices.values(context.selection))),
        )

    def news(self, values: Mapping[str, object]) -> dict[str, object]:
        """Those of the values that the page has not."""
        return {name: now for name, now in values.items() if now != self.values.get(name)}

    def lacks(self, lists: Mapping[str, str]) -> tuple[str, ...]:
        """The controls whose choices the page has not, of ``lists`` of digests."""
        return tuple(name for name, now in lists.items() if now != self.lists.get(name))
