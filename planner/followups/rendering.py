"""Filling a message template in.

Templates are Jinja2 in its sandbox (https://jinja.palletsprojects.com/en/stable/sandbox/), cut down to what a letter
needs: placeholders, conditions, and a few filters. There are no loops, calls, assignments or multiplications, so the
time and the length of the result are bounded by the length of the template and of what is filled in.
"""

from __future__ import annotations

import re
from dataclasses import fields
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, TemplateError, TemplateRuntimeError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planner.followups.messages import Placeholders, TemplateFault

#: The longest template, and the longest message, in characters.
LONGEST_TEMPLATE = 20_000
LONGEST_MESSAGE = 100_000


def render(name: str, text: str, placeholders: Placeholders) -> str:
    """A template filled in. `name` is for the error. Raises TemplateFault."""
    template = _compiled(name, text)
    pieces: list[str] = []
    length = 0
    try:
        for piece in template.generate(placeholders.mapping()):
            length += len(piece)
            if length > LONGEST_MESSAGE:
                raise TemplateFault(name, 1, "the message gets too long")
            pieces.append(piece)
    except UndefinedError as error:
        raise TemplateFault(name, _line(error, text), _unknown(error)) from error
    except (TemplateRuntimeError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
        raise TemplateFault(name, _line(error, text), str(error).rstrip(".") or "it can't be filled in") from error
    return _GAP.sub("\n\n", "".join(pieces)).strip()


def check(name: str, text: str) -> None:
    """Whether a template works, with every placeholder there and with none. Raises TemplateFault."""
    full: dict[str, Any] = {}
    for each in fields(Placeholders):
        default = getattr(Placeholders(), each.name)
        full[each.name] = "x" if isinstance(default, str) else type(default)(**{p.name: "x" for p in fields(default)})
    render(name, text, Placeholders(**full))
    render(name, text, Placeholders())


_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.If, nodes.Filter,
    nodes.Test, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Concat, nodes.CondExpr,
    nodes.Keyword, nodes.Pair,
)  # fmt: skip
_REFUSED: dict[type[nodes.Node], str] = {
    nodes.For: "loops are not possible in a message",
    nodes.Call: "functions can't be called in a message",
    nodes.Assign: "values can't be set in a message",
}
_FILTERS = ("capitalize", "default", "d", "first", "last", "length", "lower", "title", "trim", "truncate", "upper")


_GAP = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")

# A line with nothing but a tag on it leaves no empty line behind. The comment keeps the lines countable for errors.
_LONE_TAG = re.compile(r"^[ \t]*(\{%[^\n]*%\})[ \t]*\n", re.MULTILINE)


def _environment() -> ImmutableSandboxedEnvironment:
    # A letter is plain text: escaping for HTML would only spoil its ampersands.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, lstrip_blocks=True)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    return environment


@lru_cache(maxsize=64)
def _compiled(name: str, text: str) -> Any:
    if len(text) > LONGEST_TEMPLATE:
        raise TemplateFault(name, 1, f"it is longer than {LONGEST_TEMPLATE} characters")
    environment = _environment()
    try:
        tree = environment.parse(_LONE_TAG.sub(r"\1{#\n#}", text))
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _ALLOWED):
                reason = next((why for kind, why in _REFUSED.items() if isinstance(node, kind)), None)
                raise TemplateFault(
                    name, node.lineno, reason or f"“{type(node).__name__.lower()}” is not possible in a message"
                )
        return environment.from_string(tree)
    except TemplateSyntaxError as error:
        raise TemplateFault(
            name, error.lineno, (error.message or "it can't be read").split(". ")[0].rstrip(".")
        ) from error
    except (TemplateError, SyntaxError, RecursionError, MemoryError, OverflowError, ValueError) as error:
        raise TemplateFault(name, 1, "it is nested too deeply or can't be read") from error


def _unknown(error: UndefinedError) -> str:
    named = re.search(r"'([^']*)'(?: is undefined)?$", error.message or "")
    return f"there is no placeholder “{named[1]}”" if named else "there is no such placeholder"


def _line(error: BaseException, text: str) -> int:
    # Jinja2 rewrites the traceback so that its innermost template frame carries the template's own line.
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return min(line, text.count("\n") + 1)
