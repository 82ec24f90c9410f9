"""repriseJob through the API, on every database; the services are in memory."""

from __future__ import annotations

import io
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ressort.http import UnavailableError

REEL = Path(__file__).parents[3] / "data" / "receivables-2013.csv"
ENTETE = "reference,client_reference,client_nom,client_courriel,date_emission,date_echeance,montant,date_reglement,litige"
UNE = "F-1,C-1,Durand,durand@x.example,2026-01-10,2026-02-10,100.00,,"


def reprendre(banc: Any, chemin: str, **plus: Any) -> Any:
    return banc.lancer("repriseJob", **{"fichier": chemin, "type_client": "ENTREPRISE", **plus})


def test_real_file_at_the_end_of_october(banc: Any) -> None:
    """2,352 issued, 79 open, 11 late for 614.68; then 3 reminders and 8 explanations."""
    execution = reprendre(
        banc, str(REEL), arrete_au="2013-10-31", courriel="{reference}@clients.example"
    ).json

    assert execution["statut"] == "COMPLETED"
    assert {
        e["nom"]: (e["lus"], e["ecrits"], e["filtres"], e["ignores"]) for e in execution["etapes"][1:-1]
    } == {
        "lecture": (2466, 2466, 0, 0),
        "clients": (100, 100, 0, 0),
        "factures": (2466, 2352, 114, 0),
        "paiements": (2466, 2273, 193, 0),
    }
    au = date(2013, 10, 31)
    en_retard = banc.services.factures_en_retard(au)
    assert len(list(banc.services.factures_ouvertes(au))) == 79
    assert (len(en_retard), sum(f.reste_centimes for f in en_retard)) == (11, 61468)
    simulation = banc.client.post("/relances/simulation", json={"date_reference": "2013-10-31"}).json
    assert (len(simulation["relances"]), len(simulation["ecartees"])) == (3, 8)
    assert banc.lancer("relanceJob", date_reference="2013-10-31").json["statut"] == "COMPLETED"
    assert sorted(m["destinataire"]["email"] for m in banc.messages()) == [
        "1408-OQZUE@clients.example",
        "1604-LIFKX@clients.example",
        "2125-HJDLA@clients.example",
    ]


def test_dates_move_so_that_the_cut_becomes_today(banc: Any) -> None:
    """Every date by the same number of days: today's book is that of the cut."""
    assert (
        reprendre(banc, str(REEL), arrete_au="2013-10-31", decalage="aujourd_hui").json["statut"]
        == "COMPLETED"
    )

    assert len(list(banc.services.factures_ouvertes(banc.clock.today()))) == 79
    assert len(banc.services.factures_en_retard(banc.clock.today())) == 11


def test_another_shift_in_the_same_book_is_refused(banc: Any) -> None:
    """A book shifted by some days takes no file shifted by others."""
    reprendre(banc, str(REEL), arrete_au="2013-10-31", decalage="aujourd_hui")

    refus = reprendre(banc, banc.fichier(f"{ENTETE}\n{UNE}\n"))

    assert (refus.status_code, refus.json["code"], refus.json["connu_jours"]) == (
        409,
        "decalage-different",
        4768,
    )


def test_same_file_and_parameters_are_the_same_take_over(banc: Any, tmp_path: Path) -> None:
    """Identity is the content, wherever the file lies; another cut is another take-over."""
    premier = banc.fichier(f"{ENTETE}\n{UNE}\n")
    reprendre(banc, premier)
    copie = str(shutil.copy(premier, tmp_path / "copie.csv"))

    assert reprendre(banc, copie).json["code"] == "execution-terminee"
    assert reprendre(banc, copie, arrete_au="2026-02-01").json["statut"] == "COMPLETED"


