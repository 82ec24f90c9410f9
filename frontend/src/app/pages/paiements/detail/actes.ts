import { PaiementJson } from '../../../api';

/** Why a payment's unallocated money cannot be allocated now, `undefined` when it can. */
export function motifSansAffectation(paiement: PaiementJson): string | undefined {
  if (paiement.rejet) return $localize`La banque a rejeté ce paiement.`;
  if (!paiement.non_affecte_centimes) return $localize`Tout ce paiement est affecté.`;
  return paiement.client_id ? undefined : $localize`Le client de ce paiement n'est pas encore connu.`;
}

/** Why nothing of it can be given back. */
export function motifSansRemboursement(paiement: PaiementJson): string | undefined {
  if (paiement.rejet) return $localize`La banque a rejeté ce paiement : il n'y a rien à rendre.`;
  if (enSuspens(paiement)) return $localize`facture-service doit d'abord répondre pour ce paiement.`;
  return paiement.remboursable_centimes ? undefined : $localize`Tout ce paiement est déjà remboursé.`;
}

/** Why it cannot be recorded as returned by the bank. */
export function motifSansRejet(paiement: PaiementJson): string | undefined {
  if (paiement.rejet) return $localize`Ce paiement est déjà rejeté.`;
  return paiement.rembourse_centimes ? $localize`Un paiement remboursé, même en partie, ne se rejette plus.` : undefined;
}

function enSuspens({ etat }: PaiementJson): boolean {
  return etat === 'EN_ATTENTE' || etat === 'ANNULATION_EN_ATTENTE';
}

const MOTIFS_REFUS: Record<string, string | undefined> = {
  'facture-inconnue': $localize`Cette facture n'existe pas.`,
  'facture-non-emise': $localize`Cette facture n'est pas émise.`,
  'devise-differente': $localize`Cette facture est dans une autre devise.`,
  'facture-d-un-autre-client': $localize`Cette facture est celle d'un autre client.`,
  'facture-soldee': $localize`Cette facture était déjà réglée.`,
};

/** Why an allocation was refused or undone, in words; what a person wrote is shown as it is. */
export function motifEnMots(motif: string | null): string {
  return motif === null ? '' : (MOTIFS_REFUS[motif] ?? motif);
}
