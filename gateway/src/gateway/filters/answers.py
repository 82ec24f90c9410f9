"""Filters that decide the answer: SetStatus, RedirectTo."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from gateway.filters.model import CompiledFilter, FilterRegistry, FilterSite
from gateway.routes.arguments import Arguments
from gateway.routes.components import Component

if TYPE_CHECKING:
    from gateway.filters.services import FilterServices
    from gateway.proxy.forward import Forward


def register(registry: FilterRegistry) -> None:
    registry.add("SetStatus", set_status)
    registry.add("RedirectTo", redirect_to)


def set_status(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Replace the status of the answer, by number or by Spring's name (``BAD_REQUEST``)."""
    args = Arguments(component, ("status",))
    status = status_of(args, args.text("status"))

    def post(forward: Forward) -> None:
        forward.status = status

    return CompiledFilter(f"[SetStatus status = '{args.text('status')}']", post=post)


def redirect_to(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Answer a redirect without asking the upstream."""
    args = Arguments(component, ("status", "url", "includeRequestParams"))
    status, url = status_of(args, args.text("status")), args.text("url")
    if not 300 <= status <= 399:
        raise args.wrong(f"status {status} is no redirect", status)
    include = args.boolean("includeRequestParams", False)
    base, mark, fragment = url.partition("#")

    def pre(forward: Forward) -> bool:
        location = base
        if include and forward.query:
            location += ("&" if "?" in base else "?") + forward.query.decode("latin-1")
        forward.answer(status, [(b"Location", (location + mark + fragment).encode("latin-1"))])
        return True

    return CompiledFilter(f"[RedirectTo {status} = {url}]", pre=pre, rehearse=lambda _: True)


def status_of(args: Arguments, text: str) -> int:
    """A status from its number or its enum name; unregistered numbers are allowed."""
    if text.isdigit() and 100 <= int(text) <= 999:
        return int(text)
    try:
        return HTTPStatus[text.strip().upper()].value
    except KeyError:
        raise args.wrong(f"'{text}' is no HTTP status", text) from None
