"""Parameters of a request as Spring converts them."""

from __future__ import annotations

from flask import request

from config_server.domain.errors import InvalidRequestError

_TRUE, _FALSE = ("true", "on", "yes", "1"), ("false", "off", "no", "0")


def switch(name: str) -> bool:
    """A boolean parameter, true when absent or empty. Raises InvalidRequestError for a text that is none."""
    text = request.args.get(name, "").strip().lower()
    if text and text not in _TRUE + _FALSE:
        raise InvalidRequestError(f"{name} is neither true nor false: {text}")
    return text not in _FALSE
