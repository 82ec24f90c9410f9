"""Filters on the path: StripPrefix, PrefixPath, SetPath, RewritePath. They work on the raw bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gateway.filters.model import CompiledFilter, FilterRegistry, FilterSite
from gateway.filters.templates import path_template
from gateway.routes.arguments import Arguments
from gateway.routes.components import Component
from gateway.routes.regex import java_pattern, java_replacement

if TYPE_CHECKING:
    from gateway.filters.services import FilterServices
    from gateway.proxy.forward import Forward

_PREFIXED = "PrefixPath"


def register(registry: FilterRegistry) -> None:
    registry.add("StripPrefix", strip_prefix)
    registry.add("PrefixPath", prefix_path)
    registry.add("SetPath", set_path)
    registry.add("RewritePath", rewrite_path)


def strip_prefix(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Drop leading segments; a trailing slash stays unless nothing else is left."""
    args = Arguments(component, ("parts",))
    parts = args.integer("parts", 1, minimum=0)

    def pre(forward: Forward) -> None:
        segments = forward.path.split(b"/", parts + 1)
        forward.path = b"/" + segments[-1] if len(segments) > parts + 1 else b"/"

    return CompiledFilter(f"[StripPrefix parts = {parts}]", pre=pre, rehearse=pre)


def prefix_path(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Put a prefix before the path, once per request."""
    args = Arguments(component, ("prefix",))
    prefix = path_template(args.text("prefix"))

    def pre(forward: Forward) -> None:
        if forward.note(_PREFIXED) is None:
            forward.set_note(_PREFIXED, True)
            forward.set_path(prefix(forward) + forward.path)

    return CompiledFilter(f"[PrefixPath prefix = '{args.text('prefix')}']", pre=pre, rehearse=pre)


def set_path(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Replace the path by a template."""
    args = Arguments(component, ("template",))
    expand = path_template(args.text("template"))

    def pre(forward: Forward) -> None:
        forward.set_path(expand(forward))

    return CompiledFilter(f"[SetPath template = '{args.text('template')}']", pre=pre, rehearse=pre)


def rewrite_path(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Java's ``replaceAll`` on the raw path."""
    args = Arguments(component, ("regexp", "replacement"))
    source = args.text("regexp")
    try:
        pattern = java_pattern(source)
    except re.error as error:
        raise args.wrong(f"'{source}' is not a regular expression: {error}", source) from error
    shown = args.text("replacement", "")
    try:
        replacement = java_replacement(shown, pattern)
    except ValueError as error:
        raise args.wrong(f"'{shown}': {error}", shown) from error

    def pre(forward: Forward) -> None:
        path = pattern.sub(replacement, forward.path)
        if path != forward.path:
            forward.set_path(path if path.startswith(b"/") else b"/" + path)

    return CompiledFilter(f"[RewritePath {source} = '{shown}']", pre=pre, rehearse=pre)