def test_bad_rows_go_to_the_reject_list(banc: Any) -> None:
    """With line number, reason and row; the good ones are taken over all the same."""
    lignes = [
        UNE,
        "F-2,C-1,,,2026-01-32,2026-02-10,10.00,,",
        "F-3,C-1,,,2026-01-10,2026-02-10,ten,,",
        "F-1,C-1,,,2026-01-10,2026-02-10,10.00,,",
        "F-5,C-1,,,2026-01-10,2026-02-10,-1.00,,",
        "F-6,C-1",
        'F-7,"C-\n1",,,2026-01-10,2026-02-10,1.00,,',
        "F-8,C-9,,pas-une-adresse,2026-01-10,2026-02-10,1.00,,",
        "F-9,C-2,,,2026-01-10,2026-02-10,1.00,,",
    ]
    execution = reprendre(banc, banc.fichier(ENTETE + "\n" + "\n".join(lignes) + "\n")).json

    rejets = banc.client.get(f"/jobs/executions/{execution['id']}/rejets").json
    assert execution["statut"] == "COMPLETED"
    assert [(r["ligne"], r["etape"], r["motif"]) for r in rejets["elements"]] == [
        (3, "lecture", "date-invalide"),
        (4, "lecture", "montant-invalide"),
        (5, "lecture", "reference-en-double"),
        (6, "lecture", "montant-negatif"),
        (7, "lecture", "nombre-de-colonnes"),
        (8, "lecture", "identifiant-invalide"),
        (10, "clients", "courriel-invalide"),
        (10, "factures", "client-refuse"),
    ]
    assert rejets["elements"][0]["contenu"] == "F-2,C-1,,,2026-01-32,2026-02-10,10.00,,"
    assert execution["rejets"] == rejets["total"] == 8
    assert sorted(banc.services.factures) == ["F-1", "F-9"]


def test_bytes_of_another_encoding_are_rejected_row_by_row(banc_sqlite: Any) -> None:
    """A file in Latin-1 read as UTF-8 loses the rows with accents, and says so."""
    texte = f"{ENTETE}\nF-1,C-1,Société,,2026-01-10,2026-02-10,1.00,,\n{UNE.replace('F-1', 'F-2')}\n"
    execution = reprendre(banc_sqlite, banc_sqlite.fichier(texte, encodage="latin-1")).json

    (rejet,) = banc_sqlite.client.get(f"/jobs/executions/{execution['id']}/rejets").json["elements"]
    assert (rejet["ligne"], rejet["motif"]) == (2, "encodage-invalide")
    autre = reprendre(banc_sqlite, banc_sqlite.fichier(texte, encodage="latin-1"), encodage="latin-1").json
    assert (autre["statut"], autre["rejets"]) == ("COMPLETED", 0)


@pytest.mark.parametrize(
    ("texte", "plus", "code", "pointer"),
    [
        ("", {}, "entete-invalide", "/parametres/fichier"),
        ("a,b,c\n1,2,3\n", {}, "entete-invalide", "/parametres/fichier"),
        (ENTETE.replace(",", ";") + "\n", {}, "separateur-invalide", "/parametres/separateur"),
        (f"{ENTETE}\n{UNE}\n", {"type_client": "SOCIETE"}, "valeur-invalide", "/parametres/type_client"),
        (f"{ENTETE}\n{UNE}\n", {"arrete_au": "2027-01-01"}, "date-future", "/parametres/arrete_au"),
        (f"{ENTETE}\n{UNE}\n", {"courriel": "tous@x.example"}, "valeur-invalide", "/parametres/courriel"),
        (f"{ENTETE}\n{UNE}\n", {"decalage": 3}, "texte", "/parametres/decalage"),
        (f"{ENTETE}\n{UNE}\n", {"encodage": "klingon"}, "valeur-invalide", "/parametres/encodage"),
        (f"{ENTETE}\n{UNE}\n", {"devise": "JPY"}, "valeur-invalide", "/parametres/devise"),
        (f"{ENTETE}\n{UNE}\n", {"format_date": "JJ/MM"}, "valeur-invalide", "/parametres/format_date"),
        (
            f"{ENTETE}\n{UNE}\n",
            {"correspondance": {"ref": "x"}},
            "valeur-invalide",
            "/parametres/correspondance",
        ),
        (
            f"{ENTETE}\n{UNE}\n",
            {"correspondance": {"reference": "No"}},
            "entete-invalide",
            "/parametres/fichier",
        ),
        (
            f"{ENTETE}\n{UNE}\n",
            {"courriel": "a" * 3000 + "{reference}@x.example"},
            "trop-long",
            "/parametres",
        ),
        (f"{ENTETE}\n{UNE}\n", {"vitesse": 3}, "parametre-inconnu", "/parametres/vitesse"),
        (f"{ENTETE}\n{UNE}\n", {"type_client": None}, "obligatoire", "/parametres/type_client"),
    ],
)
def test_wrong_launch_is_refused_before_anything(
    banc_sqlite: Any, texte: str, plus: dict[str, Any], code: str, pointer: str
) -> None:
    """422 with the parameter's pointer; no execution is left."""
    refus = reprendre(banc_sqlite, banc_sqlite.fichier(texte), **plus)

    assert refus.status_code == 422
    assert [(e["code"], e["pointer"]) for e in refus.json["errors"]] == [(code, pointer)]
    assert banc_sqlite.client.get("/jobs/repriseJob/executions").json["total"] == 0


