"""What paiement-service reads from its configuration, besides what every member reads."""

from __future__ import annotations

from dataclasses import dataclass

from ressort.config import duration, properties


@properties("paiement")
@dataclass(frozen=True)
class Settings:
    """``paiement.*``.

    `langue`: language of error texts. `rattrapage_s` (`paiement.rattrapage`): pause between two looks at the
    payments that wait for facture-service.
    """

    langue: str = "fr"
    rattrapage_s: float = duration("2s")
