"""Refusals of the domain: each raises the fact, in French, with the values needed to act on it."""

from __future__ import annotations


class FactureError(Exception):
    """Base of every refusal of facture-service.

    The message is a French sentence for a person; `faits` holds the figures and names that a program needs
    (shown as extra members of the problem document). HTTP knows these classes, they know nothing of HTTP.
    """

    def __init__(self, message: str, **faits: object) -> None:
        super().__init__(message)
        self.faits = faits


class ChampInvalideError(FactureError):
    """A value breaks a rule; `pointeur` is the JSON pointer of the field, `regle` the rule in kebab-case."""

    def __init__(self, pointeur: str, regle: str, message: str) -> None:
        super().__init__(message)
        self.pointeur = pointeur
        self.regle = regle


class FactureIntrouvableError(FactureError):
    """No invoice, draft or credit note has this identifier."""

    def __init__(self, facture_id: str) -> None:
        super().__init__(f"Aucune facture ne porte l'identifiant « {facture_id} ».")


class PasEncoreEmiseError(FactureError):
    """Asked as of a date before the document was issued."""


class FactureEmiseError(FactureError):
    """Issued documents are never edited, deleted or issued again."""


class FactureNonEmiseError(FactureError):
    """The act needs an issued document and this one is a draft."""


class FactureSansLigneError(FactureError):
    """A draft without lines cannot be issued."""


class OperationSurAvoirError(FactureError):
    """The act applies to invoices only and this document is a credit note."""


class FactureModifieeError(FactureError):
    """The document changed while the act was being prepared."""


class NumeroPrisError(FactureError):
    """Another transaction stored a document with this number meanwhile."""


class ClientInconnuError(FactureError):
    """client-service knows no such client."""


class ClientArchiveError(FactureError):
    """An archived client takes no new invoice."""


class ClientIncompletError(FactureError):
    """The client has no postal address, which an invoice must carry."""


class ClientServiceIndisponibleError(FactureError):
    """client-service gave no usable answer; nothing was done and the call may be sent again."""


class VendeurIncompletError(FactureError):
    """The configuration does not hold every legal mention of the seller; `manquants` lists the keys."""


class DateAnterieureSerieError(FactureError):
    """Issue dates never go backwards inside a series (CGI ann. II art. 242 nonies A)."""


class AvoirSuperieurError(FactureError):
    """A credit note above what remains creditable."""


class EcartSuperieurError(FactureError):
    """A write-off above the balance."""


class ResteInsuffisantError(FactureError):
    """A settlement above the balance."""


class ReglementDifferentError(FactureError):
    """The same affectation_id was already used with another content."""


class ReglementAnnuleError(FactureError):
    """The settlement was cancelled, perhaps before it arrived."""


class ReglementIntrouvableError(FactureError):
    """No settlement of that invoice has this affectation_id."""


class AnnulationSuperieureError(FactureError):
    """A cancellation above what is left of the settlement."""


class LitigeOuvertError(FactureError):
    """A dispute already covers this period."""


class LitigeAbsentError(FactureError):
    """There is no open dispute to close."""
