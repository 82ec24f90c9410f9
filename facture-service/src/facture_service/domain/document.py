"""The frozen part of a document as JSON values, and back: the shape stored, hashed and served.

Derived fields (statuses, balances, dispute) are not here: they depend on the day. See `situation.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from facture_service.domain.echeance import ConditionsPaiement, ModeEcheance
from facture_service.domain.empreinte import calculer_empreinte
from facture_service.domain.facture import Contenu, Emission, Facture, NatureOperation, Origine
from facture_service.domain.lignes import Ligne, Totaux, Ventilation, decimal_ecrit
from facture_service.domain.parties import Adresse, Client, TypeClient, Vendeur

Document = dict[str, Any]


def instant_ecrit(instant: datetime) -> str:
    """An aware instant as ISO 8601 UTC with `Z`."""
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")


def ecrire(facture: Facture) -> Document:
    """The document of a draft or an issued invoice; amounts in cents, decimals as strings, ISO dates."""
    c, e, t = facture.contenu, facture.emission, facture.totaux
    document: Document = {
        "id": facture.id,
        "type": facture.type.value,
        "numero": e and e.numero,
        "serie": e and e.serie,
        "reference_externe": c.reference_externe,
        "numero_commande": c.numero_commande,
        "nature_operation": c.nature_operation.value,
        "client_id": c.client_id,
        "client": facture.client and ecrire_client(facture.client),
        "vendeur": ecrire_vendeur(e.vendeur) if e and e.vendeur else None,
        "mentions": list(e.mentions) if e else [],
        "date_emission": _jour(e.date_emission if e else None),
        "date_livraison": _jour(c.date_livraison),
        "date_echeance": _jour(e.date_echeance if e else None),
        "lignes": [ecrire_ligne(ligne) for ligne in c.lignes],
        "ventilation_tva": [_ecrire_ventilation(v) for v in t.ventilation],
        "total_ht_centimes": t.total_ht_centimes,
        "total_tva_centimes": t.total_tva_centimes,
        "total_ttc_centimes": t.total_ttc_centimes,
        "devise": c.devise,
        "empreinte": e and e.empreinte,
        "empreinte_precedente": e and e.empreinte_precedente,
        "reprise": facture.reprise,
        "cree_le": instant_ecrit(facture.cree_le),
        "emise_le": instant_ecrit(e.emise_le) if e else None,
    }
    if facture.origine is not None:
        document["facture_origine"] = {
            "id": facture.origine.facture_id,
            "numero": facture.origine.numero,
            "date_emission": facture.origine.date_emission.isoformat(),
        }
        document["motif"] = facture.motif
    return document


def empreinte_de(facture: Facture) -> str:
    """The hash of an issued document, its own hash field left out."""
    return calculer_empreinte(ecrire(facture))


def ecrire_ligne(ligne: Ligne) -> Document:
    return {
        "designation": ligne.designation,
        "quantite": decimal_ecrit(ligne.quantite),
        "unite": ligne.unite,
        "prix_unitaire_ht": decimal_ecrit(ligne.prix_unitaire_ht, 2),
        "remise_pourcent": decimal_ecrit(ligne.remise_pourcent),
        "taux_tva": decimal_ecrit(ligne.taux_tva, 1),
        "montant_ht_centimes": ligne.montant_ht_centimes,
    }


def ecrire_client(client: Client) -> Document:
    """The client as an invoice shows it (payment terms and archive flag are not part of the document)."""
    return {
        "type": client.type.value,
        "nom_affiche": client.nom_affiche,
        "siren": client.siren,
        "siret": client.siret,
        "tva_intracom": client.tva_intracom,
        "adresse": asdict(client.adresse) if client.adresse else None,
        "email": client.email,
        "telephone": client.telephone,
        "langue": client.langue,
    }


def ecrire_vendeur(vendeur: Vendeur) -> Document:
    """The seller as frozen in a document."""
    return asdict(vendeur)


def _ecrire_ventilation(v: Ventilation) -> Document:
    return {
        "taux_tva": decimal_ecrit(v.taux_tva, 1),
        "base_ht_centimes": v.base_ht_centimes,
        "tva_centimes": v.tva_centimes,
    }


def _jour(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None


def lire_contenu(d: Mapping[str, Any]) -> Contenu:
    """The content of a stored document."""
    return Contenu(
        client_id=d["client_id"],
        lignes=tuple(lire_ligne(x) for x in d["lignes"]),
        devise=d["devise"],
        nature_operation=NatureOperation(d["nature_operation"]),
        reference_externe=d["reference_externe"],
        numero_commande=d["numero_commande"],
        date_livraison=_lire_jour(d["date_livraison"]),
    )


def lire_ligne(d: Mapping[str, Any]) -> Ligne:
    return Ligne(
        designation=d["designation"],
        quantite=Decimal(d["quantite"]),
        prix_unitaire_ht=Decimal(d["prix_unitaire_ht"]),
        taux_tva=Decimal(d["taux_tva"]),
        remise_pourcent=Decimal(d["remise_pourcent"]),
        unite=d["unite"],
    )


def lire_totaux(d: Mapping[str, Any]) -> Totaux:
    groupes = tuple(
        Ventilation(Decimal(v["taux_tva"]), v["base_ht_centimes"], v["tva_centimes"])
        for v in d["ventilation_tva"]
    )
    return Totaux(d["total_ht_centimes"], d["total_tva_centimes"], d["total_ttc_centimes"], groupes)


def lire_emission(d: Mapping[str, Any], rang: int | None) -> Emission | None:
    """The issue data of a stored document, None for a draft; `rang` is kept beside the document."""
    if d["date_emission"] is None:
        return None
    return Emission(
        numero=d["numero"],
        date_emission=date.fromisoformat(d["date_emission"]),
        date_echeance=_lire_jour(d["date_echeance"]),
        emise_le=datetime.fromisoformat(d["emise_le"]),
        vendeur=lire_vendeur(d["vendeur"]) if d["vendeur"] else None,
        mentions=tuple(d["mentions"]),
        serie=d["serie"],
        rang=rang,
        empreinte=d["empreinte"],
        empreinte_precedente=d["empreinte_precedente"],
    )


def lire_origine(d: Mapping[str, Any]) -> Origine | None:
    origine = d.get("facture_origine")
    if origine is None:
        return None
    return Origine(origine["id"], origine["numero"], date.fromisoformat(origine["date_emission"]))


def lire_client(client_id: str, d: Mapping[str, Any]) -> Client:
    """A client from a stored snapshot, or from the whole resource that client-service serves."""
    conditions = d.get("conditions_paiement") or {}
    return Client(
        id=client_id,
        type=TypeClient(d["type"]),
        nom_affiche=d["nom_affiche"],
        siren=d.get("siren"),
        siret=d.get("siret"),
        tva_intracom=d.get("tva_intracom"),
        adresse=lire_adresse(d.get("adresse")),
        email=d.get("email"),
        telephone=d.get("telephone"),
        langue=d.get("langue") or "fr",
        conditions_paiement=ConditionsPaiement(
            conditions.get("delai_jours", 30), ModeEcheance(conditions.get("mode", "NET"))
        ),
        archive=bool(d.get("archive", False)),
    )


def lire_adresse(d: Mapping[str, Any] | None) -> Adresse | None:
    """An address in parts; None when there is none or when a compulsory part is empty."""
    if not d or not (d.get("ligne1") and d.get("ville")):
        return None
    return Adresse(d["ligne1"], d.get("code_postal"), d["ville"], d.get("ligne2"), d.get("pays") or "FR")


def lire_vendeur(d: Mapping[str, Any]) -> Vendeur:
    return Vendeur(**{**d, "adresse": lire_adresse(d["adresse"])})


def _lire_jour(texte: str | None) -> date | None:
    return date.fromisoformat(texte) if texte else None
