"""repriseJob: take receivables over from a file, through the services' own bulk routes.

Rows are read into a table of our own first; every later step walks that table, sends what is not there yet and
keeps the answer. All routes used are idempotent by the file's own references, so a step that crashed may send
its last chunk again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from batch.application import fiches_reprise as fiches
from batch.application.avancement import ATTENDUS
from batch.application.controle_reprise import ControleReprise
from batch.application.interruption import ARRET, NoterFermeture
from batch.application.ports import (
    ClientStage,
    Clock,
    Destinations,
    LectureCsv,
    LigneBrute,
    LigneStage,
    MagasinReprises,
    Repris,
    Reprise,
)
from batch.domain.erreurs import FichierRefuseError, LigneRefuseeError
from batch.domain.reprise import LigneReprise, lire_ligne
from ressort.batch import (
    Chunk,
    ChunkStep,
    ExecutionContext,
    Job,
    JobExecution,
    RejectedItemError,
    Step,
    StepScope,
    TaskletStep,
)

NOM = "repriseJob"
PAR_LOT = 500
_REESSAIS = 10
T = TypeVar("T")
EnvoiClient = tuple[ClientStage, dict[str, Any]]
EnvoiLigne = tuple[LigneStage, dict[str, Any]]


@dataclass(frozen=True)
class MoyensReprise:
    """What the job works with."""

    destinations: Destinations
    magasin: MagasinReprises
    csv: LectureCsv
    clock: Clock
    indisponible: tuple[type[Exception], ...] = ()
    """What a service that is out raises: its chunk is sent again, for about a minute."""

    attente_s: float = 30.0
    pause: Callable[[float], None] | None = None


def reprise_job(
    moyens: MoyensReprise, relire: Callable[[JobExecution], Reprise], en_fermeture: Callable[[], bool]
) -> Job:
    """The job; `relire` gives the take-over as frozen at its first launch."""

    def etapes(execution: JobExecution) -> list[Step]:
        execution.context.pop(ARRET, None)
        run = _Prise(moyens, relire(execution))
        return [
            TaskletStep("preparation", run.preparer),
            run.etape_lecture(),
            run.etape_clients(),
            run.etape_factures(),
            run.etape_paiements(),
            TaskletStep("controle", run.controler, allow_start_if_complete=True),
        ]

    return Job(NOM, etapes, listeners=(NoterFermeture(en_fermeture),))


def _pause_s(reessai: int) -> float:
    """1, 2, 4, then 8 seconds."""
    return float(min(8, 2 ** (reessai - 1)))


class LecteurLignes:
    """Rows of the file; the place kept is how many were read."""

    def __init__(self, ouvrir: Callable[[], Iterator[LigneBrute]]) -> None:
        self._ouvrir = ouvrir
        self._lignes: Iterator[LigneBrute] = iter(())
        self._lues = 0

    def open(self, context: ExecutionContext) -> None:
        """Skip what an earlier attempt has kept."""
        self._lignes = self._ouvrir()
        self._lues = 0
        for _ in range(context.get("lignes_lues", 0)):
            self.read()

    def read(self) -> LigneBrute | None:
        """The next row, good or bad."""
        ligne = next(self._lignes, None)
        self._lues += ligne is not None
        return ligne

    def update(self, context: ExecutionContext) -> None:
        """Keep the number of rows read."""
        context["lignes_lues"] = self._lues

    def close(self) -> None:
        """Let go of the file."""
        self._lignes = iter(())


class LecteurStage(Generic[T]):
    """Rows of a staging table by ascending line; the place kept is the last line."""

    def __init__(
        self,
        page: Callable[[int, int], list[T]],
        ligne: Callable[[T], int],
        compter: Callable[[int], int],
    ) -> None:
        self._page = page
        self._ligne = ligne
        self._compter = compter
        self._lot: list[T] = []
        self._derniere = 0

    def open(self, context: ExecutionContext) -> None:
        """Go behind the last line done, and say how many are left."""
        self._derniere = context.get("derniere_ligne", 0)
        context[ATTENDUS] = self._compter(self._derniere)

    def read(self) -> T | None:
        """The next row."""
        if not self._lot:
            self._lot = self._page(self._derniere, PAR_LOT)[::-1]
        if not self._lot:
            return None
        element = self._lot.pop()
        self._derniere = self._ligne(element)
        return element

    def update(self, context: ExecutionContext) -> None:
        """Keep the last line."""
        context["derniere_ligne"] = self._derniere

    def close(self) -> None:
        """Nothing is held."""


class _Prise:
    """One execution of the job."""

    def __init__(self, moyens: MoyensReprise, reprise: Reprise) -> None:
        self._m = moyens
        self._r = reprise

    def preparer(self, scope: StepScope) -> None:
        """The file must be the one whose fingerprint names this instance."""
        if self._m.csv.empreinte(self._r.chemin) != self._r.sha256:
            raise FichierRefuseError("fichier-modifie", f"{self._r.chemin} a changé depuis le lancement.")

    def etape_lecture(self) -> Step:
        """Rows into the staging table; bad ones to the reject list with their line number."""
        r = self._r
        return ChunkStep[LigneBrute, LigneReprise](
            "lecture",
            LecteurLignes(lambda: self._m.csv.lignes(r.chemin, r.encodage, r.separateur)),
            self._comprendre,
            self._deposer,
            chunk_size=PAR_LOT,
            position=lambda brute: brute.numero,
            describe=lambda brute: brute.texte,
            skip_limit=None,
        )

    def etape_clients(self) -> Step:
        """The clients named in the file."""
        r = self._r
        return ChunkStep[ClientStage, EnvoiClient](
            "clients",
            LecteurStage[ClientStage](
                lambda apres, n: self._m.magasin.clients(r.instance_id, apres, n),
                lambda c: c.ligne,
                lambda apres: self._m.magasin.compter_clients(r.instance_id, apres),
            ),
            lambda client: (client, fiches.client_json(client, r)),
            self._envoyer_clients,
            chunk_size=PAR_LOT,
            remote_write=True,
            position=lambda client: client.ligne,
            describe=lambda client: client.reference,
            skip_limit=None,
            retryable=self._m.indisponible,
            max_retries=_REESSAIS,
            pause_s=_pause_s,
        )

    def etape_factures(self) -> Step:
        """Invoices issued by the cut, with their dispute when they are still open then."""
        return self._etape_sur_les_lignes("factures", self._facture, self._envoyer_factures)

    def etape_paiements(self) -> Step:
        """Payments received by the cut."""
        return self._etape_sur_les_lignes("paiements", self._paiement, self._envoyer_paiements)

    def controler(self, scope: StepScope) -> None:
        """Nothing pending, and the services hold what the file says."""
        ControleReprise(
            self._m.destinations, self._m.magasin, self._m.clock, self._m.attente_s, self._m.pause
        )(self._r, scope)

    def _etape_sur_les_lignes(
        self,
        nom: str,
        preparer: Callable[[LigneStage], EnvoiLigne | None],
        envoyer: Callable[[Chunk[EnvoiLigne]], None],
    ) -> Step:
        r = self._r
        return ChunkStep[LigneStage, EnvoiLigne](
            nom,
            LecteurStage[LigneStage](
                lambda apres, n: self._m.magasin.lignes(r.instance_id, apres, n),
                lambda s: s.lue.ligne,
                lambda apres: self._m.magasin.compter_lignes(r.instance_id, apres),
            ),
            preparer,
            envoyer,
            chunk_size=PAR_LOT,
            remote_write=True,
            position=lambda stage: stage.lue.ligne,
            describe=lambda stage: fiches.texte(stage.lue),
            skip_limit=None,
            retryable=self._m.indisponible,
            max_retries=_REESSAIS,
            pause_s=_pause_s,
        )

    # reading ------------------------------------------------------------------------------------

    def _comprendre(self, brute: LigneBrute) -> LigneReprise:
        try:
            if brute.refus is not None:
                raise LigneRefuseeError(*brute.refus)
            return lire_ligne(brute.numero, brute.colonnes, self._r.format)
        except LigneRefuseeError as refus:
            raise RejectedItemError(refus.code, refus.detail, brute.numero, brute.texte) from refus

    def _deposer(self, chunk: Chunk[LigneReprise]) -> None:
        doubles = set(self._m.magasin.deposer(self._r.instance_id, chunk.values()))
        for item in chunk.items:
            if item.position in doubles:
                detail = f"La facture {item.value.reference} figure déjà plus haut dans le fichier."
                chunk.reject(item, "reference-en-double", detail)

    # sending ------------------------------------------------------------------------------------

    def _envoyer_clients(self, chunk: Chunk[EnvoiClient]) -> None:
        repris = self._m.destinations.reprendre_clients([fiche for _, fiche in chunk.values()])
        pris = self._trier(chunk, repris)
        self._m.magasin.noter_clients(self._r.instance_id, {item.value[0].reference: id for item, id in pris})

    def _facture(self, stage: LigneStage) -> EnvoiLigne | None:
        if not stage.lue.emise_au(self._r.arrete_au):
            return None
        if stage.client_id is None:
            detail = f"Le client {stage.lue.client_reference} a été refusé."
            raise RejectedItemError("client-refuse", detail, stage.lue.ligne)
        return stage, fiches.facture_json(stage, self._r)

    def _envoyer_factures(self, chunk: Chunk[EnvoiLigne]) -> None:
        if chunk.items:
            repris = self._m.destinations.reprendre_factures([corps for _, corps in chunk.values()])
            pris = self._trier(chunk, repris)
            ids = {item.value[0].lue.ligne: id for item, id in pris}
            self._m.magasin.noter_factures(self._r.instance_id, ids)

    def _paiement(self, stage: LigneStage) -> EnvoiLigne | None:
        if stage.facture_id is None or not stage.lue.reglee_au(self._r.arrete_au):
            return None
        if not stage.lue.emise_au(self._r.arrete_au) or not stage.lue.montant_centimes:
            return None
        return stage, fiches.paiement_json(stage, self._r)

    def _envoyer_paiements(self, chunk: Chunk[EnvoiLigne]) -> None:
        if chunk.items:
            repris = self._m.destinations.reprendre_paiements([corps for _, corps in chunk.values()])
            pris = self._trier(chunk, repris)
            ids = {item.value[0].lue.ligne: id for item, id in pris}
            self._m.magasin.noter_paiements(self._r.instance_id, ids)

    def _trier(self, chunk: Chunk[T], repris: list[Repris]) -> list[tuple[Any, str]]:
        """Refused items to the reject list; the others with their ids."""
        pris = []
        for item, un in zip(chunk.items, repris, strict=True):
            if un.refus is not None:
                chunk.reject(item, *un.refus)
            elif un.id is not None:
                pris.append((item, un.id))
        return pris
