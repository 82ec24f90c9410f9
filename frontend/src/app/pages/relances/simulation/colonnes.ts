import { DifferenceVue, EcarteeVue, RelanceSimulee } from '../../../api';
import { formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { Colonne, EtatAffiche } from '../../../kernel/table';
import { direNiveau, direRaison, MOTIFS, voieDe, VOIES } from '../mots';

/** A column of rows that are all here: they are put in order by what `rang` gives. */
export interface ColonneLocale<T> extends Colonne<T> {
  readonly rang?: (ligne: T) => string | number;
}

const EXCLU: EtatAffiche = { mot: $localize`Exclu`, signe: '✕', ton: 'discret' };

export function colonnesDesRelances(estExclu: (clientId: string) => boolean): readonly ColonneLocale<RelanceSimulee>[] {
  return [
    { cle: 'nom', titre: $localize`Client`, triable: true, priorite: 1, valeur: (r) => r.nom, lien: (r) => `/clients/${r.client_id}` },
    {
      cle: 'niveau',
      titre: $localize`Niveau`,
      triable: true,
      nombre: true,
      largeur: '4.5rem',
      priorite: 1,
      valeur: (r) => direNiveau(r.niveau),
      rang: (r) => r.niveau,
    },
    {
      cle: 'canal',
      titre: $localize`Canal`,
      triable: true,
      largeur: '8rem',
      priorite: 1,
      valeur: (r) => VOIES[voieDe(r)].mot,
      etat: (r) => (estExclu(r.client_id) ? EXCLU : VOIES[voieDe(r)]),
    },
    montant('total_du', $localize`Reste dû`, 1, (r) => r.total_du_centimes),
    montant('interets', $localize`Intérêts`, 4, (r) => r.interets_centimes),
    montant('indemnites', $localize`Indemnités`, 4, (r) => r.indemnites_centimes),
    montant('credits', $localize`Avoirs déduits`, 3, (r) => r.credits_centimes),
    { cle: 'raison', titre: $localize`Raison`, priorite: 3, valeur: direRaison },
  ];
}

export const COLONNES_DES_ECARTEES: readonly ColonneLocale<EcarteeVue>[] = [
  {
    cle: 'nom',
    titre: $localize`Client`,
    triable: true,
    priorite: 1,
    valeur: (e) => e.nom ?? $localize`(client introuvable)`,
    lien: (e) => `/clients/${e.client_id}`,
  },
  {
    cle: 'numero',
    titre: $localize`Facture`,
    triable: true,
    largeur: '9rem',
    priorite: 1,
    valeur: (e) => e.numero,
    lien: (e) => `/factures/${e.facture_id}`,
  },
  {
    cle: 'date_echeance',
    titre: $localize`Échéance`,
    triable: true,
    largeur: '6.5rem',
    priorite: 3,
    valeur: (e) => formaterDate(e.date_echeance),
    rang: (e) => e.date_echeance,
  },
  {
    cle: 'jours_retard',
    titre: $localize`Retard (j)`,
    triable: true,
    nombre: true,
    largeur: '6rem',
    priorite: 3,
    valeur: (e) => String(e.jours_retard),
    rang: (e) => e.jours_retard,
  },
  {
    cle: 'reste',
    titre: $localize`Reste dû`,
    triable: true,
    nombre: true,
    largeur: '7rem',
    priorite: 1,
    valeur: (e) => formaterMontant(e.reste_centimes, e.devise),
    rang: (e) => e.reste_centimes,
  },
  { cle: 'motif', titre: $localize`Motif`, triable: true, largeur: '12rem', priorite: 4, valeur: (e) => MOTIFS[e.motif] },
  { cle: 'detail', titre: $localize`Raison`, priorite: 1, valeur: (e) => e.detail },
];

const CHANGEMENTS: Record<DifferenceVue['changement'], EtatAffiche> = {
  APPARUE: { mot: $localize`Nouvelle`, signe: '+', ton: 'attention' },
  DISPARUE: { mot: $localize`Disparue`, signe: '–', ton: 'discret' },
  NIVEAU: { mot: $localize`Autre niveau`, signe: '↕', ton: 'attention' },
};

export const COLONNES_DES_DIFFERENCES: readonly ColonneLocale<DifferenceVue>[] = [
  {
    cle: 'changement',
    titre: $localize`Changement`,
    triable: true,
    largeur: '9rem',
    priorite: 1,
    valeur: (d) => CHANGEMENTS[d.changement].mot,
    etat: (d) => CHANGEMENTS[d.changement],
  },
  { cle: 'nom', titre: $localize`Client`, triable: true, priorite: 1, valeur: (d) => d.nom, lien: (d) => `/clients/${d.client_id}` },
  { cle: 'niveau', titre: $localize`Niveau`, largeur: '8rem', priorite: 1, valeur: (d) => avantApres(d.niveau_avant, d.niveau, String) },
  {
    cle: 'total',
    titre: $localize`Reste dû`,
    nombre: true,
    largeur: '13rem',
    priorite: 2,
    valeur: (d) => avantApres(d.total_du_avant_centimes, d.total_du_centimes, (centimes) => formaterMontant(centimes, d.devise)),
  },
  {
    cle: 'raison',
    titre: $localize`Raison`,
    priorite: 1,
    valeur: (d) => d.detail ?? (d.changement === 'DISPARUE' ? $localize`Plus rien n'est en retard.` : ''),
  },
];

/** Rows in the order of a heading, `-` in front for the last one first; in their own order without one. */
export function trier<T>(lignes: readonly T[], colonnes: readonly ColonneLocale<T>[], tri: string): readonly T[] {
  const colonne = colonnes.find(({ cle }) => cle === tri.replace('-', ''));
  if (!colonne) return lignes;
  const rang = colonne.rang ?? colonne.valeur;
  const sens = tri.startsWith('-') ? -1 : 1;
  return [...lignes].sort((a, b) => sens * comparer(rang(a), rang(b)));
}

function comparer(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'fr', { numeric: true });
}

function avantApres<V>(avant: V | null, apres: V | null, dire: (valeur: V) => string): string {
  const [de, a] = [avant === null ? '–' : dire(avant), apres === null ? '–' : dire(apres)];
  return de === a ? de : `${de} → ${a}`;
}

function montant(
  cle: string,
  titre: string,
  priorite: 1 | 3 | 4,
  centimes: (relance: RelanceSimulee) => number | null,
): ColonneLocale<RelanceSimulee> {
  const dire = (relance: RelanceSimulee): string => {
    const valeur = centimes(relance);
    if (valeur === null) return $localize`taux légal en sus`;
    return valeur || cle === 'total_du' ? formaterMontant(valeur, relance.devise) : '–';
  };
  return { cle, titre, triable: true, nombre: true, largeur: '7.5rem', priorite, valeur: dire, rang: (r) => centimes(r) ?? 0 };
}
