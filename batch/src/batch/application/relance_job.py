"""relanceJob: decide and ask for the reminders of a day, in chunks of clients.

Claims, reminders and outgoing messages of a chunk are one transaction with the chunk's progress, so a crash
anywhere loses nothing and asks for nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from batch.application.agenda import Agenda
from batch.application.avancement import ATTENDUS
from batch.application.dossiers import PAR_LOT, Avoirs, constituer, factures_par_client
from batch.application.exclusions import des_parametres, motifs_de
from batch.application.interruption import ARRET, HORAIRE, NoterFermeture
from batch.application.message_relance import message_json
from batch.application.ports import (
    Clock,
    Encours,
    FactureEcartee,
    Identifiants,
    MagasinEcartees,
    MagasinRelances,
    Publication,
    ReclamationPriseError,
    Relance,
)
from batch.domain.dossier import Dossier, EtatRelance, FactureEnRetard
from batch.domain.echelle import Decision, Ecartee, RelanceDecidee, decider, exclure
from batch.domain.interets import TableDesTaux
from batch.domain.politique import Envoi, Politiques
from ressort.batch import (
    Chunk,
    ChunkStep,
    ExecutionContext,
    Job,
    JobExecution,
    Step,
    StepScope,
    StopRequestedError,
    TaskletStep,
)

NOM = "relanceJob"
PAR_LE_CRON = "cron"


@dataclass(frozen=True)
class Moyens:
    """What the job works with."""

    encours: Encours
    magasin: MagasinRelances
    ecartees: MagasinEcartees
    publication: Publication
    taux: TableDesTaux
    agenda: Agenda
    clock: Clock
    identifiants: Identifiants


def relance_job(moyens: Moyens, en_fermeture: Callable[[], bool]) -> Job:
    """The job; its steps are made anew for every execution."""

    def etapes(execution: JobExecution) -> list[Step]:
        execution.context.pop(ARRET, None)
        run = _Passage(moyens, execution)
        lecture = LecteurDossiers(moyens.encours, run.au, run.verifier_horaire, run.noter_ecartees)
        return [
            TaskletStep("preparation", run.preparer),
            ChunkStep(
                "relances",
                lecture,
                run.decider,
                run.ecrire,
                chunk_size=PAR_LOT,
                describe=lambda dossier: dossier.client_id,
                retryable=(ReclamationPriseError,),
            ),
        ]

    return Job(NOM, etapes, listeners=(NoterFermeture(en_fermeture),))


class LecteurDossiers:
    """Clients with late invoices in the order of their ids; the place kept is the last id."""

    def __init__(
        self,
        encours: Encours,
        au: date,
        avant_chaque_lot: Callable[[], None],
        apres_chaque_lot: Callable[[], None],
    ) -> None:
        self._encours = encours
        self._au = au
        self._avant_chaque_lot = avant_chaque_lot
        self._apres_chaque_lot = apres_chaque_lot
        self._groupes: list[tuple[str, list[FactureEnRetard]]] = []
        self._avoirs: Avoirs = {}
        self._lot: list[Dossier] = []
        self._dernier = ""

    def open(self, context: ExecutionContext) -> None:
        """Read every late invoice and credit note at the date; clients already done are left out."""
        self._dernier = context.get("dernier_client", "")
        self._avant_chaque_lot()
        groupes = factures_par_client(self._encours, self._au)
        self._groupes = [groupe for groupe in groupes if groupe[0] > self._dernier]
        self._avoirs = self._encours.avoirs_a_affecter(self._au)
        context[ATTENDUS] = len(self._groupes)

    def read(self) -> Dossier | None:
        """One client, fetched with the rest of its chunk."""
        if not self._lot:
            self._avant_chaque_lot()
            lot, self._groupes = self._groupes[:PAR_LOT], self._groupes[PAR_LOT:]
            if not lot:
                return None
            self._lot = constituer(self._encours, lot, self._avoirs, self._au)
        dossier = self._lot.pop(0)
        self._dernier = dossier.client_id
        return dossier

    def update(self, context: ExecutionContext) -> None:
        """Inside the chunk's transaction: keep its last client, and what is known of all its clients."""
        context["dernier_client"] = self._dernier
        self._apres_chaque_lot()

    def close(self) -> None:
        """Nothing is held."""


