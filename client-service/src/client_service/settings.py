"""What client-service reads from its configuration, besides what every member reads."""

from __future__ import annotations

from dataclasses import dataclass

from ressort.config import properties


@properties("spring.web")
@dataclass(frozen=True)
class Settings:
    """``spring.web.locale``: the language of error texts."""

    locale: str = "fr"
