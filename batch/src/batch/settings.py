"""What batch reads from its configuration, besides what every member reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ressort.config import data_size, duration, properties

CRON = "relance.cron"
ZONE = "relance.zone"
SUBDIVISION = "relance.subdivision"


@properties("relance")
@dataclass(frozen=True)
class RelanceOptions:
    """Reminders: when they run, where working days are those of, extra statutory rates.

    `cron`: six fields, `-` for never. `zone`: IANA name. `subdivision`: of France, as the `holidays` library
    spells it (`57` for Moselle). `taux`: a CSV file completing the packaged rates. `reprise-delai`: pause before
    a run fired by cron and interrupted is taken up again.
    """

    cron: str = "0 0 9 * * MON-FRI"
    zone: str = "Europe/Paris"
    subdivision: str | None = None
    taux: Path | None = None
    reprise_delai_s: float = duration("1m")


@properties("batch.reprise")
@dataclass(frozen=True)
class RepriseOptions:
    """Take-overs: folders whose files may be read, the size of an upload, how long payments may stay pending."""

    dossiers: list[Path] = field(default_factory=list)
    taille_max_bytes: int = data_size("20MB")
    attente_s: float = duration("30s")


@properties("spring.web")
@dataclass(frozen=True)
class WebOptions:
    """`spring.web.locale`: the language of error texts."""

    locale: str = "fr"


@dataclass(frozen=True)
class Settings:
    """Everything `create_app` needs; `partout`: files of any folder may be taken over (loopback only)."""

    relance: RelanceOptions = field(default_factory=RelanceOptions)
    reprise: RepriseOptions = field(default_factory=RepriseOptions)
    locale: str = "fr"
    depot: Path = Path("var/reprises")
    partout: bool = False
