"""An archived client takes no new invoice, from the draft on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

LIGNE = {"designation": "Conseil", "quantite": "1", "prix_unitaire_ht": "80.00", "taux_tva": "20"}
CORPS = {"client_id": "c1", "lignes": [LIGNE]}


@pytest.fixture(params=["memoire", "sqlite"])
def monde(request: pytest.FixtureRequest, creer_monde: Any) -> Any:
    """A world whose client c2 is archived."""
    monde = creer_monde(request.param)
    monde.clients.connus["c2"] = replace(monde.clients.connus["c1"], id="c2", archive=True)
    return monde


def test_no_draft_is_made_for_an_archived_client(monde: Any) -> None:
    """409, and nothing is stored."""
    http = monde.app().test_client()
    reponse = http.post("/factures", json={**CORPS, "client_id": "c2"})
    assert (reponse.status_code, reponse.json["code"]) == (409, "client-archive")
    assert http.get("/factures").json["total"] == 0


def test_a_draft_is_kept_while_nobody_can_tell(monde: Any) -> None:
    """client-service out of reach: the issue will ask again."""
    monde.clients.indisponible = True
    assert monde.app().test_client().post("/factures", json={**CORPS, "client_id": "c2"}).status_code == 201


def test_a_draft_is_not_given_to_an_archived_client(monde: Any) -> None:
    """409 when the change names one."""
    http = monde.app().test_client()
    chemin = f"/factures/{http.post('/factures', json=CORPS).json['id']}"
    reponse = http.put(chemin, json={**CORPS, "client_id": "c2"}, headers={"If-Match": "*"})
    assert (reponse.status_code, reponse.json["code"]) == (409, "client-archive")


def test_a_draft_of_a_client_archived_since_may_still_be_edited(monde: Any) -> None:
    """Its issue is refused, not its correction."""
    http = monde.app().test_client()
    chemin = f"/factures/{http.post('/factures', json=CORPS).json['id']}"
    monde.clients.connus["c1"] = replace(monde.clients.connus["c1"], archive=True)
    corrige = {**CORPS, "numero_commande": "CMD-7"}
    assert http.put(chemin, json=corrige, headers={"If-Match": "*"}).status_code == 200
    assert http.post(f"{chemin}/emission").json["code"] == "client-archive"