@pytest.mark.parametrize("chemin", ["/nulle/part.csv", "/dev/zero", "/tmp", "a\0b", "x" * 3000, ""])
def test_missing_file(banc_sqlite: Any, chemin: str) -> None:
    """422 that names it, whatever the path is made of."""
    refus = reprendre(banc_sqlite, chemin)

    assert (refus.status_code, refus.json["errors"][0]["code"]) == (422, "fichier-introuvable")


def test_file_that_breaks_off_its_encoding(banc_sqlite: Any) -> None:
    """UTF-16 with half a character: the rows before it are taken, the rest is one reject."""
    chemin = Path(banc_sqlite.fichier(f"{ENTETE}\n{UNE}\n", encodage="utf-16"))
    chemin.write_bytes(chemin.read_bytes() + b"\x00\xd8\x00")

    execution = reprendre(banc_sqlite, str(chemin), encodage="utf-16").json

    assert execution["statut"] == "COMPLETED"
    (rejet,) = banc_sqlite.client.get(f"/jobs/executions/{execution['id']}/rejets").json["elements"]
    assert rejet["motif"] in ("encodage-invalide", "nombre-de-colonnes")


def test_any_file_by_correspondence(banc_sqlite: Any) -> None:
    """Another system's columns, dates, decimals and currency; spreadsheet identifiers lose their .0."""
    texte = "No;Cust;Posted;Due;Amt;Clear\n1930438491.0;200769623;20260110.0;20260210.0;54273,280000000006;2026-02-11 00:00:00\n"
    execution = reprendre(
        banc_sqlite,
        banc_sqlite.fichier(texte),
        separateur=";",
        separateur_decimal=",",
        devise="USD",
        correspondance={
            "reference": "No",
            "client_reference": "Cust",
            "date_emission": "Posted",
            "date_echeance": "Due",
            "montant": "Amt",
            "date_reglement": "Clear",
        },
        format_date={
            "date_emission": "yyyyMMdd",
            "date_echeance": "yyyyMMdd",
            "date_reglement": "yyyy-MM-dd HH:mm:ss",
        },
    ).json

    assert (execution["statut"], execution["rejets"]) == ("COMPLETED", 0)
    facture = banc_sqlite.services.factures["1930438491"]
    assert (facture["devise"], facture["total_ttc_centimes"]) == ("USD", 5427328)
    assert banc_sqlite.services.paiements["1930438491"]["date_paiement"] == "2026-02-11"


def test_second_file_brings_the_settlement(banc: Any) -> None:
    """A known invoice that is paid in the later file gets its payment, and nothing twice."""
    reprendre(banc, banc.fichier(f"{ENTETE}\n{UNE}\n"))
    assert banc.services.paiements == {}

    payee = UNE.replace("100.00,,", "100.00,2026-03-01,")
    execution = reprendre(banc, banc.fichier(f"{ENTETE}\n{payee}\n")).json

    assert execution["statut"] == "COMPLETED"
    assert list(banc.services.paiements) == ["F-1"]
    assert list(banc.services.factures_ouvertes(banc.clock.today())) == []


def test_dispute_counts_while_the_invoice_is_open(banc_sqlite: Any) -> None:
    """From its issue date on; a settled invoice is not disputed any more."""
    lignes = [
        "F-1,C-1,,,2026-01-10,2026-02-10,1.00,,oui",
        "F-2,C-1,,,2026-01-10,2026-02-10,1.00,2026-03-01,oui",
    ]
    reprendre(banc_sqlite, banc_sqlite.fichier(f"{ENTETE}\n" + "\n".join(lignes) + "\n"))

    assert banc_sqlite.services.factures["F-1"]["litige"]["depuis"] == "2026-01-10"
    assert banc_sqlite.services.factures["F-2"]["litige"] is None


def test_pending_payment_fails_the_take_over_until_it_is_allocated(banc: Any) -> None:
    """COMPLETED only when nothing is pending; reminders wait meanwhile."""
    payee = UNE.replace("100.00,,", "100.00,2026-03-01,")
    banc.services.en_attente.add("F-1")
    echec = reprendre(banc, banc.fichier(f"{ENTETE}\n{payee}\n")).json
    assert (echec["statut"], "attendent encore" in echec["echecs"][0]) == ("FAILED", True)
    assert banc.lancer("relanceJob").json["code"] == "reprise-en-cours"

    banc.services.en_attente.clear()
    suite = banc.client.post(f"/jobs/executions/{echec['id']}/redemarrage").json

    assert banc.attendre(suite["id"]).json["statut"] == "COMPLETED"
    assert banc.lancer("relanceJob").json["statut"] == "COMPLETED"


