"""Profile names and the expressions of ``spring.config.activate.on-profile``: ``prod & (eu | us)``,
``!x``."""

from __future__ import annotations

import re
from collections.abc import Collection

_TOKEN = re.compile(r"\s*(?:([()&|!])|([^\s()&|!]+))")


def valid_profile(name: str) -> bool:
    """Letters and decimal digits of any script and ``-_.+@``; the first and last a letter or digit."""
    ends = name[:1] + name[-1:]
    return (
        ends != ""
        and all(map(_is_alphanumeric, ends))
        and all(_is_alphanumeric(each) or each in "-_.+@" for each in name)
    )


def _is_alphanumeric(character: str) -> bool:
    return character.isalpha() or character.isdecimal()


def accepts(expressions: str | Collection[str], active: Collection[str]) -> bool:
    """True when any of the expressions holds for the active profiles. Raises ValueError on bad syntax."""
    if isinstance(expressions, str):
        expressions = [part for part in expressions.split(",") if part.strip()]
    try:
        return any(_Expression(expression, active).value() for expression in expressions)
    except RecursionError as error:
        raise ValueError(
            "malformed profile expression: parentheses inside one another without end"
        ) from error


class _Expression:
    """Recursive descent over one expression; mixing ``&`` and ``|`` needs parentheses, as in Spring."""

    def __init__(self, text: str, active: Collection[str]) -> None:
        self._text = text
        self._active = active
        self._symbols = [operator or name for operator, name in _TOKEN.findall(text)]
        self._place = 0

    def value(self) -> bool:
        result = self._combination()
        if self._peek() is not None:
            raise ValueError(f"malformed profile expression [{self._text}]")
        return result

    def _peek(self) -> str | None:
        return self._symbols[self._place] if self._place < len(self._symbols) else None

    def _combination(self) -> bool:
        operands = [self._operand()]
        operator = self._peek()
        while (symbol := self._peek()) in ("&", "|"):
            if symbol != operator:
                raise ValueError(
                    f"malformed profile expression [{self._text}]: mix & and | only with parentheses"
                )
            self._place += 1
            operands.append(self._operand())
        return all(operands) if operator == "&" else any(operands)

    def _operand(self) -> bool:
        symbol = self._peek()
        self._place += 1
        if symbol == "!":
            return not self._operand()
        if symbol == "(":
            inner = self._combination()
            if self._peek() != ")":
                raise ValueError(f"malformed profile expression [{self._text}]: a parenthesis is not closed")
            self._place += 1
            return inner
        if symbol is None or symbol in "&|)":
            raise ValueError(f"malformed profile expression [{self._text}]")
        return symbol in self._active
