"""The API of api.md section 3, over a real SQLite database: statuses, headers, bodies, errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

LIGNE = {
    "designation": "Conseil",
    "quantite": "2.5",
    "unite": "h",
    "prix_unitaire_ht": "80.00",
    "taux_tva": "20",
}
CORPS = {"client_id": "c1", "lignes": [LIGNE]}


class Http:
    """A caller of the API."""

    def __init__(self, monde: Any) -> None:
        self.monde = monde
        self.client = monde.app().test_client()

    def __call__(self, methode: str, chemin: str, corps: Any = None, **entetes: str) -> Any:
        headers = {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}
        return self.client.open(chemin, method=methode, json=corps, headers=headers)

    def brouillon(self, **autres: Any) -> dict[str, Any]:
        reponse = self("POST", "/factures", {**CORPS, **autres})
        assert reponse.status_code == 201, reponse.text
        return dict(reponse.json)

    def emise(self, **autres: Any) -> dict[str, Any]:
        reponse = self("POST", f"/factures/{self.brouillon(**autres)['id']}/emission")
        assert reponse.status_code == 200, reponse.text
        return dict(reponse.json)


@pytest.fixture(params=["memoire", "sqlite"])
def http(request: pytest.FixtureRequest, creer_monde: Any) -> Iterator[Http]:
    """The API over memory and over SQLite."""
    yield Http(creer_monde(request.param))


def test_created_draft_answers_the_whole_resource(http: Http) -> None:
    """201, Location, strong ETag, amounts in cents, decimals as strings."""
    reponse = http("POST", "/factures", CORPS)
    assert reponse.status_code == 201
    assert reponse.headers["Location"].endswith(f"/factures/{reponse.json['id']}")
    assert reponse.headers["ETag"] == '"1-2026-11-20"'
    assert reponse.json["lignes"] == [
        {
            "designation": "Conseil",
            "quantite": "2.5",
            "unite": "h",
            "prix_unitaire_ht": "80.00",
            "remise_pourcent": "0",
            "taux_tva": "20.0",
            "montant_ht_centimes": 20000,
        }
    ]
    assert reponse.json["ventilation_tva"] == [
        {"taux_tva": "20.0", "base_ht_centimes": 20000, "tva_centimes": 4000}
    ]


def test_wrong_body_tells_everything_at_once(http: Http) -> None:
    """A body with several faults answers all of them at once, each with its pointer."""
    reponse = http(
        "POST",
        "/factures",
        {
            "client_id": 3,
            "devise": "JPY",
            "inconnu": 1,
            "lignes": [
                {"designation": "", "quantite": 2.5, "prix_unitaire_ht": "-1", "taux_tva": "12"},
            ],
        },
    )
    assert reponse.status_code == 422
    assert reponse.content_type == "application/problem+json"
    pointeurs = {erreur["pointer"] for erreur in reponse.json["errors"]}
    assert pointeurs == {
        "/client_id",
        "/devise",
        "/inconnu",
        "/lignes/0/designation",
        "/lignes/0/quantite",
        "/lignes/0/prix_unitaire_ht",
        "/lignes/0/taux_tva",
    }


def test_get_carries_etag_and_answers_304(http: Http) -> None:
    """The tag holds version and day."""
    facture = http.emise()
    reponse = http("GET", f"/factures/{facture['id']}")
    assert reponse.headers["ETag"] == '"2-2026-11-20"'
    assert http("GET", f"/factures/{facture['id']}", If_None_Match='"2-2026-11-20"').status_code == 304
    http.monde.le("2026-11-21")
    assert http("GET", f"/factures/{facture['id']}", If_None_Match='"2-2026-11-20"').status_code == 200


def test_put_wants_if_match_and_takes_back_what_get_gave(http: Http) -> None:
    """428 without, 412 stale, 200 with the whole resource sent back edited."""
    brouillon = http.brouillon()
    chemin = f"/factures/{brouillon['id']}"
    assert http("PUT", chemin, CORPS).status_code == 428
    assert http("PUT", chemin, CORPS, If_Match='"9-2026-11-20"').status_code == 412
    modifie = {**brouillon, "numero_commande": "CMD-7"}
    reponse = http("PUT", chemin, modifie, If_Match='"1-2026-11-20"')
    assert (reponse.status_code, reponse.json["numero_commande"]) == (200, "CMD-7")
    reponse = http("PUT", chemin, {**modifie, "total_ttc_centimes": 1}, If_Match="*")
    assert reponse.status_code == 422
    assert reponse.json["errors"][0]["pointer"] == "/total_ttc_centimes"


def test_checks_come_in_order(http: Http) -> None:
    """404 before 428, 412 before 409, 409 before 422."""
    facture = http.emise()
    chemin = f"/factures/{facture['id']}"
    assert http("PUT", "/factures/inconnue", {"x": 1}).status_code == 404
    assert http("PUT", chemin, {"x": 1}).status_code == 428
    assert http("PUT", chemin, {"x": 1}, If_Match='"1-2026-11-20"').status_code == 412
    reponse = http("PUT", chemin, {"x": 1}, If_Match="*")
    assert (reponse.status_code, reponse.json["code"]) == (409, "facture-emise")
    assert http("POST", f"{chemin}/ecarts", {"x": 1}, If_Match='"1-2026-11-20"').status_code == 412


def test_delete_of_a_draft(http: Http) -> None:
    """204, then 404; an issued invoice is 409."""
    brouillon, facture = http.brouillon(), http.emise()
    assert http("DELETE", f"/factures/{brouillon['id']}").status_code == 428
    assert http("DELETE", f"/factures/{brouillon['id']}", If_Match="*").status_code == 204
    assert http("GET", f"/factures/{brouillon['id']}").status_code == 404
    reponse = http("DELETE", f"/factures/{facture['id']}", If_Match="*")
    assert (reponse.status_code, reponse.json["code"]) == (409, "facture-emise")


def test_emission_answers(http: Http) -> None:
    """The codes of the contract, and 503 with Retry-After while client-service is out."""
    brouillon = http.brouillon()
    chemin = f"/factures/{brouillon['id']}/emission"
    http.monde.clients.indisponible = True
    reponse = http("POST", chemin)
    assert (reponse.status_code, reponse.json["code"]) == (503, "client-service-indisponible")
    assert int(reponse.headers["Retry-After"]) > 0
    http.monde.clients.indisponible = False
    reponse = http("POST", chemin, {"date_emission": "2026-11-21"})
    assert (reponse.status_code, reponse.json["errors"][0]["pointer"]) == (422, "/date_emission")
    assert http("POST", chemin, {"date_emission": "2026-11-10"}).json["date_emission"] == "2026-11-10"
    reponse = http("POST", chemin)
    assert (reponse.status_code, reponse.json["code"]) == (409, "facture-emise")
    reponse = http("POST", f"/factures/{http.brouillon()['id']}/emission", {"date_emission": "2026-11-09"})
    assert (reponse.status_code, reponse.json["code"]) == (409, "date-anterieure-a-la-serie")


def test_same_idempotency_key_issues_once(http: Http) -> None:
    """The first answer again, marked as replayed; another body is refused."""
    brouillon = http.brouillon()
    chemin = f"/factures/{brouillon['id']}/emission"
    premiere = http("POST", chemin, {}, Idempotency_Key="k1")
    seconde = http("POST", chemin, {}, Idempotency_Key="k1")
    assert (premiere.status_code, seconde.status_code) == (200, 200)
    assert seconde.headers["Idempotency-Replayed"] == "true"
    assert seconde.get_data() == premiere.get_data()
    autre = http("POST", chemin, {"date_emission": "2026-11-20"}, Idempotency_Key="k1")
    assert autre.json["code"] == "idempotency-key-reutilisee"


def test_legal_page_is_complete_and_escaped(http: Http) -> None:
    """Every mention is on it, and a designation with HTML is only text."""
    piege = '<script>alert("x")</script>'
    facture = http.emise(lignes=[{**LIGNE, "designation": piege}], numero_commande="CMD-7")
    reponse = http("GET", f"/factures/{facture['id']}", Accept="text/html,*/*;q=0.8")
    page = reponse.text
    assert reponse.content_type == "text/html; charset=utf-8"
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    for attendu in (
        "Facture FA-2026-000001",
        "Société Fictive",
        "au capital de 10 000 €",
        "RCS Villefictive",
        "FR11123456782",
        "Boulangerie Hélène",
        "20/11/2026",
        "20/12/2026",
        "CMD-7",
        "prestation de services",
        "240,00",
        "40 euros",
        "escompte",
        "IBAN",
        'lang="fr"',
    ):
        assert attendu in page, attendu


def test_draft_page_never_looks_like_an_invoice(http: Http) -> None:
    """It says that it is none, in words and across the page, and bears no number; an issued one does neither."""
    page = http("GET", f"/factures/{http.brouillon()['id']}", Accept="text/html").text
    assert "Brouillon de facture" in page
    assert 'content: "BROUILLON"' in page
    assert '<div class="filigrane" aria-hidden="true">' in page
    assert "IBAN" not in page
    assert "FA-2026" not in page
    emise = http("GET", f"/factures/{http.emise()['id']}", Accept="text/html").text
    assert "filigrane" not in emise
    assert "BROUILLON" not in emise


def test_page_and_json_are_versioned_each_for_itself(http: Http) -> None:
    """Strong ETags of one version and day, never the same; 304, 412 and Vary on both; either allows a write."""
    chemin = f"/factures/{http.brouillon()['id']}"
    html = {"Accept": "text/html"}
    json, page = http("GET", chemin), http("GET", chemin, **html)
    assert (json.headers["ETag"], page.headers["ETag"]) == ('"1-2026-11-20"', '"1-2026-11-20-html"')
    for connu, entetes in ((json, {}), (page, html)):
        tag = connu.headers["ETag"]
        inchange = http("GET", chemin, If_None_Match=tag, **entetes)
        assert (inchange.status_code, inchange.data, inchange.headers["ETag"]) == (304, b"", tag)
        assert connu.headers["Vary"] == inchange.headers["Vary"] == "Accept"
        assert http("GET", chemin, If_Match='"2-2026-11-20"', **entetes).status_code == 412
        assert http("GET", chemin, If_Match=tag, **entetes).data == connu.data
    assert inchange.headers["Cache-Control"] == page.headers["Cache-Control"] == "private, no-cache"
    assert http("GET", chemin, If_None_Match=json.headers["ETag"], **html).status_code == 200
    assert http("HEAD", chemin, **html).headers["ETag"] == page.headers["ETag"]
    autre = {**CORPS, "numero_commande": "CMD-8"}
    assert http("PUT", chemin, autre, If_Match=page.headers["ETag"]).status_code == 200
    assert http("GET", chemin, If_None_Match=page.headers["ETag"], **html).status_code == 200


def test_credit_note_page_cites_its_invoice(http: Http) -> None:
    """Number and date of the invoice, and the reason."""
    facture = http.emise()
    avoir = http("POST", f"/factures/{facture['id']}/avoirs", {"motif": "erreur de prix"})
    assert avoir.status_code == 201
    assert avoir.headers["Location"].endswith(avoir.json["id"])
    page = http("GET", f"/factures/{avoir.json['id']}", Accept="text/html").text
    assert "Avoir sur la facture FA-2026-000001 du 20/11/2026" in page
    assert "erreur de prix" in page


def test_credit_note_takes_lines_or_an_amount(http: Http) -> None:
    """Both is 422; too much is 409 with what is creditable."""
    chemin = f"/factures/{http.emise()['id']}/avoirs"
    reponse = http("POST", chemin, {"motif": "m", "lignes": [LIGNE], "montant_ttc_centimes": 1})
    assert (reponse.status_code, reponse.json["errors"][0]["code"]) == (422, "lignes-ou-montant")
    reponse = http("POST", chemin, {"motif": "m", "montant_ttc_centimes": 24001})
    assert (reponse.status_code, reponse.json["code"]) == (409, "avoir-superieur-au-creditable")
    assert reponse.json["creditable_centimes"] == 24000


def test_write_off_dispute_and_mailing(http: Http) -> None:
    """201, 200 and 202, with the resource or its trace."""
    chemin = f"/factures/{http.emise()['id']}"
    ecart = http("POST", f"{chemin}/ecarts", {"montant_centimes": 100, "motif": "PETITE_DIFFERENCE"})
    assert (ecart.status_code, ecart.json["reste_centimes"]) == (201, 23900)
    trace = http("GET", ecart.headers["Location"].replace("http://localhost", ""))
    assert trace.json["montant_centimes"] == 100
    assert http("POST", f"{chemin}/ecarts", {"montant_centimes": 1, "motif": "X"}).status_code == 422
    litige = http("POST", f"{chemin}/litige", {"motif": "cassé"})
    assert (litige.status_code, litige.json["litige"]["motif"]) == (200, "cassé")
    assert http("POST", f"{chemin}/litige", {"motif": "b"}).json["code"] == "litige-deja-ouvert"
    assert http("DELETE", f"{chemin}/litige").json["litige"] is None
    assert http("DELETE", f"{chemin}/litige").json["code"] == "litige-absent"
    envoi = http("POST", f"{chemin}/envoi")
    assert (envoi.status_code, envoi.json["etat"]) == (202, "DEMANDE")
    histoire = http("GET", f"{chemin}/evenements?limit=2").json
    assert (len(histoire["elements"]), histoire["total"]) == (2, 6)
    suite = http("GET", f"{chemin}/evenements?curseur={histoire['suivant']}").json
    assert [e["type"] for e in suite["elements"]] == ["ECART", "LITIGE_OUVERT", "LITIGE_CLOS", "ENVOI"]


def test_mailing_takes_no_field(http: Http) -> None:
    """422 naming it, after 404, 412 and 409; no message leaves, and an empty object passes."""
    brouillon, chemin = http.brouillon()["id"], f"/factures/{http.emise()['id']}"
    assert http("POST", "/factures/inconnue/envoi", {"x": 1}).status_code == 404
    assert http("POST", f"/factures/{brouillon}/envoi", {"x": 1}).status_code == 409
    assert http("POST", f"{chemin}/envoi", {"x": 1}, If_Match='"9-2026-11-20"').status_code == 412
    refus = http("POST", f"{chemin}/envoi", {"x": 1})
    assert (refus.status_code, [e["pointer"] for e in refus.json["errors"]]) == (422, ["/x"])
    avant = http("GET", f"{chemin}/evenements").json["total"]
    assert http("POST", f"{chemin}/envoi", {}).status_code == 202
    assert http("GET", f"{chemin}/evenements").json["total"] == avant + 1


def test_settlement_answers(http: Http) -> None:
    """201, 200 again, 409 with the balance, then its cancellation."""
    chemin = f"/factures/{http.emise()['id']}/reglements"
    corps = {
        "affectation_id": "a1",
        "paiement_id": "p1",
        "montant_centimes": 20000,
        "date_reglement": "2026-11-20",
    }
    premier = http("POST", chemin, corps)
    assert (premier.status_code, premier.json["reste_centimes"]) == (201, 4000)
    assert http("GET", premier.headers["Location"].replace("http://localhost", "")).json == premier.json
    assert http("POST", chemin, corps).status_code == 200
    assert http("POST", chemin, {**corps, "montant_centimes": 1}).json["code"] == "reglement-different"
    trop = http("POST", chemin, {**corps, "affectation_id": "a2"})
    assert (trop.status_code, trop.json["code"], trop.json["reste_centimes"]) == (
        409,
        "reste-insuffisant",
        4000,
    )
    pris = http("POST", chemin, {**corps, "affectation_id": "a2", "plafonner": True})
    assert pris.json["montant_affecte_centimes"] == 4000
    annule = http("POST", f"{chemin}/a1/annulation", {"date": "2026-11-20", "motif": "rejet"})
    assert (annule.status_code, annule.json["reste_centimes"]) == (200, 20000)
    http("POST", f"{chemin}/a9/annulation", {"date": "2026-11-20", "motif": "rejet"})
    tard = http("POST", chemin, {**corps, "affectation_id": "a9"})
    assert (tard.status_code, tard.json["code"]) == (409, "reglement-annule")


def test_lots_judge_each_item(http: Http) -> None:
    """Settlements and take-overs in bulk: one wrong item refuses itself only."""
    facture = http.emise()
    bon = {
        "facture_id": facture["id"],
        "affectation_id": "a1",
        "paiement_id": "p1",
        "montant_centimes": 100,
        "date_reglement": "2026-11-20",
    }
    lot = http(
        "POST",
        "/factures/reglements/lots",
        [bon, {**bon, "montant_centimes": 1.5}, {**bon, "affectation_id": "a2", "montant_centimes": 99999}],
    )
    assert [(r["statut"], r["code"]) for r in lot.json] == [
        (201, None),
        (422, "donnees-invalides"),
        (409, "reste-insuffisant"),
    ]
    reprise = {
        "reference": "0001",
        "client_id": "c1",
        "date_emission": "2026-10-01",
        "date_echeance": "2026-10-31",
        "total_ttc_centimes": 5594,
        "litige": {"motif": "Contestée", "depuis": "2026-10-01"},
    }
    reponse = http("POST", "/factures/reprises", [reprise, {**reprise, "total_ttc_centimes": -1}])
    assert [r["etat"] for r in reponse.json] == ["CREEE", "REFUSEE"]
    assert reponse.json[1]["reference"] == "0001"
    assert http("POST", "/factures/reprises", [reprise] * 501).status_code == 422


def test_list_filters_pages_and_sums(http: Http) -> None:
    """Envelope, cursor, sums of the whole filtered set, unknown filters named."""
    for _ in range(3):
        http.emise()
    http("POST", f"/factures/{http.emise()['id']}/avoirs", {"motif": "m"})
    page = http("GET", "/factures?limit=2&tri=-numero&type=FACTURE").json
    assert [f["numero"] for f in page["elements"]] == ["FA-2026-000004", "FA-2026-000003"]
    assert page["total"] == 4
    assert page["totaux"] == [{"devise": "EUR", "total_ttc_centimes": 96000, "reste_centimes": 72000}]
    suite = http("GET", f"/factures?limit=2&tri=-numero&type=FACTURE&curseur={page['suivant']}").json
    assert [f["numero"] for f in suite["elements"]] == ["FA-2026-000002", "FA-2026-000001"]
    assert suite["suivant"] is None
    assert http("GET", "/factures").json["totaux"][0]["total_ttc_centimes"] == 72000
    for mauvais in (
        "couleur=bleu",
        "tri=couleur",
        "curseur=zzz",
        "limit=201",
        "emise_du=hier",
        "connu_au=2026-11-20T00:00:00Z",
    ):
        reponse = http("GET", f"/factures?{mauvais}")
        assert reponse.status_code == 400, mauvais
        assert mauvais.split("=")[0] in reponse.text


def test_as_of_parameters(http: Http) -> None:
    """`au` on a document, `ouverte_au` on the list, `au` on the aged balance."""
    facture = http.emise()
    http("POST", f"/factures/{facture['id']}/ecarts", {"montant_centimes": 24000, "motif": "PERTE"})
    avant = http("GET", f"/factures/{facture['id']}?au=2026-11-19")
    assert (avant.status_code, avant.json["code"]) == (404, "facture-pas-encore-emise")
    assert http("GET", f"/factures/{facture['id']}?au=2026-12-31").json["reste_centimes"] == 0
    assert http("GET", "/factures?ouverte_au=2026-11-20").json["total"] == 0
    autre = http.emise()
    balance = http("GET", "/balance-agee?au=2027-01-20").json
    assert balance["au"] == "2027-01-20"
    assert balance["lignes"] == [
        {
            "client_id": autre["client_id"],
            "nom": "Boulangerie Hélène",
            "devise": "EUR",
            "non_echu_centimes": 0,
            "de_1_a_30_centimes": 0,
            "de_31_a_60_centimes": 24000,
            "de_61_a_90_centimes": 0,
            "plus_de_90_centimes": 0,
            "total_centimes": 24000,
        }
    ]
    assert balance["totaux"][0]["total_centimes"] == 24000


def test_openapi_marks_what_is_between_services(http: Http) -> None:
    """The gateway's routes and the document agree on what is internal."""
    chemins = http("GET", "/v3/api-docs").json["paths"]
    internes = sorted(
        chemin
        for chemin, operations in chemins.items()
        if any(
            operation.get("x-internal") for operation in operations.values() if isinstance(operation, dict)
        )
    )
    assert internes == [
        "/factures/reglements/lots",
        "/factures/reprises",
        "/factures/{id}/reglements",
        "/factures/{id}/reglements/{affectation_id}",
        "/factures/{id}/reglements/{affectation_id}/annulation",
    ]
