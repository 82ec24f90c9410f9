import { Filtre, Onglet } from '../../../kernel/liste';
import { ETATS_PAIEMENT, MOYENS, SOURCES } from '../../../kernel/mots';

/** The tabs of paiement-service, in its order. */
export const ONGLETS: readonly Onglet[] = [
  { nom: 'tous', libelle: $localize`Tous` },
  { nom: 'en-attente', libelle: $localize`En attente` },
  { nom: 'a-traiter', libelle: $localize`À traiter` },
  { nom: 'non-affectes', libelle: $localize`Non affectés` },
  { nom: 'rejetes', libelle: $localize`Rejetés` },
  { nom: 'rembourses', libelle: $localize`Remboursés` },
];

/** Tabs where an empty list is good news. */
export const RIEN_A_FAIRE: Readonly<Record<string, string | undefined>> = {
  'en-attente': $localize`Aucun paiement n'attend`,
  'a-traiter': $localize`Rien à traiter`,
  'non-affectes': $localize`Tout l'argent reçu est affecté`,
  rejetes: $localize`Aucun rejet de la banque`,
};

export const FILTRES: readonly Filtre[] = [
  { cle: 'client_id', libelle: $localize`Client`, type: 'client' },
  { cle: 'recu_du', libelle: $localize`Reçu du`, type: 'date', fin: 'recu_au' },
  { cle: 'recu_au', libelle: $localize`Reçu au`, type: 'date' },
  { cle: 'montant_min_centimes', libelle: $localize`Montant au moins`, type: 'montant' },
  { cle: 'montant_max_centimes', libelle: $localize`Montant au plus`, type: 'montant' },
  { cle: 'moyen', libelle: $localize`Moyen`, type: 'choix', choix: choix(MOYENS) },
  {
    cle: 'etat',
    libelle: $localize`État`,
    type: 'choix',
    choix: Object.entries(ETATS_PAIEMENT).map(([valeur, { mot }]) => ({ valeur, libelle: mot })),
  },
  { cle: 'source', libelle: $localize`Origine`, type: 'choix', choix: choix(SOURCES) },
  { cle: 'rendu_du', libelle: $localize`Rendu du`, type: 'date' },
  { cle: 'rendu_au', libelle: $localize`Rendu au`, type: 'date' },
  { cle: 'facture_id', libelle: $localize`Facture (identifiant)`, type: 'texte' },
];

function choix(libelles: Record<string, string>): { valeur: string; libelle: string }[] {
  return Object.entries(libelles).map(([valeur, libelle]) => ({ valeur, libelle }));
}
