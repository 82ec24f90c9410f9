import { Filtre, Onglet } from '../../../kernel/liste';
import { CHOIX_DE_TYPE } from '../mots';

/** The tabs of client-service, in its order. */
export const ONGLETS: readonly Onglet[] = [
  { nom: 'tous', libelle: $localize`Tous` },
  { nom: 'actifs', libelle: $localize`Actifs` },
  { nom: 'suspendus', libelle: $localize`Relances suspendues` },
  { nom: 'sans-courriel', libelle: $localize`Sans courriel` },
  { nom: 'sans-siren', libelle: $localize`Sans SIREN` },
  { nom: 'archives', libelle: $localize`Archivés` },
];

/** What an empty tab says when nothing else narrows it: there is nothing to do. */
export const RIEN_A_FAIRE: Readonly<Record<string, string | undefined>> = {
  suspendus: $localize`Aucun client n'est suspendu`,
  'sans-courriel': $localize`Tous les clients ont une adresse électronique`,
  'sans-siren': $localize`Aucun SIREN ne manque`,
};

export const FILTRES: readonly Filtre[] = [
  { cle: 'type', libelle: $localize`Type`, type: 'choix', choix: CHOIX_DE_TYPE },
  { cle: 'reference_externe', libelle: $localize`Référence externe`, type: 'texte' },
];
