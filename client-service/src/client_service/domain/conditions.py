"""Payment terms within the law: C. com. L441-10 between businesses, L2192-10 of the public procurement code."""

from __future__ import annotations

from collections.abc import Iterator

from client_service.domain.anomalies import Anomalie
from client_service.domain.client import ConditionsPaiement, FicheClient, ModeEcheance, TypeClient

MAX_NET_JOURS = 60
MAX_FIN_DE_MOIS_JOURS = 45
MAX_PUBLIC_JOURS = 30
MAX_PARTICULIER_JOURS = 365


def delai_maximal_jours(type_client: TypeClient, mode: ModeEcheance) -> int:
    """The longest lawful term in days; a consumer's is only bounded to catch a typing error."""
    if type_client is TypeClient.PARTICULIER:
        return MAX_PARTICULIER_JOURS
    if type_client is TypeClient.PUBLIC:
        return MAX_PUBLIC_JOURS
    return MAX_NET_JOURS if mode is ModeEcheance.NET else MAX_FIN_DE_MOIS_JOURS


def verifier_conditions(fiche: FicheClient) -> Iterator[Anomalie]:
    """The anomaly of terms that the law does not allow for this type of client."""
    conditions: ConditionsPaiement = fiche.conditions_paiement
    if fiche.type is TypeClient.PUBLIC and conditions.mode is not ModeEcheance.NET:
        yield Anomalie(
            "/conditions_paiement/mode",
            "mode-interdit-pour-un-acheteur-public",
            "Un acheteur public paie à 30 jours nets.",
        )
    maximum = delai_maximal_jours(fiche.type, conditions.mode)
    if not 0 <= conditions.delai_jours <= maximum:
        yield Anomalie(
            "/conditions_paiement/delai_jours",
            "delai-illegal",
            f"Le délai va de 0 à {maximum} jours pour ce type de client et ce mode.",
        )
