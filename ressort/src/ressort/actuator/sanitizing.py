"""What of a configuration value may be shown, and to whom."""

from __future__ import annotations

import re
from typing import Any

from ressort.actuator.properties import Environment

MASK = "******"

_SECRET_KEY = re.compile(
    r"pass(word|wd|phrase)?$|secret|credential|token$|api-?key|private-?key|(^|[.\-_])key$|encrypt", re.I
)
_USERINFO = re.compile(r"(?P<head>[a-z][a-z0-9+.\-]*://[^\s:/?#@]*:)[^\s/?#@]*@", re.I)


class Sanitizer:
    """Masks every value unless `management.endpoint.<id>.show-values=always`; then only secrets.

    Secrets stay masked in every case: by the last part of the key, and passwords inside URLs.
    """

    def __init__(self, env: Environment, endpoint_id: str) -> None:
        shown = str(env.get(f"management.endpoint.{endpoint_id}.show-values", "never")).strip().lower()
        self._show = shown == "always"

    def shown(self, key: str, value: Any) -> Any:
        """The value as it may leave the process."""
        if not self._show or _SECRET_KEY.search(key.replace("_", "-").rsplit("]", 1)[0]):
            return MASK if value is not None else None
        return _USERINFO.sub(r"\g<head>" + MASK + "@", value) if isinstance(value, str) else value
