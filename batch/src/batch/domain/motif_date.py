"""Strict reading of dates by an explicit pattern: no guessing between day first and month first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from batch.domain.erreurs import FichierRefuseError, LigneRefuseeError
from batch.domain.limites import DATE_HORS_LIMITES, hors_limites

_JETONS = {
    "AAAA": r"(?P<annee>\d{4})",
    "yyyy": r"(?P<annee>\d{4})",
    "JJ": r"(?P<jour>\d{2})",
    "dd": r"(?P<jour>\d{2})",
    "MM": r"(?P<mois>\d{2})",
    "J": r"(?P<jour>\d{1,2})",
    "d": r"(?P<jour>\d{1,2})",
    "M": r"(?P<mois>\d{1,2})",
    "HH": r"\d{2}",
    "mm": r"\d{2}",
    "ss": r"\d{2}",
}
_DECOUPE = re.compile("|".join(_JETONS) + r"|[^A-Za-z]")


@dataclass(frozen=True)
class MotifDate:
    """A pattern such as `JJ/MM/AAAA`, `M/J/AAAA`, `yyyy-MM-dd` or `yyyyMMdd`.

    Double letters need two digits, single ones take one or two. A time of day (`HH:mm:ss`) is read and left
    out. A pattern of digits only also takes numbers that a spreadsheet gave a `.0`.
    """

    texte: str
    expression: re.Pattern[str]

    @classmethod
    def lire(cls, texte: str) -> MotifDate:
        """Understand a pattern. FichierRefuseError names what is wrong with it."""
        morceaux = _DECOUPE.findall(texte)
        if "".join(morceaux) != texte:
            raise FichierRefuseError(
                "format-date", f"« {texte} » n'est pas un format de date.", "format_date"
            )
        source = "".join(_JETONS.get(m, re.escape(m)) for m in morceaux)
        try:
            expression = re.compile(source + (r"(?:\.0)?" if texte.isalpha() else ""), re.ASCII)
        except re.error as error:
            raise FichierRefuseError(
                "format-date", f"« {texte} » nomme deux fois la même partie d'une date.", "format_date"
            ) from error
        if set(expression.groupindex) != {"annee", "mois", "jour"}:
            raise FichierRefuseError(
                "format-date", f"« {texte} » doit nommer le jour, le mois et l'année.", "format_date"
            )
        return cls(texte, expression)

    def date(self, valeur: str, champ: str) -> date:
        """The day a value stands for. LigneRefuseeError `date-invalide`, `date-hors-limites`."""
        trouve = self.expression.fullmatch(valeur)
        if trouve is None:
            raise LigneRefuseeError("date-invalide", f"{champ} : « {valeur} » ne suit pas {self.texte}.")
        try:
            jour = date(int(trouve["annee"]), int(trouve["mois"]), int(trouve["jour"]))
        except ValueError as error:
            raise LigneRefuseeError(
                "date-invalide", f"{champ} : « {valeur} » n'existe pas au calendrier."
            ) from error
        refus = hors_limites(jour)
        if refus is not None:
            raise LigneRefuseeError(DATE_HORS_LIMITES, f"{champ} : {refus}")
        return jour


ISO = MotifDate.lire("AAAA-MM-JJ")
AMERICAIN = MotifDate.lire("M/J/AAAA")
