import { Filtre, Onglet } from '../../../kernel/liste';

/** The tabs of facture-service, in its order. */
export const ONGLETS: readonly Onglet[] = [
  { nom: 'toutes', libelle: $localize`Toutes` },
  { nom: 'brouillons', libelle: $localize`Brouillons` },
  { nom: 'a-echoir', libelle: $localize`À échoir` },
  { nom: 'en-retard', libelle: $localize`En retard` },
  { nom: 'partielles', libelle: $localize`Partielles` },
  { nom: 'litige', libelle: $localize`En litige` },
  { nom: 'payees', libelle: $localize`Payées` },
  { nom: 'avoirs', libelle: $localize`Avoirs` },
];

/** What an empty tab says when nothing else narrows it: there is nothing to do. */
export const RIEN_A_FAIRE: Readonly<Record<string, string>> = {
  brouillons: $localize`Aucun brouillon en attente`,
  'en-retard': $localize`Aucune facture en retard`,
  litige: $localize`Aucune facture en litige`,
};

export const FILTRES: readonly Filtre[] = [
  { cle: 'client_id', libelle: $localize`Client`, type: 'client' },
  { cle: 'emise_du', libelle: $localize`Émise du`, type: 'date', fin: 'emise_au' },
  { cle: 'emise_au', libelle: $localize`Émise au`, type: 'date' },
  { cle: 'echue_du', libelle: $localize`Échéance du`, type: 'date', fin: 'echue_au' },
  { cle: 'echue_au', libelle: $localize`Échéance au`, type: 'date' },
  { cle: 'ouverte_au', libelle: $localize`Ouverte au`, type: 'date' },
  { cle: 'montant_min_centimes', libelle: $localize`Montant au moins`, type: 'montant' },
  { cle: 'montant_max_centimes', libelle: $localize`Montant au plus`, type: 'montant' },
  { cle: 'devise', libelle: $localize`Devise`, type: 'texte' },
];
