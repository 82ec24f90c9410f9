"""Relaxed property names: ``first-name``, ``firstName``, ``first_name`` and ``FIRST_NAME`` are one name.

A name is a sequence of elements. Two names are equal when their *uniform* forms are: per element the
lower-case letters and digits only. Text in brackets that holds other characters (``[/api/**]``) is compared
as it is. Source of the rules: Spring Boot's relaxed binding (platform-runtime facts, section 2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PART = re.compile(r"\[([^\]]*)\]|([^.\[]+)")
_ORDINARY = re.compile(r"[A-Za-z0-9_-]+\Z")
_NOT_UNIFORM = re.compile(r"[^a-z0-9]")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class PropertyName:
    """``elements`` as written, ``uniform`` for comparison, ``indexes`` the places that are list positions."""

    elements: tuple[str, ...]
    uniform: tuple[str, ...]
    indexes: frozenset[int]

    def __len__(self) -> int:
        return len(self.elements)


def uniform_element(text: str) -> str:
    """``Log-Startup_Info`` gives ``logstartupinfo``; a text without letters or digits stays itself."""
    return _NOT_UNIFORM.sub("", text.lower()) or text


@lru_cache(maxsize=16_384)
def parse_name(key: str) -> PropertyName:
    """Split ``my.service[0].other-name`` or ``routes[/api/**].uri`` into its elements."""
    elements: list[str] = []
    uniform: list[str] = []
    indexes: set[int] = set()
    for bracketed, plain in _PART.findall(key):
        text = plain or bracketed
        if not plain and bracketed.isdigit():
            indexes.add(len(elements))
        elements.append(text)
        uniform.append(uniform_element(text) if _ORDINARY.match(text) else text)
    return PropertyName(tuple(elements), tuple(uniform), frozenset(indexes))


@lru_cache(maxsize=4_096)
def parse_environment_name(variable: str) -> PropertyName:
    """``MY_SERVICE_0_OTHER`` gives ``my.service[0].other``: underscores part elements, numbers are
    positions."""
    elements = tuple(part.lower() for part in variable.split("_") if part)
    indexes = frozenset(place for place, part in enumerate(elements) if place and part.isdigit())
    return PropertyName(elements, tuple(uniform_element(part) for part in elements), indexes)


def letters_of(key: str) -> str:
    """``git.force-pull``, ``git.forcePull`` and ``GIT_FORCE_PULL`` give ``gitforcepull``: for comparing names from
    variables, which do not tell where one word ends, with those of files."""
    return re.sub(r"[^a-z0-9]", "", key.lower())


def environment_name(key: str) -> str:
    """The variable that sets ``key``: dots become underscores, dashes are dropped, upper case."""
    text = re.sub(r"\[([^\]]*)\]", r"_\1", key)
    return re.sub(r"[^A-Za-z0-9_]", "", text.replace(".", "_")).upper()


def how_to_set(key: str) -> str:
    """The remedy of a missing value: the three places a person can set it."""
    return f"Set it in application.yml, as --{key}=..., or as the variable {environment_name(key)}."


def legacy_environment_name(key: str) -> str:
    """The older spelling Spring still accepts: dashes become underscores too."""
    return environment_name(key.replace("-", "_"))


def kebab(identifier: str) -> str:
    """``maxPoolSize`` and ``max_pool_size`` give ``max-pool-size``."""
    return _HUMP.sub("-", identifier).replace("_", "-").lower()


def join_name(prefix: str, element: str) -> str:
    """``prefix.element``; an element with other characters than a name may hold is put in brackets."""
    if _ORDINARY.match(element) is None:
        return f"{prefix}[{element}]"
    return f"{prefix}.{element}" if prefix else element
