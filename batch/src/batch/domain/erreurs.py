"""Facts that stop a request; texts are French because a person of the trade reads them."""

from __future__ import annotations

from datetime import date


class BatchMetierError(Exception):
    """Base of the business errors of this member."""


class DateFutureError(BatchMetierError):
    """A reminder run cannot be made for a day to come; `champ` names the wrong date."""

    def __init__(self, demandee: date, aujourd_hui: date, champ: str = "date_reference") -> None:
        super().__init__(f"La date de référence {demandee} est postérieure à aujourd'hui ({aujourd_hui}).")
        self.champ = champ
        self.demandee = demandee


class DateLointaineError(BatchMetierError):
    """A simulation looks a year ahead at most: a later day is mistyped; `champ` names it."""

    def __init__(self, demandee: date, aujourd_hui: date, champ: str = "date_reference") -> None:
        super().__init__(f"La date {demandee} est à plus d'un an d'aujourd'hui ({aujourd_hui}).")
        self.champ = champ
        self.demandee = demandee


class DateHorsLimitesError(BatchMetierError):
    """A reference date of a year in which there is nothing to remind of: mistyped; `champ` names it."""

    def __init__(self, detail: str, champ: str = "date_reference") -> None:
        super().__init__(detail)
        self.champ = champ


class DateAnterieureError(BatchMetierError):
    """A reminder run cannot be made for a day before the last completed one."""

    def __init__(self, demandee: date, derniere: date) -> None:
        super().__init__(f"Un passage a déjà été terminé pour le {derniere} : {demandee} lui est antérieur.")
        self.demandee = demandee
        self.derniere = derniere


class RepriseEnCoursError(BatchMetierError):
    """A take-over is unfinished: balances may be wrong."""

    def __init__(self, execution_id: int, statut: str) -> None:
        super().__init__(
            f"La reprise {execution_id} n'est pas terminée ({statut}) : les soldes peuvent être incomplets."
        )
        self.execution_id = execution_id


class RelanceEnCoursError(BatchMetierError):
    """Another reminder run is going on."""

    def __init__(self, execution_id: int) -> None:
        super().__init__(f"Un autre passage des relances est en cours : exécution {execution_id}.")
        self.execution_id = execution_id


class DecalageDifferentError(BatchMetierError):
    """Earlier take-overs moved their dates by another number of days."""

    def __init__(self, demande_jours: int, connu_jours: int) -> None:
        super().__init__(
            f"Les reprises précédentes ont décalé les dates de {connu_jours} jours, celle-ci de {demande_jours}."
        )
        self.demande_jours = demande_jours
        self.connu_jours = connu_jours


class PolitiqueIntrouvableError(BatchMetierError):
    """No dunning policy has that name."""

    def __init__(self, nom: str) -> None:
        super().__init__(f"Aucune politique de relance ne s'appelle « {nom} ».")
        self.nom = nom


class RelanceIntrouvableError(BatchMetierError):
    """No reminder has that identifier."""

    def __init__(self, relance_id: str) -> None:
        super().__init__(f"Aucune relance n'a l'identifiant {relance_id}.")


class FactureIntrouvableError(BatchMetierError):
    """No invoice has that identifier."""

    def __init__(self, facture_id: str) -> None:
        super().__init__(f"Aucune facture n'a l'identifiant {facture_id}.")


class FactureJamaisRelanceeError(BatchMetierError):
    """There is no cycle to end: nothing was ever asked for this invoice."""

    def __init__(self, facture_id: str) -> None:
        super().__init__(f"La facture {facture_id} n'a aucune relance : son premier cycle n'a pas commencé.")
        self.facture_id = facture_id


class CycleEnCoursError(BatchMetierError):
    """A reminder of the present cycle is still on its way."""

    def __init__(self, facture_id: str, relance_id: str, etat: str) -> None:
        super().__init__(f"La relance {relance_id} de la facture {facture_id} est encore {etat}.")
        self.facture_id = facture_id


class FichierRefuseError(BatchMetierError):
    """A take-over file cannot be used at all; `code` says why."""

    def __init__(self, code: str, detail: str, champ: str = "fichier") -> None:
        super().__init__(detail)
        self.code = code
        self.champ = champ


class LigneRefuseeError(BatchMetierError):
    """One row of a take-over file is bad."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
