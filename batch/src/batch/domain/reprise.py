"""Reading the rows of a take-over file: strict, row by row, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from batch.domain.erreurs import FichierRefuseError, LigneRefuseeError
from batch.domain.motif_date import AMERICAIN, ISO, MotifDate

OBLIGATOIRES = ("reference", "client_reference", "date_emission", "date_echeance", "montant")
FACULTATIFS = ("client_nom", "client_courriel", "devise", "date_reglement", "litige")
CHAMPS = (*OBLIGATOIRES, *FACULTATIFS)

COLONNES_2013: Mapping[str, str] = {
    "reference": "invoiceNumber",
    "client_reference": "customerID",
    "date_emission": "InvoiceDate",
    "date_echeance": "DueDate",
    "montant": "InvoiceAmount",
    "date_reglement": "SettledDate",
    "litige": "Disputed",
}
"""`receivables-2013.csv`, understood as it is; its dates are American."""

_TOLERANCE = Decimal("0.0001")
_CENTIME = Decimal("0.01")
_VRAI = frozenset({"yes", "y", "true", "1", "oui", "o", "vrai"})
_FAUX = frozenset({"no", "n", "false", "0", "non", "faux", ""})
_DEUX_DECIMALES = (
    "EUR,USD,GBP,CHF,CAD,AUD,NZD,SEK,NOK,DKK,PLN,CZK,HUF,RON,BGN,TRY,MAD,ZAR,BRL,MXN,CNY,HKD,SGD,INR,ILS,THB"
)
_DEVISES = frozenset(_DEUX_DECIMALES.split(","))


@dataclass(frozen=True)
class FormatReprise:
    """How a file is written: which column holds which field, and how values are spelled."""

    correspondance: Mapping[str, str]
    dates: Mapping[str, MotifDate] = field(default_factory=dict)
    date_par_defaut: MotifDate = ISO
    separateur_decimal: str = "."
    devise: str = "EUR"

    @classmethod
    def pour_les_colonnes(cls, colonnes: list[str], separateur_decimal: str, devise: str) -> FormatReprise:
        """The format of a file given without correspondence: ours or that of 2013. FichierRefuseError."""
        if set(COLONNES_2013.values()) <= set(colonnes):
            return cls(COLONNES_2013, {}, AMERICAIN, separateur_decimal, devise)
        return cls(
            {champ: champ for champ in CHAMPS if champ in colonnes}, {}, ISO, separateur_decimal, devise
        )

    def verifier_entete(self, colonnes: list[str]) -> None:
        """FichierRefuseError when a needed column is missing or doubled; the file's header is shown."""
        doubles = sorted({c for c in colonnes if colonnes.count(c) > 1})
        if doubles:
            raise FichierRefuseError("entete-invalide", f"Colonnes en double : {', '.join(doubles)}.")
        sans_colonne = [champ for champ in OBLIGATOIRES if champ not in self.correspondance]
        absentes = sorted({c for c in self.correspondance.values() if c not in colonnes})
        if sans_colonne or absentes:
            manque = ", ".join(absentes or sans_colonne)
            raise FichierRefuseError(
                "entete-invalide",
                f"L'en-tête ne contient pas {manque} ; il contient : {', '.join(colonnes)}.",
            )

    def motif(self, champ: str) -> MotifDate:
        """How a date field is written."""
        return self.dates.get(champ, self.date_par_defaut)


@dataclass(frozen=True)
class LigneReprise:
    """One invoice of another system; `ligne` is its line number in the file, the header being line 1."""

    ligne: int
    reference: str
    client_reference: str
    client_nom: str | None
    client_courriel: str | None
    date_emission: date
    date_echeance: date
    montant_centimes: int
    devise: str
    date_reglement: date | None
    en_litige: bool

    def decalee(self, jours: int) -> LigneReprise:
        """The same with every date moved by a number of days."""
        pas = timedelta(days=jours)
        reglement = None if self.date_reglement is None else self.date_reglement + pas
        return LigneReprise(
            self.ligne,
            self.reference,
            self.client_reference,
            self.client_nom,
            self.client_courriel,
            self.date_emission + pas,
            self.date_echeance + pas,
            self.montant_centimes,
            self.devise,
            reglement,
            self.en_litige,
        )

    def emise_au(self, arrete: date) -> bool:
        """Issued by the cut."""
        return self.date_emission <= arrete

    def reglee_au(self, arrete: date) -> bool:
        """Paid by the cut."""
        return self.date_reglement is not None and self.date_reglement <= arrete


