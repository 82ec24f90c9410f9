"""The parameters of a take-over: checked all at once, the file's header included, before anything is written."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from batch.application.agenda import Agenda
from batch.application.lancer_jobs import (
    AnomalieParametre,
    ParametreJob,
    ParametresInvalidesError,
    inconnus,
    lire_date,
)
from batch.application.ports import LectureCsv, MagasinReprises, Reprise
from batch.domain.erreurs import DecalageDifferentError, FichierRefuseError, LigneRefuseeError
from batch.domain.interets import TypeClient
from batch.domain.motif_date import MotifDate
from batch.domain.reprise import CHAMPS, FormatReprise, code_devise
from ressort.batch import JobExecution, JobParameter, JobParameters

PARAMETRES = (
    ParametreJob("fichier", "texte", True, None, "Chemin du fichier CSV, ou nom d'un fichier déposé."),
    ParametreJob(
        "arrete_au", "date", False, "aujourd'hui", "Factures émises et règlements reçus jusqu'à ce jour."
    ),
    ParametreJob("type_client", "texte", True, None, "ENTREPRISE, PARTICULIER ou PUBLIC."),
    ParametreJob(
        "courriel", "texte", False, None, "Modèle d'adresse, par exemple {reference}@clients.example."
    ),
    ParametreJob(
        "decalage", "texte", False, "aucun", "aucun, ou aujourd_hui : arrete_au devient aujourd'hui."
    ),
    ParametreJob(
        "correspondance", "objet", False, None, f"De nos champs ({', '.join(CHAMPS)}) à leurs colonnes."
    ),
    ParametreJob("format_date", "texte ou objet", False, "AAAA-MM-JJ", "JJ/MM/AAAA, M/J/AAAA, yyyyMMdd…"),
    ParametreJob("separateur_decimal", "texte", False, ".", "Point ou virgule."),
    ParametreJob("separateur", "texte", False, ",", "Séparateur des colonnes."),
    ParametreJob("encodage", "texte", False, "utf-8", "Encodage du fichier."),
    ParametreJob("devise", "texte", False, "EUR", "Devise des montants quand le fichier ne la donne pas."),
)
_DATES = ("date_emission", "date_echeance", "date_reglement")


class PreparerReprise:
    """Fits `PreparationReprise`; `trouver` gives the path a caller's `fichier` stands for."""

    def __init__(
        self,
        csv: LectureCsv,
        magasin: MagasinReprises,
        agenda: Agenda,
        trouver: Callable[[str], Path],
    ) -> None:
        self._csv = csv
        self._magasin = magasin
        self._agenda = agenda
        self._trouver = trouver

    def __call__(self, parametres: Mapping[str, Any]) -> JobParameters:
        """Identity: the file's SHA-256 and every other parameter. ParametresInvalidesError, FichierRefuseError."""
        lus = {nom: valeur for nom, valeur in parametres.items() if valeur is not None}
        anomalies = inconnus(lus, PARAMETRES)
        arrete_au = lire_date(lus, "arrete_au", anomalies) or self._agenda.aujourd_hui()
        anomalies += [*_anomalies_simples(lus), *self._anomalies_de_date(arrete_au)]
        if anomalies:
            raise ParametresInvalidesError(anomalies)
        chemin = self._trouver(lus["fichier"])
        textes = _textes(lus)
        self._format(chemin, textes)
        return JobParameters(
            {
                "fichier": JobParameter(str(chemin), identifying=False),
                "sha256": self._csv.empreinte(chemin),
                "arrete_au": arrete_au,
                **textes,
            }
        )

    def _anomalies_de_date(self, arrete_au: date) -> list[AnomalieParametre]:
        if arrete_au <= self._agenda.aujourd_hui():
            return []
        return [
            AnomalieParametre(
                "arrete_au", "date-future", "L'arrêté ne peut pas être postérieur à aujourd'hui."
            )
        ]

    def _format(self, chemin: Path, textes: Mapping[str, str]) -> FormatReprise:
        entete = self._csv.entete(chemin, textes["encodage"], textes["separateur"])
        fmt = format_de(textes, entete)
        fmt.verifier_entete(entete)
        return fmt

    def verifier_decalage(self, parametres: JobParameters) -> None:
        """Every take-over of one book moves its dates by the same number of days. DecalageDifferentError."""
        connus = self._magasin.decalages()
        if parametres.key() in connus:
            return
        jours = self._jours(parametres)
        for connu in connus.values():
            if connu != jours:
                raise DecalageDifferentError(jours, connu)

    def noter(self, execution: JobExecution) -> None:
        """Freeze the shift at the first launch of an instance."""
        cle = execution.instance.job_key
        if cle not in self._magasin.decalages():
            self._magasin.noter_decalage(cle, execution.instance.id, self._jours(execution.parameters))

    def relire(self, execution: JobExecution) -> Reprise:
        """The take-over of an execution, as frozen."""
        p = execution.parameters
        textes = {nom: str(p.value(nom) or "") for nom in _NOMS_TEXTE}
        chemin, arrete_au = Path(str(p.value("fichier"))), p.value("arrete_au")
        if not isinstance(arrete_au, date):
            raise TypeError("repriseJob needs arrete_au, a date")
        decalage = self._magasin.decalages()[execution.instance.job_key]
        return Reprise(
            instance_id=execution.instance.id,
            chemin=chemin,
            sha256=str(p.value("sha256")),
            arrete_au=arrete_au,
            decalage_jours=decalage,
            type_client=textes["type_client"],
            courriel=textes["courriel"] or None,
            format=self._format(chemin, textes),
            encodage=textes["encodage"],
            separateur=textes["separateur"],
        )

    def _jours(self, parametres: JobParameters) -> int:
        arrete_au = parametres.value("arrete_au")
        if parametres.value("decalage") != "aujourd_hui" or not isinstance(arrete_au, date):
            return 0
        return (self._agenda.aujourd_hui() - arrete_au).days


