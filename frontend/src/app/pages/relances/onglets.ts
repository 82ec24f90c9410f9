import { Onglet } from '../../kernel/liste';

/** The tabs of reminders, in the order of batch. */
export const ONGLETS: readonly Onglet[] = [
  { nom: 'toutes', libelle: $localize`Toutes` },
  { nom: 'a-traiter', libelle: $localize`À traiter` },
  { nom: 'demandees', libelle: $localize`En attente d'envoi` },
  { nom: 'envoyees', libelle: $localize`Envoyées` },
  { nom: 'echecs', libelle: $localize`Échecs et inconnues` },
  { nom: 'annulees', libelle: $localize`Annulées` },
];

/** Tabs where an empty list is good news. */
export const RIEN_A_FAIRE: Readonly<Record<string, string | undefined>> = {
  'a-traiter': $localize`Rien à traiter`,
  demandees: $localize`Rien n'attend d'être envoyé`,
  echecs: $localize`Aucun échec`,
};
