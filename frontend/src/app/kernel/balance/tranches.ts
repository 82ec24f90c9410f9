/** The age classes of what is owed, as facture-service counts them and as the list of invoices is asked for them. */
import { LigneBalanceVue } from '../../api';
import { plusJours } from '../format/date';

/** An age class: its name, its amount in the API, and the days of lateness it holds. */
export interface Tranche {
  readonly cle: 'non-echu' | '1-30' | '31-60' | '61-90' | 'plus-de-90';
  readonly libelle: string;
  readonly champ: keyof LigneBalanceVue & `${string}_centimes`;
  /** Days of lateness, both included; `undefined` where the class is open. */
  readonly de?: number;
  readonly a?: number;
}

export const TRANCHES: readonly Tranche[] = [
  { cle: 'non-echu', libelle: $localize`Non échu`, champ: 'non_echu_centimes', a: 0 },
  { cle: '1-30', libelle: $localize`1 à 30 j`, champ: 'de_1_a_30_centimes', de: 1, a: 30 },
  { cle: '31-60', libelle: $localize`31 à 60 j`, champ: 'de_31_a_60_centimes', de: 31, a: 60 },
  { cle: '61-90', libelle: $localize`61 à 90 j`, champ: 'de_61_a_90_centimes', de: 61, a: 90 },
  { cle: 'plus-de-90', libelle: $localize`Plus de 90 j`, champ: 'plus_de_90_centimes', de: 91 },
];

/** Query of the list of invoices that are open at a date: all, those in a class, those of one client. */
export function parametresDeTranche(au: string, tranche?: Tranche, clientId?: string): Record<string, string> {
  return {
    ouverte_au: au,
    ...(clientId && { client_id: clientId }),
    ...(tranche?.a !== undefined && { echue_du: plusJours(au, -tranche.a) }),
    ...(tranche?.de !== undefined && { echue_au: plusJours(au, -tranche.de) }),
  };
}
