"""The addresses of files as an OpenAPI 3.1 description, made from the definitions that parse the query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard import __version__
from dashboard.selection import MAX_QUERY, PARAMETERS, Vocabulary
from dashboard.selection.address import NOTHING, SEPARATOR, Parameter
from dashboard.wording.mark import message


@dataclass(frozen=True, slots=True)
class Extra:
    """A parameter that only some files take: allowed words, or a range of whole numbers."""

    name: str
    description: str
    words: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    default: str = ""
    required: bool = False


class BadParameter(ValueError):
    """A parameter of a file has a value that is not allowed; the message names it and says what is."""

    def __init__(self, fault: str, extra: Extra, value: str = "") -> None:
        super().__init__(fault, extra, value)
        self._fault, self._extra, self._value = fault, extra, value

    def __str__(self) -> str:
        return self.told(str)

    def told(self, t: Callable[[str], str]) -> str:
        """The message in the language that ``t`` translates to."""
        fault = t(self._fault).format(name=self._extra.name, value=self._value[:60])
        return f"{fault} {_allowed(self._extra, t)}".rstrip()


def read(extras: tuple[Extra, ...], given: Mapping[str, list[str]]) -> dict[str, str]:
    """Values of the extra parameters of a file, defaults filled in.

    ``given`` maps a parameter to the values the query has for it. Raises BadParameter for a value that is not allowed,
    one that is given twice, or one that is missing and required.
    """
    values = {}
    for extra in extras:
        found = given.get(extra.name, [])
        if len(found) > 1:
            raise BadParameter(message("“{name}” is given more than once; give it once."), extra)
        if not found and extra.required:
            raise BadParameter(message("“{name}” is missing."), extra)
        value = found[0] if found else extra.default
        if found and not _fits(extra, value):
            raise BadParameter(message("“{value}” is not a value of “{name}”."), extra, value)
        values[extra.name] = value
    return values


def _fits(extra: Extra, value: str) -> bool:
    if extra.span:
        low, high = extra.span
        return value.isascii() and value.isdigit() and len(value) < 6 and low <= int(value) <= high
    return not extra.words or value in extra.words


def _allowed(extra: Extra, t: Callable[[str], str]) -> str:
    if extra.span:
        return t("Allowed is a whole number from {low} to {high}.").format(
            low=extra.span[0], high=extra.span[1]
        )
    return (
        t("Possible are: {allowed}").format(allowed=f"{', '.join(extra.words)}.")
        if extra.words
        else ""
    )


@dataclass(frozen=True, slots=True)
class File:
    """One address that answers with a file."""

    path: str
    summary: str
    media: tuple[str, ...]
    extras: tuple[Extra, ...] = ()
    selects: bool = True
    """Whether it takes the query of a view."""
    strict: bool = True
    """Whether it refuses what it cannot use."""
    one_theme: bool = False
    """Whether it must be told exactly one theme."""
    statuses: tuple[tuple[int, str], ...] = ()
    """Answers beside 200, 400 and 414."""


def openapi(files: tuple[File, ...], vocabulary: Vocabulary, title: str, server: str) -> dict:
    """The OpenAPI 3.1 document for ``files``."""
    shared = {parameter.name: _parameter(parameter, vocabulary) for parameter in PARAMETERS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": __version__,
            "description": (
                "Every address takes the query of a page's address and answers with the same view. "
                f"“{SEPARATOR}” stands between values; “{NOTHING}” chooses nothing. Files refuse what a page would drop."
            ),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": server}],
        "paths": {file.path: {"get": _operation(file, shared)} for file in files},
        "components": {"parameters": shared},
    }


def _operation(file: File, shared: Mapping[str, dict]) -> dict:
    own = [_extra(extra) for extra in file.extras]
    taken = {extra.name for extra in file.extras}
    if file.one_theme:
        themes = shared["theme"]["x-one-of"]
        own.append(
            {
                "name": "theme",
                "in": "query",
                "required": True,
                "schema": {"type": "string", "enum": themes},
            }
        )
        taken.add("theme")
    common = [
        {"$ref": f"#/components/parameters/{name}"}
        for name in shared
        if file.selects and name not in taken
    ]
    answers = {
        "200": {"description": "The file.", "content": {media: {} for media in file.media}},
        "400": {
            "description": "A sentence that names the parameter and what is allowed.",
            "content": {"text/plain": {}},
        },
        "414": {
            "description": f"The query is longer than {MAX_QUERY} bytes.",
            "content": {"text/html": {}},
        },
    }
    if not file.strict:
        del answers["400"]
    answers |= {
        str(status): {"description": text, "content": {"text/plain": {}}}
        for status, text in file.statuses
    }
    operation = {
        "operationId": file.path.strip("/").replace(".", "_").replace("/", "_") or "page",
        "summary": file.summary,
        "responses": answers,
    }
    return operation | ({"parameters": own + common} if own or common else {})


def _parameter(parameter: Parameter, vocabulary: Vocabulary) -> dict:
    choices = list(parameter.choices(vocabulary))
    if not parameter.many:
        one = {"type": "string", "enum": [*choices, *([NOTHING] if parameter.may_be_empty else [])]}
        return {"name": parameter.name, "in": "query", "required": False, "schema": one}
    several = "|".join(choice for choice in choices if choice not in parameter.alone)
    alone = "|".join([*parameter.alone, *([NOTHING] if parameter.may_be_empty else [])])
    pattern = f"^({several})({SEPARATOR}({several}))*$" + (f"|^({alone})$" if alone else "")
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": f"One or more of: {', '.join(choices[:12])}{' …' if len(choices) > 12 else ''}; “{SEPARATOR}” between them.",
        "schema": {"type": "string", "pattern": pattern},
        "x-one-of": choices,
    }


def _extra(extra: Extra) -> dict:
    schema: dict = (
        {"type": "string", "enum": list(extra.words)} if extra.words else {"type": "string"}
    )
    if extra.span:
        schema = {"type": "integer", "minimum": extra.span[0], "maximum": extra.span[1]}
    if extra.default:
        schema["default"] = int(extra.default) if extra.span else extra.default
    return {
        "name": extra.name,
        "in": "query",
        "required": extra.required,
        "description": extra.description,
        "schema": schema,
    }