def lire_ligne(numero: int, colonnes: Mapping[str, str], fmt: FormatReprise) -> LigneReprise:
    """Understand one row. LigneRefuseeError says which field is wrong and why."""

    def valeur(champ: str) -> str:
        colonne = fmt.correspondance.get(champ)
        return "" if colonne is None else colonnes[colonne].strip()

    def jour(champ: str) -> date:
        return fmt.motif(champ).date(valeur(champ), champ)

    emission, echeance = jour("date_emission"), jour("date_echeance")
    if echeance < emission:
        raise LigneRefuseeError(
            "echeance-avant-emission", f"L'échéance {echeance} précède l'émission {emission}."
        )
    return LigneReprise(
        ligne=numero,
        reference=identifiant(valeur("reference"), "reference"),
        client_reference=identifiant(valeur("client_reference"), "client_reference"),
        client_nom=texte(valeur("client_nom"), "client_nom", 200),
        client_courriel=texte(valeur("client_courriel"), "client_courriel", 254),
        date_emission=emission,
        date_echeance=echeance,
        montant_centimes=montant(valeur("montant"), fmt.separateur_decimal),
        devise=code_devise(valeur("devise") or fmt.devise),
        date_reglement=jour("date_reglement") if valeur("date_reglement") else None,
        en_litige=oui_ou_non(valeur("litige")),
    )


def identifiant(valeur: str, champ: str) -> str:
    """An identifier kept as text, leading zeros included; the `.0` a spreadsheet added is taken off."""
    nu = valeur[:-2] if re.fullmatch(r"\d+\.0", valeur, re.ASCII) else valeur
    if not nu:
        raise LigneRefuseeError("identifiant-vide", f"{champ} est vide.")
    if len(nu) > 120 or not nu.isprintable():
        raise LigneRefuseeError("identifiant-invalide", f"{champ} : « {nu[:40]} » n'est pas un identifiant.")
    return nu


def texte(valeur: str, champ: str, longueur_max: int) -> str | None:
    """A printable text, or None when there is none."""
    if len(valeur) > longueur_max or not valeur.isprintable():
        raise LigneRefuseeError("texte-invalide", f"{champ} : « {valeur[:40]} » n'est pas un texte admis.")
    return valeur or None


def montant(valeur: str, separateur_decimal: str) -> int:
    """Cents. Within 0.0001 of a cent it is rounded to it (the trace of a binary number); else rejected."""
    forme = rf"-?\d{{1,15}}(?:{re.escape(separateur_decimal)}\d+)?"
    if not re.fullmatch(forme, valeur, re.ASCII):
        raise LigneRefuseeError("montant-invalide", f"montant : « {valeur} » n'est pas un montant.")
    exact = Decimal(valeur.replace(separateur_decimal, "."))
    if exact < 0:
        raise LigneRefuseeError("montant-negatif", f"montant : « {valeur} » est négatif.")
    arrondi = exact.quantize(_CENTIME, ROUND_HALF_EVEN)
    if abs(exact - arrondi) > _TOLERANCE:
        raise LigneRefuseeError(
            "montant-non-centime", f"montant : « {valeur} » n'est pas un nombre de centimes."
        )
    return int(arrondi * 100)


def code_devise(valeur: str) -> str:
    """An ISO 4217 code with two decimals."""
    if valeur not in _DEVISES:
        raise LigneRefuseeError(
            "devise-inconnue", f"devise : « {valeur} » n'est pas une devise à deux décimales."
        )
    return valeur


def oui_ou_non(valeur: str) -> bool:
    """Yes or no, in English or French."""
    texte = valeur.lower()
    if texte in _VRAI:
        return True
    if texte in _FAUX:
        return False
    raise LigneRefuseeError("litige-invalide", f"litige : « {valeur} » n'est ni oui ni non.")
