"""Gives a document its number inside the transaction that issues it: no gap, no double, dates in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from facture_service.application.ports import Ecriture, Magasin
from facture_service.domain.document import empreinte_de
from facture_service.domain.facture import Emission, Facture, TypeDocument
from facture_service.domain.series import ReglesSerie


def preparer(magasin: Magasin, type_document: TypeDocument, date_emission: date, regles: ReglesSerie) -> None:
    """To be called before the transaction that numbers a document of that date."""
    avoir = type_document is TypeDocument.AVOIR
    magasin.preparer_serie(regles.serie(avoir=avoir, date_emission=date_emission), regles.premier_rang)


def numeroter(tx: Ecriture, facture: Facture, emission: Emission, regles: ReglesSerie) -> Facture:
    """The issued document: next rank of its series, hash chained to the previous document of the series.

    The counter row is locked and updated in the caller's transaction, so a rollback gives the rank back.
    Raises DateAnterieureSerieError.
    """
    avoir = facture.type is TypeDocument.AVOIR
    nom = regles.serie(avoir=avoir, date_emission=emission.date_emission)
    avant = tx.serie(nom, regles.premier_rang)
    apres = avant.avancer(emission.date_emission)
    emission = replace(
        emission,
        numero=apres.numero(regles.chiffres),
        serie=nom,
        rang=apres.dernier_rang,
        empreinte_precedente=avant.derniere_empreinte,
    )
    facture = replace(facture, emission=emission)
    empreinte = empreinte_de(facture)
    tx.avancer_serie(replace(apres, derniere_empreinte=empreinte))
    return replace(facture, emission=replace(emission, empreinte=empreinte))
