import { Filtre } from '../../../kernel/liste';
import { ETATS_RELANCE } from '../../../kernel/mots';

export const FILTRES: readonly Filtre[] = [
  { cle: 'client_id', libelle: $localize`Client`, type: 'client' },
  { cle: 'du', libelle: $localize`Du`, type: 'date', fin: 'au' },
  { cle: 'au', libelle: $localize`Au`, type: 'date' },
  { cle: 'niveau', libelle: $localize`Niveau`, type: 'choix', choix: ['1', '2', '3', '4'].map((valeur) => ({ valeur, libelle: valeur })) },
  {
    cle: 'etat',
    libelle: $localize`État`,
    type: 'choix',
    choix: Object.entries(ETATS_RELANCE).map(([valeur, { mot }]) => ({ valeur, libelle: mot })),
  },
  { cle: 'execution_id', libelle: $localize`Campagne (numéro)`, type: 'texte' },
  { cle: 'facture_id', libelle: $localize`Facture (identifiant)`, type: 'texte' },
];
