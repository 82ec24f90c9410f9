import { FactureVue } from '../../../api';
import { formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { Colonne } from '../../../kernel/table';
import { etatDuDocument, etatDuLitige, etatDuReglement, nomDe, signe } from '../etats';

const date = (iso: string | null): string => (iso ? formaterDate(iso) : '');

/** The columns by the names of the service's CSV, so that what is exported is what is on screen. */
export const COLONNES: readonly Colonne<FactureVue>[] = [
  { cle: 'numero', titre: $localize`Numéro`, triable: true, largeur: '8rem', priorite: 1, valeur: nomDe },
  { cle: 'client', tri: 'nom_client', titre: $localize`Client`, triable: true, priorite: 1, valeur: (f) => f.client?.nom_affiche ?? '' },
  jours('emission', 'date_emission', $localize`Émission`, 3),
  jours('echeance', 'date_echeance', $localize`Échéance`, 2),
  {
    cle: 'retard',
    titre: $localize`Retard`,
    nombre: true,
    largeur: '4.5rem',
    priorite: 3,
    valeur: (f) => (f.jours_retard ? $localize`${f.jours_retard} j` : ''),
  },
  montant('ht', 'total_ht_centimes', $localize`Total HT`, { cachee: true }),
  montant('tva', 'total_tva_centimes', $localize`TVA`, { cachee: true }),
  montant('ttc', 'total_ttc_centimes', $localize`Total TTC`, { triable: true }),
  montant('regle', 'regle_centimes', $localize`Réglé`, { cachee: true }),
  montant('avoirs', 'avoirs_centimes', $localize`Avoirs`, { cachee: true }),
  montant('reste', 'reste_centimes', $localize`Reste dû`, { triable: true, priorite: 1 }),
  { cle: 'statut', titre: $localize`Document`, largeur: '6.5rem', priorite: 4, valeur: (f) => etatDuDocument(f).mot, etat: etatDuDocument },
  {
    cle: 'reglement',
    titre: $localize`Règlement`,
    largeur: '7rem',
    priorite: 2,
    valeur: (f) => etatDuReglement(f)?.mot ?? '',
    etat: etatDuReglement,
  },
  { cle: 'litige', titre: $localize`Litige`, largeur: '6.5rem', cachee: true, valeur: (f) => f.litige?.motif ?? '', etat: etatDuLitige },
  { cle: 'commande', titre: $localize`Commande`, largeur: '8rem', cachee: true, valeur: (f) => f.numero_commande ?? '' },
  { cle: 'reference', titre: $localize`Référence`, largeur: '8rem', cachee: true, valeur: (f) => f.reference_externe ?? '' },
  { cle: 'siren', titre: $localize`SIREN`, largeur: '6rem', cachee: true, valeur: (f) => f.client?.siren ?? '' },
];

function jours(cle: string, champ: 'date_emission' | 'date_echeance', titre: string, priorite: 2 | 3): Colonne<FactureVue> {
  return { cle, tri: champ, titre, triable: true, largeur: '5.75rem', priorite, valeur: (f) => date(f[champ]) };
}

type Montant = 'total_ht_centimes' | 'total_tva_centimes' | 'total_ttc_centimes' | 'regle_centimes' | 'avoirs_centimes' | 'reste_centimes';

function montant(cle: string, champ: Montant, titre: string, autres: Partial<Colonne<FactureVue>>): Colonne<FactureVue> {
  const valeur = (f: FactureVue): string => {
    const centimes = f[champ];
    return centimes === null ? '' : formaterMontant(signe(f, centimes), f.devise);
  };
  return { cle, tri: champ, titre, nombre: true, largeur: '7rem', priorite: 2, valeur, ...autres };
}
