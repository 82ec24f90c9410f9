"""Filters on headers: AddRequestHeader, SetRequestHeader, RemoveRequestHeader and their answers' twins, Host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.filters.model import CompiledFilter, FilterRegistry, FilterSite
from gateway.filters.templates import header_name, template
from gateway.routes.arguments import Arguments
from gateway.routes.components import Component

if TYPE_CHECKING:
    from gateway.filters.services import FilterServices
    from gateway.proxy.forward import Forward


def register(registry: FilterRegistry) -> None:
    registry.add("AddRequestHeader", add_request_header)
    registry.add("SetRequestHeader", set_request_header)
    registry.add("RemoveRequestHeader", remove_request_header)
    registry.add("AddResponseHeader", add_response_header)
    registry.add("SetResponseHeader", set_response_header)
    registry.add("RemoveResponseHeader", remove_response_header)
    registry.add("PreserveHostHeader", preserve_host_header)
    registry.add("SetRequestHostHeader", set_request_host_header)


def add_request_header(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Append a request header."""
    args = Arguments(component, ("name", "value"))
    name, value = header_name(args, "name"), template(args, "value")

    def pre(forward: Forward) -> None:
        forward.add_header(name, value(forward))

    return CompiledFilter(f"[AddRequestHeader {args.text('name')} = '{args.text('value')}']", pre=pre)


def set_request_header(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Replace a request header."""
    args = Arguments(component, ("name", "value"))
    name, value = header_name(args, "name"), template(args, "value")
    lower = name.lower()

    def pre(forward: Forward) -> None:
        forward.remove_header(lower)
        forward.add_header(name, value(forward))

    return CompiledFilter(f"[SetRequestHeader {args.text('name')} = '{args.text('value')}']", pre=pre)


def remove_request_header(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Keep a request header from the upstream."""
    args = Arguments(component, ("name",))
    lower = header_name(args, "name").lower()

    def pre(forward: Forward) -> None:
        forward.remove_header(lower)

    return CompiledFilter(f"[RemoveRequestHeader name = '{args.text('name')}']", pre=pre)


def add_response_header(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Append a header to the answer; ``override=false`` only where it is missing or blank.

    ``override`` defaults to true and, as in Spring, appends all the same.
    """
    args = Arguments(component, ("name", "value", "override"))
    name, value = header_name(args, "name"), template(args, "value")
    override = args.boolean("override", True)
    lower = name.lower()

    def post(forward: Forward) -> None:
        if override or not any(each.lower() == lower and held for each, held in forward.response_headers):
            forward.response_headers.append((name, value(forward)))

    shown = (
        f"name = '{args.text('name')}', value = '{args.text('value')}', override = {str(override).lower()}"
    )
    return CompiledFilter(f"[AddResponseHeader {shown}]", post=post)


def set_response_header(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Replace a header of the answer."""
    args = Arguments(component, ("name", "value"))
    name, value = header_name(args, "name"), template(args, "value")
    lower = name.lower()

    def post(forward: Forward) -> None:
        kept = [each for each in forward.response_headers if each[0].lower() != lower]
        forward.response_headers = [*kept, (name, value(forward))]

    shown = f"name = '{args.text('name')}', value = '{args.text('value')}'"
    return CompiledFilter(f"[SetResponseHeader {shown}]", post=post)


def remove_response_header(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Take a header out of the answer."""
    args = Arguments(component, ("name",))
    lower = header_name(args, "name").lower()

    def post(forward: Forward) -> None:
        forward.response_headers = [each for each in forward.response_headers if each[0].lower() != lower]

    return CompiledFilter(f"[RemoveResponseHeader name = '{args.text('name')}']", post=post)


def preserve_host_header(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Send the client's Host upstream."""
    Arguments(component, ())

    def pre(forward: Forward) -> None:
        forward.keep_host = forward.exchange.host

    return CompiledFilter("[PreserveHostHeader]", pre=pre)


def set_request_host_header(component: Component, _: FilterSite, __: FilterServices) -> CompiledFilter:
    """Send another Host upstream."""
    args = Arguments(component, ("host",))
    host = template(args, "host")

    def pre(forward: Forward) -> None:
        forward.keep_host = host(forward)

    return CompiledFilter(f"[SetRequestHostHeader '{args.text('host')}']", pre=pre)
