"""``configserver:url,url?fail-fast=true&max-attempts=3``: addresses, and settings that count for this import."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from ressort.config.conversion import convert, seconds
from ressort.config.errors import ConfigError
from ressort.config.gathering import ServerImport
from ressort.config.options import ConfigClientOptions, RetryOptions

_PARAMETERS = ("fail-fast", "max-attempts", "max-interval", "multiplier", "initial-interval")


def address_of(wanted: ServerImport, options: ConfigClientOptions) -> tuple[list[str], ConfigClientOptions]:
    """The addresses, those of ``uri`` when none is given, and the options with the first one's parameters.

    Raises ConfigError for a parameter nobody knows or a value that cannot be used.
    """
    parts = [part.strip() for part in wanted.address.split(",") if part.strip()]
    uris = [part.partition("?")[0] for part in parts]
    query = parts[0].partition("?")[2] if parts else ""
    for name, text in parse_qsl(query, keep_blank_values=True):
        try:
            options = _with(options, name, text)
        except ValueError as error:
            raise ConfigError(
                f"{name}={text}: {error}",
                key="spring.config.import",
                value=f"configserver:{wanted.address}",
                origin=wanted.origin,
                remedy=f"Known are {', '.join(_PARAMETERS)}.",
            ) from error
    return [uri for uri in uris if uri] or list(options.uri), options


def _with(options: ConfigClientOptions, name: str, text: str) -> ConfigClientOptions:
    if name == "fail-fast":
        return replace(options, fail_fast=convert(text, bool))
    return replace(options, retry=_retrying(options.retry, name, text))


def _retrying(retry: RetryOptions, name: str, text: str) -> RetryOptions:
    if name == "max-attempts":
        return replace(retry, max_attempts=int(_at_least(1, convert(text, int))))
    if name == "multiplier":
        return replace(retry, multiplier=_at_least(1, convert(text, float)))
    if name == "max-interval":
        return replace(retry, max_interval_s=_at_least(0, seconds(text, "ms")))
    if name == "initial-interval":
        return replace(retry, initial_interval_s=_at_least(0, seconds(text, "ms")))
    raise ValueError("there is no such parameter")


def _at_least(least: int, found: float) -> float:
    if found < least:
        raise ValueError(f"at least {least} is needed")
    return found
