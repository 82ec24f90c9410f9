"""What can go wrong with payments, told with the values needed to act on it."""

from __future__ import annotations


class PaiementError(Exception):
    """Base of every error of this service."""


class PaiementIntrouvableError(PaiementError):
    """No payment has this id."""

    def __init__(self, paiement_id: str) -> None:
        super().__init__(f"Aucun paiement n'a l'identifiant {paiement_id}.")
        self.paiement_id = paiement_id


class PaiementInvalideError(PaiementError):
    """The request contradicts itself or the facts; `pointer` locates the wrong value in it."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.pointer = pointer
        self.code = code
        self.detail = detail


class FactureInconnueError(PaiementError):
    """facture-service says that this invoice does not exist."""

    def __init__(self, facture_id: str) -> None:
        super().__init__(f"Aucune facture n'a l'identifiant {facture_id}.")
        self.facture_id = facture_id


class FactureServiceIndisponibleError(PaiementError):
    """facture-service gave no answer: what was asked may or may not have been done."""


class ClientServiceIndisponibleError(PaiementError):
    """client-service gave no answer."""


class CreditInsuffisantError(PaiementError):
    """More is to be allocated than is left over."""

    def __init__(self, paiement_id: str, non_affecte_centimes: int) -> None:
        super().__init__(f"Il reste {non_affecte_centimes} centimes à affecter sur ce paiement.")
        self.paiement_id = paiement_id
        self.non_affecte_centimes = non_affecte_centimes


class RemboursementExcessifError(PaiementError):
    """More is to be refunded than may still be given back."""

    def __init__(self, paiement_id: str, remboursable_centimes: int) -> None:
        super().__init__(f"Au plus {remboursable_centimes} centimes peuvent encore être remboursés.")
        self.paiement_id = paiement_id
        self.remboursable_centimes = remboursable_centimes


class PaiementNonRemboursableError(PaiementError):
    """The payment is not in a state from which money can be given back."""

    def __init__(self, paiement_id: str, etat: str) -> None:
        super().__init__(f"Un paiement {etat} ne peut pas être remboursé.")
        self.paiement_id = paiement_id
        self.etat = etat


class PaiementNonAffectableError(PaiementError):
    """The payment is not in a state from which money can be allocated."""

    def __init__(self, paiement_id: str, etat: str) -> None:
        super().__init__(f"Un paiement {etat} ne peut pas être affecté.")
        self.paiement_id = paiement_id
        self.etat = etat


class RejetImpossibleError(PaiementError):
    """The bank's return cannot be recorded on this payment."""

    def __init__(self, paiement_id: str, etat: str) -> None:
        super().__init__(f"Un paiement {etat} ne peut pas être rejeté par la banque.")
        self.paiement_id = paiement_id
        self.etat = etat


class ReglementRefuseError(PaiementError):
    """facture-service refuses this settlement for good; `code` is its own."""

    def __init__(self, facture_id: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.facture_id = facture_id
        self.code = code