class _Passage:
    """One execution of the job."""

    def __init__(self, moyens: Moyens, execution: JobExecution) -> None:
        self._m = moyens
        self._execution = execution
        au = execution.parameters.value("date_reference")
        if not isinstance(au, date):
            raise TypeError("relanceJob needs date_reference, a date")
        self.au = au
        self._par_le_cron = execution.parameters.value("declenchement") == PAR_LE_CRON
        self._exclus = frozenset(des_parametres(execution.parameters))
        self._politiques: Politiques | None = None
        self._ecartees: dict[str, list[FactureEcartee]] = {}

    def preparer(self, scope: StepScope) -> None:
        """Freeze, at the first launch, the versions of the policies and what today was."""
        aujourd_hui = self._m.agenda.aujourd_hui()
        politiques = {d.politique.nom: d.politique for d in self._m.magasin.politiques()}
        scope.job.context["politiques"] = Politiques(politiques).versions
        scope.job.context["aujourd_hui"] = aujourd_hui.isoformat()
        scope.job.context["rejeu"] = self.au != aujourd_hui

    def verifier_horaire(self) -> None:
        """Fired by cron, nothing more is asked for outside the hours: the run stops and is taken up again."""
        if self._par_le_cron and not self._m.agenda.ouvert():
            self._execution.context[ARRET] = HORAIRE
            raise StopRequestedError

    def decider(self, dossier: Dossier) -> Decision | None:
        """Reminders of one client; None when there are none, or when the client is left out of this run."""
        decision = self._decision(dossier)
        portees = {ligne.facture.facture_id for relance in decision.relances for ligne in relance.lignes}
        self._ecartees[dossier.client_id] = [
            self._ecartee(dossier, une) for une in decision.ecartees if une.facture.facture_id not in portees
        ]
        return decision if decision.relances else None

    def noter_ecartees(self) -> None:
        """Inside the chunk's transaction: what its clients were not reminded of, and why."""
        self._m.ecartees.noter(
            self._execution.instance.id, [une for toutes in self._ecartees.values() for une in toutes]
        )
        self._ecartees = {}

    def _decision(self, dossier: Dossier) -> Decision:
        if dossier.client_id in self._exclus:
            return exclure(dossier, motifs_de(self._execution.context).get(dossier.client_id))
        if self._politiques is None:
            versions = self._execution.context["politiques"]
            self._politiques = self._m.magasin.politiques_aux_versions(versions)
        factures = [facture.facture_id for facture in dossier.factures]
        historique = self._m.magasin.historique([dossier.client_id], factures)
        return decider(dossier, historique, self.au, self._politiques, self._m.taux)

    def _ecartee(self, dossier: Dossier, ecartee: Ecartee) -> FactureEcartee:
        facture = ecartee.facture
        return FactureEcartee(
            facture_id=facture.facture_id,
            numero=facture.numero,
            client_id=dossier.client_id,
            nom=dossier.client.nom if dossier.client else None,
            devise=facture.devise,
            date_echeance=facture.date_echeance,
            jours_retard=facture.jours_retard(self.au),
            reste_centimes=facture.reste_centimes,
            motif=ecartee.motif,
            detail=ecartee.detail,
        )

    def ecrire(self, chunk: Chunk[Decision]) -> None:
        """Inside the chunk's transaction."""
        for decision in chunk.values():
            for decidee in decision.relances:
                self._demander(decidee)

    def _demander(self, decidee: RelanceDecidee) -> None:
        relance_id = self._m.identifiants()
        contenu = message_json(relance_id, decidee, self.au.isoformat())
        manuel = decidee.envoi is Envoi.MANUEL
        self._m.magasin.enregistrer(
            Relance(
                id=relance_id,
                client_id=decidee.client.client_id,
                nom=decidee.client.nom,
                niveau=decidee.niveau,
                devise=decidee.devise,
                date_reference=self.au,
                politique=decidee.politique,
                version_politique=decidee.version_politique,
                envoi=decidee.envoi.value,
                etat=EtatRelance.A_TRAITER if manuel else EtatRelance.DEMANDEE,
                rejeu=bool(self._execution.context["rejeu"]),
                execution_id=self._execution.id,
                credits_centimes=decidee.credits_centimes,
                total_du_centimes=decidee.total_du_centimes,
                factures=contenu["factures"],
                creee_le=self._m.clock.now(),
                destinataire=contenu["destinataire"],
            )
        )
        self._m.publication.relance_demandee(relance_id, contenu, self._par_le_cron)
