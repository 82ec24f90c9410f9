"""What the API answers: these models document it (OpenAPI) and are not checked at run time."""

from __future__ import annotations

from typing import Any, Literal

from facture_service.application.consultation import Onglet
from facture_service.application.passer_ecart import MotifEcart
from facture_service.domain.controles import Niveau
from facture_service.domain.facture import NatureOperation, TypeDocument
from facture_service.domain.situation import StatutDocument, StatutReglement
from ressort.flask.api import IsoDate, IsoInstant, Model


class AdresseVue(Model):
    ligne1: str
    ligne2: str | None
    code_postal: str | None
    ville: str
    pays: str


class ClientVue(Model):
    """The client as frozen in the document."""

    type: Literal["ENTREPRISE", "PARTICULIER", "PUBLIC"]
    nom_affiche: str
    siren: str | None
    siret: str | None
    tva_intracom: str | None
    adresse: AdresseVue | None
    email: str | None
    telephone: str | None
    langue: str


class VendeurVue(Model):
    """The seller as frozen in the document."""

    nom: str
    forme: str
    capital: str | None
    siren: str
    siret: str | None
    rcs: str
    tva_intracom: str | None
    adresse: AdresseVue
    email: str | None
    telephone: str | None
    iban: str | None
    bic: str | None
    franchise_tva: bool
    option_debits: bool
    membre_assujetti_unique: bool
    escompte: str | None


class LigneVue(Model):
    designation: str
    quantite: str
    unite: str | None
    prix_unitaire_ht: str
    remise_pourcent: str
    taux_tva: str
    montant_ht_centimes: int


class VentilationVue(Model):
    taux_tva: str
    base_ht_centimes: int
    tva_centimes: int


class LitigeVue(Model):
    motif: str
    depuis: IsoDate
    jusqu_au: IsoDate | None


class OrigineVue(Model):
    """The invoice a credit note cites."""

    id: str
    numero: str
    date_emission: IsoDate


class FactureVue(Model):
    """An invoice or a credit note; the last three members are a credit note's only."""

    id: str
    type: TypeDocument
    numero: str | None
    serie: str | None
    reference_externe: str | None
    numero_commande: str | None
    nature_operation: NatureOperation
    statut_document: StatutDocument
    statut_reglement: StatutReglement
    en_retard: bool
    jours_retard: int
    client_id: str
    client: ClientVue | None
    vendeur: VendeurVue | None
    mentions: list[str]
    date_emission: IsoDate | None
    date_livraison: IsoDate | None
    date_echeance: IsoDate | None
    lignes: list[LigneVue]
    ventilation_tva: list[VentilationVue]
    total_ht_centimes: int | None
    total_tva_centimes: int | None
    total_ttc_centimes: int
    avoirs_centimes: int
    regle_centimes: int
    ecarts_centimes: int
    reste_centimes: int
    devise: str
    empreinte: str | None
    empreinte_precedente: str | None
    litige: LitigeVue | None
    reprise: bool
    cree_le: IsoInstant
    emise_le: IsoInstant | None
    modifie_le: IsoInstant
    facture_origine: OrigineVue | None = None
    motif: str | None = None
    a_affecter_centimes: int | None = None


class TotauxVue(Model):
    """Sums over a filtered set in one currency; credit notes count as negative."""

    devise: str
    total_ttc_centimes: int
    reste_centimes: int


class OngletVue(Model):
    """What a tab would show."""

    nom: Onglet
    total: int
    totaux: list[TotauxVue]


class CompteursVue(Model):
    """Every tab, in the order in which they are shown."""

    onglets: list[OngletVue]


class ControleVue(Model):
    """One rule of the issue; `pointer` names a member of the document."""

    regle: str
    pointer: str
    niveau: Niveau
    detail: str


class DestinataireVue(Model):
    """Whom a mailing would reach."""

    nom: str
    email: str
    langue: str


class EffetsVue(Model):
    """What the issue would freeze, and whom a mailing would reach, if anybody."""

    date_echeance: IsoDate
    total_ttc_centimes: int
    devise: str
    mentions: list[str]
    destinataire: DestinataireVue | None


class VerificationVue(Model):
    """The check before an issue; `effets` is null while nothing is known of the client."""

    facture_id: str
    date_emission: IsoDate
    serie: str
    emissible: bool
    controles: list[ControleVue]
    effets: EffetsVue | None


class EvenementVue(Model):
    """An event of the history; those with a `poste` move the balance."""

    id: str
    type: str
    date_effet: IsoDate
    enregistre_le: IsoInstant
    poste: Literal["AVOIRS", "REGLE", "ECARTS", "CREDITES"] | None
    montant_centimes: int | None
    details: dict[str, Any]


class EnvoiVue(Model):
    """A mailing accepted: the message on `facture-topic` that asks for it."""

    facture_id: str
    numero: str
    message_id: str
    etat: Literal["DEMANDE"]


class EcartVue(Model):
    """A write-off as booked."""

    id: str
    facture_id: str
    numero: str
    montant_centimes: int
    motif: MotifEcart
    date: IsoDate
    reste_centimes: int


class ReglementVue(Model):
    """A settlement as booked; `paiement_id` is null when it was cancelled before it arrived."""

    affectation_id: str
    facture_id: str
    numero: str
    paiement_id: str | None
    devise: str
    montant_affecte_centimes: int
    reste_centimes: int


class AnnulationVue(Model):
    """A cancellation; `montant_affecte_centimes` is what stays settled under the allocation."""

    facture_id: str
    affectation_id: str
    montant_annule_centimes: int
    montant_affecte_centimes: int
    reste_centimes: int


class ErreurVue(Model):
    pointer: str
    code: str
    detail: str


class RepriseVue(Model):
    """The fate of one invoice taken over."""

    reference: str | None
    etat: Literal["CREEE", "DEJA_CONNUE", "REFUSEE"]
    id: str | None
    errors: list[ErreurVue]


class ReglementLotVue(Model):
    """The fate of one settlement of a lot: `statut` is the one it would have had alone."""

    affectation_id: str | None
    statut: int
    code: str | None
    reglement: ReglementVue | None
    reste_centimes: int | None
    errors: list[ErreurVue]


class LigneBalanceVue(Model):
    client_id: str
    nom: str
    devise: str
    non_echu_centimes: int
    de_1_a_30_centimes: int
    de_31_a_60_centimes: int
    de_61_a_90_centimes: int
    plus_de_90_centimes: int
    total_centimes: int


class TotalBalanceVue(Model):
    devise: str
    non_echu_centimes: int
    de_1_a_30_centimes: int
    de_31_a_60_centimes: int
    de_61_a_90_centimes: int
    plus_de_90_centimes: int
    total_centimes: int


class BalanceVue(Model):
    """The aged balance; sums are per currency."""

    au: IsoDate
    lignes: list[LigneBalanceVue]
    totaux: list[TotalBalanceVue]