_DEFAUTS = {
    "decalage": "aucun",
    "separateur_decimal": ".",
    "separateur": ",",
    "encodage": "utf-8",
    "devise": "EUR",
}
_NOMS_TEXTE = ("type_client", "courriel", "correspondance", "format_date", *_DEFAUTS)


def _textes(lus: Mapping[str, Any]) -> dict[str, str]:
    """Identifying parameters as text; objects as JSON in one order."""
    textes = dict(_DEFAUTS)
    for nom in _NOMS_TEXTE:
        if nom in lus:
            valeur = lus[nom]
            textes[nom] = valeur if isinstance(valeur, str) else json.dumps(valeur, sort_keys=True)
    return textes


def format_de(textes: Mapping[str, str], entete: list[str]) -> FormatReprise:
    """How the file is written, from the parameters and, without a correspondence, from its header."""
    decimal, devise = textes["separateur_decimal"], textes["devise"]
    correspondance = textes.get("correspondance")
    if correspondance:
        fmt = FormatReprise(json.loads(correspondance), separateur_decimal=decimal, devise=devise)
    else:
        fmt = FormatReprise.pour_les_colonnes(entete, decimal, devise)
    motif = textes.get("format_date")
    if not motif:
        return fmt
    if not motif.startswith("{"):
        return replace(fmt, date_par_defaut=MotifDate.lire(motif))
    motifs = {champ: MotifDate.lire(texte) for champ, texte in json.loads(motif).items()}
    return replace(fmt, dates=motifs)


def _anomalies_simples(lus: Mapping[str, Any]) -> list[AnomalieParametre]:
    """Everything that can be judged without the file."""
    trouvees = [
        AnomalieParametre(nom, "obligatoire", "Ce paramètre est obligatoire.")
        for nom in ("fichier", "type_client")
        if nom not in lus
    ]
    trouvees += [
        AnomalieParametre(nom, "texte", "Un texte est attendu.")
        for nom in ("fichier", "type_client", "courriel", *_DEFAUTS)
        if nom in lus and not isinstance(lus[nom], str)
    ]
    if trouvees:
        return trouvees
    for nom, (valide, detail) in _REGLES.items():
        if nom in lus and not valide(lus[nom]):
            trouvees.append(AnomalieParametre(nom, "valeur-invalide", detail))
    return trouvees


def _encodage_connu(nom: str) -> bool:
    try:
        return codecs.lookup(nom)._is_text_encoding
    except LookupError:
        return False


def _devise_connue(code: str) -> bool:
    try:
        return bool(code_devise(code))
    except LigneRefuseeError:
        return False


def _correspondance_valide(valeur: Any) -> bool:
    return (
        isinstance(valeur, Mapping)
        and bool(valeur)
        and all(champ in CHAMPS and isinstance(colonne, str) and colonne for champ, colonne in valeur.items())
    )


def _format_date_valide(valeur: Any) -> bool:
    motifs = valeur if isinstance(valeur, Mapping) else {"date_emission": valeur}
    if not motifs or any(champ not in _DATES for champ in motifs):
        return False
    try:
        return all(isinstance(texte, str) and MotifDate.lire(texte) for texte in motifs.values())
    except FichierRefuseError:
        return False


_REGLES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "type_client": (lambda v: v in list(TypeClient), "ENTREPRISE, PARTICULIER ou PUBLIC est attendu."),
    "courriel": (
        lambda v: bool(re.fullmatch(r"[^@\s]*\{reference\}[^@\s]*@[^@\s{}]+", v)),
        "Un modèle d'adresse contenant {reference} est attendu.",
    ),
    "decalage": (lambda v: v in ("aucun", "aujourd_hui"), "aucun ou aujourd_hui est attendu."),
    "separateur_decimal": (lambda v: v in (".", ","), "Un point ou une virgule est attendu."),
    "separateur": (lambda v: len(v) == 1 and v not in '"\r\n', "Un seul caractère est attendu."),
    "encodage": (_encodage_connu, "Cet encodage n'existe pas."),
    "devise": (_devise_connue, "Un code ISO 4217 à deux décimales est attendu."),
    "correspondance": (
        _correspondance_valide,
        f"Un objet de nos champs ({', '.join(CHAMPS)}) vers des noms de colonne est attendu.",
    ),
    "format_date": (
        _format_date_valide,
        "Un format tel que JJ/MM/AAAA est attendu, ou un objet d'un format par date ("
        + ", ".join(_DATES)
        + ").",
    ),
}