def test_totals_that_do_not_agree_fail_the_take_over(banc: Any, monkeypatch: Any) -> None:
    """An invoice that the file says is paid must be closed; an abandoned take-over lets reminders go on."""
    payee = UNE.replace("100.00,,", "100.00,2026-03-01,")
    vrai = banc.services.reprendre_paiements

    def perdre(paiements: Any) -> Any:
        repris = vrai(paiements)
        banc.services.paiements.clear()
        return repris

    monkeypatch.setattr(banc.services, "reprendre_paiements", perdre)
    echec = reprendre(banc, banc.fichier(f"{ENTETE}\n{payee}\n")).json

    assert echec["statut"] == "FAILED"
    assert "F-1 : reste 10000 centimes, le fichier dit 0" in echec["echecs"][0]
    abandon = banc.client.post(f"/jobs/executions/{echec['id']}/abandon")
    assert abandon.json["statut"] == "ABANDONED"
    assert banc.lancer("relanceJob").json["statut"] == "COMPLETED"


def test_acts_on_an_execution_take_no_field(banc: Any, monkeypatch: Any) -> None:
    """422 naming it, after 404 and 409, and nothing has happened."""

    def sortir(factures: Any) -> Any:
        raise OSError("facture-service is unavailable")

    def agir(numero: Any, acte: str, corps: Any = None) -> Any:
        return banc.client.post(
            f"/jobs/executions/{numero}/{acte}", json={"x": 1} if corps is None else corps
        )

    fini = banc.lancer("relanceJob").json["id"]
    monkeypatch.setattr(banc.services, "reprendre_factures", sortir)
    echec = reprendre(banc, banc.fichier(f"{ENTETE}\n{UNE}\n")).json
    for acte in ("redemarrage", "arret", "abandon"):
        assert agir(999, acte).status_code == 404
        assert agir(fini, acte).status_code == 409
    for acte in ("redemarrage", "abandon"):
        refus = agir(echec["id"], acte)
        assert (refus.status_code, [e["pointer"] for e in refus.json["errors"]]) == (422, ["/x"])
    assert banc.client.get("/jobs/repriseJob/executions").json["elements"] == [echec]
    monkeypatch.undo()
    suite = agir(echec["id"], "redemarrage", {})
    assert banc.attendre(suite.json["id"]).json["statut"] == "COMPLETED"


def test_a_stop_with_a_field_does_not_stop(banc: Any, monkeypatch: Any) -> None:
    """The execution goes on to its end."""
    banc.facture("A1", 10)
    vrais, refus = banc.services.factures_en_retard, []

    def pendant(au: Any) -> Any:
        refus.append(banc.client.post("/jobs/executions/1/arret", json={"x": 1}).status_code)
        return vrais(au)

    monkeypatch.setattr(banc.services, "factures_en_retard", pendant)
    assert banc.lancer("relanceJob").json["statut"] == "COMPLETED"
    assert set(refus) == {422}


def test_service_out_in_the_middle_then_restart(banc: Any, monkeypatch: Any) -> None:
    """The failed chunk comes again; nothing is doubled, and the shift stays that of the first day."""
    vrai, appels = banc.services.reprendre_factures, []

    def sortir(factures: Any) -> Any:
        appels.append(len(factures))
        if len(appels) == 3:
            raise OSError("facture-service is unavailable")
        return vrai(factures)

    monkeypatch.setattr(banc.services, "reprendre_factures", sortir)
    echec = reprendre(banc, str(REEL), arrete_au="2013-10-31", decalage="aujourd_hui").json
    assert (echec["statut"], len(banc.services.factures) < 2352) == ("FAILED", True)
    banc.clock.advance(timedelta(days=1))

    suite = banc.client.post(f"/jobs/executions/{echec['id']}/redemarrage").json
    fin = banc.attendre(suite["id"]).json

    assert fin["statut"] == "COMPLETED"
    assert [e["nom"] for e in fin["etapes"]] == ["factures", "paiements", "controle"]
    assert (len(banc.services.factures), len(banc.services.paiements)) == (2352, 2273)
    assert len(list(banc.services.factures_ouvertes(date(2026, 11, 20)))) == 79


