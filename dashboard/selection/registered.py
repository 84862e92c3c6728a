"""The parameters of a site together: by name, and in the lists that every request goes through."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from dashboard.selection.parameter import Filter, Parameter


class Registered(Mapping[str, Parameter]):
    """Name -> parameter, in the order of addresses, and the lists that every request goes through."""

    def __init__(self, parameters: Collection[Parameter]) -> None:
        self._named = {each.name: each for each in parameters}
        self.every = tuple(parameters)
        self.filters = tuple(each for each in parameters if isinstance(each, Filter))
        placed = [(each.control.order, each) for each in parameters if each.control]
        self.on_page = tuple(each for _, each in sorted(placed, key=lambda pair: pair[0]))

    def __getitem__(self, name: str) -> Parameter:
        return self._named[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def __contains__(self, name: object) -> bool:
        return name in self._named

    def __hash__(self) -> int:
        """Of the object: what follows from a registry is kept for it."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def registered(*parameters: Parameter) -> Registered:
    """The parameters of a site; raises ValueError where two share a name or a field."""
    names, fields = set[str](), set[str]()
    for each in parameters:
        if each.name in names or each.field in fields:
            raise ValueError(f"two parameters are named {each.name} or fill {each.field}")
        names.add(each.name)
        fields |= {each.field} - {""}
    return Registered(parameters)
