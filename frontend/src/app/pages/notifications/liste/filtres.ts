import { Filtre, Onglet } from '../../../kernel/liste';
import { ETATS_NOTIFICATION } from '../../../kernel/mots';
import { CANAUX, TYPES } from '../etats';

/** The tabs of notification-service, in its order. */
export const ONGLETS: readonly Onglet[] = [
  { nom: 'toutes', libelle: $localize`Toutes` },
  { nom: 'a-traiter', libelle: $localize`À traiter` },
  { nom: 'echecs', libelle: $localize`Échecs` },
  { nom: 'inconnues', libelle: $localize`Inconnues` },
  { nom: 'en-file', libelle: $localize`En file` },
  { nom: 'aujourd-hui', libelle: $localize`Aujourd'hui` },
];

/** Tabs where an empty list is good news. */
export const RIEN_A_FAIRE: Readonly<Record<string, string | undefined>> = {
  'a-traiter': $localize`Rien à traiter`,
  echecs: $localize`Aucun échec`,
  inconnues: $localize`Aucun résultat inconnu`,
  'en-file': $localize`Rien n'attend d'être envoyé`,
};

export const FILTRES: readonly Filtre[] = [
  { cle: 'client_id', libelle: $localize`Client`, type: 'client' },
  { cle: 'du', libelle: $localize`Du`, type: 'date', fin: 'au' },
  { cle: 'au', libelle: $localize`Au`, type: 'date' },
  { cle: 'type', libelle: $localize`Modèle`, type: 'choix', choix: choix(TYPES) },
  { cle: 'canal', libelle: $localize`Canal`, type: 'choix', choix: choix(CANAUX) },
  {
    cle: 'etat',
    libelle: $localize`État`,
    type: 'choix',
    choix: Object.entries(ETATS_NOTIFICATION).map(([valeur, { mot }]) => ({ valeur, libelle: mot })),
  },
  { cle: 'facture_id', libelle: $localize`Facture (identifiant)`, type: 'texte' },
];

function choix(libelles: Record<string, string>): { valeur: string; libelle: string }[] {
  return Object.entries(libelles).map(([valeur, libelle]) => ({ valeur, libelle }));
}
