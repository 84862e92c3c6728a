"""The addresses of files as an OpenAPI 3.1 description, made from the definitions that parse the query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard import __version__
from dashboard.formats.format import COSTLY, Format
from dashboard.formats.parameters import Extra
from dashboard.selection import MAX_QUERY, Vocabulary, filters
from dashboard.selection.address import NOTHING, SEPARATOR
from dashboard.selection.parameter import Parameter


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
    """Whether it shows exactly one theme."""
    statuses: tuple[tuple[int, str], ...] = ()
    """Answers beside 200, 400, 404 and 414."""


def described(kind: Format) -> File:
    """The address of a file format."""
    return File(
        kind.path,
        kind.summary,
        (kind.media_type,),
        kind.extras,
        statuses=(*kind.statuses, *(COSTLY if kind.weight else ())),
    )


def openapi(
    files: tuple[File, ...], vocabulary: Vocabulary, title: str, server: str
) -> dict[str, Any]:
    """The OpenAPI 3.1 document for ``files``."""
    shared = {parameter.name: _parameter(parameter, vocabulary) for parameter in filters.every()}
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


def _operation(file: File, shared: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    own = [_extra(extra) for extra in file.extras]
    taken = {extra.name for extra in file.extras}
    if file.one_theme:
        themes = shared["theme"]["x-one-of"]
        own.append(
            {
                "name": "theme",
                "in": "query",
                "required": False,
                "description": "Needed where the rest of the query leaves several themes with figures.",
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
        "404": {
            "description": "No figure fits the selection.",
            "content": {"text/plain": {}},
        },
        "414": {
            "description": f"The query is longer than {MAX_QUERY} bytes.",
            "content": {"text/html": {}},
        },
    }
    if not file.strict:
        del answers["400"], answers["404"]
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


def _parameter(parameter: Parameter, vocabulary: Vocabulary) -> dict[str, Any]:
    choices = list(parameter.choices(vocabulary))
    if parameter.kind != "many":
        one = {"type": "string", "enum": [*choices, *([NOTHING] if parameter.may_be_empty else [])]}
        return {"name": parameter.name, "in": "query", "required": False, "schema": one}
    several = parameter.form or "|".join(
        choice for choice in choices if choice not in parameter.alone
    )
    alone = "|".join([*parameter.alone, *([NOTHING] if parameter.may_be_empty else [])])
    further = f"{{0,{parameter.most - 1}}}" if parameter.most else "*"
    pattern = f"^({several})({SEPARATOR}({several})){further}$" + (f"|^({alone})$" if alone else "")
    described = {"name": parameter.name, "in": "query", "required": False}
    schema = {"schema": {"type": "string", "pattern": pattern}}
    between = f"“{SEPARATOR}” between them."
    if parameter.form:
        text = f"{parameter.shown_form}, for example {choices[0]}; {between}"
        return {**described, "description": text, **schema}
    shown = f"{', '.join(choices[:12])}{' …' if len(choices) > 12 else ''}"
    return {
        **described,
        "description": f"One or more of: {shown}; {between}",
        **schema,
        "x-one-of": choices,
    }


def _extra(extra: Extra) -> dict[str, Any]:
    schema: dict[str, Any] = (
        {"type": "string", "enum": list(extra.choices)} if extra.choices else {"type": "string"}
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
