/** How the API's words for payments are said: with the same sign, word and colour on every page. */
import { AffectationJson, EtatPaiement, Moyen, Source } from '../../api';
import { EtatAffiche } from '../table';

export const ETATS_PAIEMENT: Record<EtatPaiement, EtatAffiche> = {
  CONFIRME: { mot: $localize`Confirmé`, signe: '●', ton: 'bien' },
  EN_ATTENTE: { mot: $localize`En attente`, signe: '◷', ton: 'attention' },
  A_TRAITER: { mot: $localize`À traiter`, signe: '▲', ton: 'mal' },
  REMBOURSE: { mot: $localize`Remboursé`, signe: '↺', ton: 'discret' },
  PARTIELLEMENT_REMBOURSE: { mot: $localize`Remboursé en partie`, signe: '◐', ton: 'discret' },
  REJETE: { mot: $localize`Rejeté par la banque`, signe: '✕', ton: 'mal' },
  ANNULATION_EN_ATTENTE: { mot: $localize`Annulation en attente`, signe: '◷', ton: 'attention' },
};

export const ETATS_AFFECTATION: Record<AffectationJson['etat'], EtatAffiche> = {
  AFFECTEE: { mot: $localize`Affectée`, signe: '●', ton: 'bien' },
  EN_ATTENTE: { mot: $localize`En attente`, signe: '◷', ton: 'attention' },
  REFUSEE: { mot: $localize`Refusée`, signe: '✕', ton: 'mal' },
  ANNULEE: { mot: $localize`Annulée`, signe: '↺', ton: 'discret' },
};

export const MOYENS: Record<Moyen, string> = {
  VIREMENT: $localize`Virement`,
  CARTE: $localize`Carte`,
  CHEQUE: $localize`Chèque`,
  PRELEVEMENT: $localize`Prélèvement`,
  ESPECES: $localize`Espèces`,
};

export const SOURCES: Record<Source, string> = {
  SAISIE: $localize`Saisie`,
  REPRISE: $localize`Reprise`,
  BANQUE: $localize`Banque`,
};

/** What a person has to know of a payment in this state, in one sentence. */
export const EXPLICATIONS: Partial<Record<EtatPaiement, string>> = {
  EN_ATTENTE: $localize`Le paiement est gardé ; il sera affecté au retour de facture-service.`,
  A_TRAITER: $localize`Une affectation a été refusée : l'argent est là, il reste à dire pour quelle facture.`,
  ANNULATION_EN_ATTENTE: $localize`L'annulation est gardée ; les factures rouvriront au retour de facture-service.`,
};
