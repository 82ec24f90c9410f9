import { EvenementVue } from '../../api';

/** One entry of a document's history, in words. */
export interface Recit {
  readonly id: string;
  readonly quoi: string;
  /** The day it counts from. */
  readonly jour: string;
  /** The instant the books were told, ISO. */
  readonly su: string;
  readonly detail: string;
  /** Cents that moved the balance, as they count: a payment takes away. */
  readonly centimes?: number;
  /** Where the thing itself is to be seen. */
  readonly lien?: string;
}

const QUOI: Readonly<Record<string, string>> = {
  CREATION: $localize`Brouillon créé`,
  MODIFICATION: $localize`Brouillon modifié`,
  EMISSION: $localize`Émise`,
  REPRISE: $localize`Reprise d'un autre système`,
  ENVOI: $localize`Envoi par courriel demandé`,
  REGLEMENT: $localize`Règlement`,
  ANNULATION_REGLEMENT: $localize`Règlement annulé`,
  AVOIR: $localize`Avoir`,
  ECART: $localize`Écart passé`,
  LITIGE_OUVERT: $localize`Litige ouvert`,
  LITIGE_CLOS: $localize`Litige clos`,
};

export const MOTIFS_ECART: Readonly<Record<string, string>> = {
  FRAIS_BANCAIRES: $localize`Frais bancaires`,
  PETITE_DIFFERENCE: $localize`Petite différence`,
  ESCOMPTE: $localize`Escompte`,
  PERTE: $localize`Perte`,
  ABANDON: $localize`Abandon`,
  AUTRE: $localize`Autre`,
};

/** The history in words, newest first. Changes of a draft one after the other are told once; so is each credit note. */
export function recits(evenements: readonly EvenementVue[]): Recit[] {
  const utiles = evenements.filter((evenement, rang) => !estRedite(evenement, evenements[rang + 1]) && !estImputation(evenement));
  return utiles.map((evenement) => recit(evenement, evenements)).reverse();
}

/** The credit notes of an invoice, oldest first. */
export function avoirsDe(evenements: readonly EvenementVue[]): { id: string; numero: string; jour: string; centimes: number }[] {
  return evenements
    .filter(({ type, poste }) => type === 'AVOIR' && poste === 'CREDITES')
    .map((e) => ({ id: texte(e, 'avoir_id'), numero: texte(e, 'numero'), jour: e.date_effet, centimes: e.montant_centimes ?? 0 }));
}

/** The settlements of an invoice and their cancellations, oldest first. */
export function reglementsDe(evenements: readonly EvenementVue[]): EvenementVue[] {
  return evenements.filter(({ poste }) => poste === 'REGLE');
}

function recit(evenement: EvenementVue, tous: readonly EvenementVue[]): Recit {
  const { id, type, date_effet, enregistre_le, montant_centimes } = evenement;
  const bouge = type !== 'EMISSION' && montant_centimes !== null;
  return {
    id,
    quoi: QUOI[type] ?? type,
    jour: date_effet,
    su: enregistre_le,
    detail: detailDe(evenement, tous),
    ...(bouge && { centimes: -(montant_centimes ?? 0) }),
    ...lienDe(evenement),
  };
}

function detailDe(evenement: EvenementVue, tous: readonly EvenementVue[]): string {
  const motif = texte(evenement, 'motif');
  switch (evenement.type) {
    case 'AVOIR': {
      const impute = tous.find((autre) => estImputation(autre) && texte(autre, 'avoir_id') === texte(evenement, 'avoir_id'));
      const suite = impute && impute.montant_centimes !== evenement.montant_centimes ? [$localize`en partie au crédit du client`] : [];
      return [texte(evenement, 'numero'), motif, ...suite].filter(Boolean).join(' · ');
    }
    case 'ECART':
      return MOTIFS_ECART[motif] ?? motif;
    case 'EMISSION':
    case 'REPRISE':
      return texte(evenement, 'numero');
    default:
      return motif;
  }
}

function lienDe(evenement: EvenementVue): { lien?: string } {
  const [paiement, avoir] = [texte(evenement, 'paiement_id'), texte(evenement, 'avoir_id')];
  if (paiement) return { lien: `/paiements/${paiement}` };
  return avoir ? { lien: `/factures/${avoir}` } : {};
}

function estRedite(evenement: EvenementVue, suivant: EvenementVue | undefined): boolean {
  return evenement.type === 'MODIFICATION' && suivant?.type === 'MODIFICATION';
}

function estImputation({ type, poste }: EvenementVue): boolean {
  return type === 'AVOIR' && poste === 'AVOIRS';
}

function texte({ details }: EvenementVue, cle: string): string {
  const valeur = details[cle];
  return typeof valeur === 'string' ? valeur : '';
}