def test_service_out_for_a_moment_is_asked_again(banc_sqlite: Any, monkeypatch: Any) -> None:
    """A restart of facture-service in the middle of a take-over is waited for."""
    vrai, appels = banc_sqlite.services.reprendre_factures, []

    def sortir(factures: Any) -> Any:
        appels.append(1)
        if len(appels) == 1:
            raise UnavailableError("facture-service", "connection refused", False)
        return vrai(factures)

    monkeypatch.setattr(banc_sqlite.services, "reprendre_factures", sortir)
    execution = reprendre(banc_sqlite, banc_sqlite.fichier(f"{ENTETE}\n{UNE}\n")).json

    assert (execution["statut"], len(appels), list(banc_sqlite.services.factures)) == (
        "COMPLETED",
        2,
        ["F-1"],
    )


def test_upload_then_take_over(banc_sqlite: Any) -> None:
    """The answered name is the parameter; names cannot leave the folder."""
    contenu = (io.BytesIO(f"{ENTETE}\n{UNE}\n".encode()), "../../etc/passwd")
    depot = banc_sqlite.client.post("/jobs/repriseJob/fichiers", data={"fichier": contenu})

    assert depot.status_code == 201
    assert "/" not in depot.json["fichier"]
    assert len(depot.json["sha256"]) == 64
    assert reprendre(banc_sqlite, depot.json["fichier"]).json["statut"] == "COMPLETED"


def test_upload_limits(banc_sqlite: Any) -> None:
    """No file is 422; one that is too large is refused and not kept."""
    assert banc_sqlite.client.post("/jobs/repriseJob/fichiers", data={}).status_code == 422
    grand = banc_sqlite.client.post(
        "/jobs/repriseJob/fichiers", data={"fichier": (io.BytesIO(b"x" * 120_000), "g.csv")}
    )
    assert grand.status_code in (413, 422)
    assert list((banc_sqlite.dossier / "depot").glob("*")) == []


@pytest.mark.parametrize("octets", [0, 100_001])
def test_an_upload_that_cannot_be_used_names_its_field(banc_sqlite: Any, octets: int) -> None:
    """Empty or too large: 422 at /fichier, the field of the form, and nothing is kept."""
    refus = banc_sqlite.client.post(
        "/jobs/repriseJob/fichiers", data={"fichier": (io.BytesIO(b"x" * octets), "vide.csv")}
    )

    assert refus.status_code == 422
    assert [each["pointer"] for each in refus.json["errors"]] == ["/fichier"]
    assert [each for each in (banc_sqlite.dossier / "depot").rglob("*") if each.is_file()] == []


def test_json_is_no_upload(banc_sqlite: Any) -> None:
    """415, as everywhere for a wrong type."""
    assert banc_sqlite.client.post("/jobs/repriseJob/fichiers", json={"fichier": "x"}).status_code == 415


def test_files_elsewhere_need_permission(banc_sqlite: Any) -> None:
    """Bound to an open address, only uploads and declared folders may be read."""
    from batch.adapters.fichiers import Fichiers
    from batch.domain.erreurs import FichierRefuseError

    permis = Fichiers(
        banc_sqlite.dossier / "depot", [banc_sqlite.dossier / "permis"], partout=False, taille_max=10
    )
    (banc_sqlite.dossier / "permis").mkdir()
    (banc_sqlite.dossier / "permis" / "a.csv").write_text("x")

    assert permis.trouver(str(banc_sqlite.dossier / "permis" / "a.csv")).name == "a.csv"
    for fichier in (str(REEL), str(banc_sqlite.dossier / "permis" / ".." / "b.csv"), "/etc/passwd"):
        with pytest.raises(FichierRefuseError):
            permis.trouver(fichier)


def test_jobs_are_described(banc_sqlite: Any) -> None:
    """Names, parameters and their types."""
    jobs = banc_sqlite.client.get("/jobs").json

    assert [job["nom"] for job in jobs] == ["relanceJob", "repriseJob"]
    assert {"fichier", "arrete_au", "type_client", "courriel", "decalage", "correspondance"} <= {
        parametre["nom"] for parametre in jobs[1]["parametres"]
    }


def test_executions_are_listed_page_by_page(banc: Any) -> None:
    """Newest first, with a cursor."""
    for passage in (1, 2, 3):
        banc.lancer("relanceJob", passage=passage)

    premiere = banc.client.get("/jobs/relanceJob/executions?limit=2").json
    suite = banc.client.get(f"/jobs/relanceJob/executions?limit=2&curseur={premiere['suivant']}").json

    assert [e["id"] for e in premiere["elements"] + suite["elements"]] == ["3", "2", "1"]
    assert (premiere["total"], suite["suivant"]) == (3, None)
