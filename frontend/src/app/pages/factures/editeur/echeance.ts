import { finDuMois, formaterDate, plusJours } from '../../../kernel/format/date';

/** Terms agreed with a client, as client-service keeps them. */
export interface Conditions {
  readonly delai_jours: number;
  readonly mode: 'NET' | 'FIN_DE_MOIS' | 'FIN_DE_MOIS_PUIS_JOURS';
}

const MAXIMUM_NET = 60;
const MAXIMUM_FIN_DE_MOIS = 45;
const MAXIMUM_PUBLIC = 50;

/** The due date by the rule of facture-service (echeance.py), brought back to the legal maximum of its kind. */
export function echeance(emission: string, conditions: Conditions, acheteurPublic: boolean): string {
  const delai = delaiLegal(conditions, acheteurPublic);
  if (conditions.mode === 'FIN_DE_MOIS') return finDuMois(plusJours(emission, delai));
  return plusJours(conditions.mode === 'NET' ? emission : finDuMois(emission), delai);
}

/** The terms in one sentence with the due date; for an end of month the other reading too, since both are lawful. */
export function phraseDesConditions(emission: string, conditions: Conditions, acheteurPublic: boolean): string {
  const { mode } = conditions;
  const delai = delaiLegal(conditions, acheteurPublic);
  const le = formaterDate(echeance(emission, conditions, acheteurPublic));
  const autre = (autreMode: Conditions['mode']): string =>
    formaterDate(echeance(emission, { ...conditions, mode: autreMode }, acheteurPublic));
  if (mode === 'NET') return delai ? $localize`À ${delai} jours nets : échéance le ${le}.` : $localize`Comptant : échéance le ${le}.`;
  return mode === 'FIN_DE_MOIS'
    ? $localize`À ${delai} jours, puis fin de mois : échéance le ${le} (l'autre lecture, fin de mois puis ${delai} jours, donnerait le ${autre('FIN_DE_MOIS_PUIS_JOURS')}).`
    : $localize`Fin de mois, puis ${delai} jours : échéance le ${le} (l'autre lecture, ${delai} jours puis fin de mois, donnerait le ${autre('FIN_DE_MOIS')}).`;
}

/** Whether the agreed delay is above what the law allows, and was shortened. */
export function delaiRaccourci(conditions: Conditions, acheteurPublic: boolean): boolean {
  return delaiLegal(conditions, acheteurPublic) < conditions.delai_jours;
}

function delaiLegal({ delai_jours, mode }: Conditions, acheteurPublic: boolean): number {
  const maximum = mode === 'NET' ? MAXIMUM_NET : MAXIMUM_FIN_DE_MOIS;
  return Math.min(delai_jours, maximum, ...(acheteurPublic ? [MAXIMUM_PUBLIC] : []));
}
