import { PaiementJson } from '../../../api';
import { formaterDate, formaterInstant } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { ETATS_PAIEMENT, MOYENS, SOURCES } from '../../../kernel/mots';
import { Colonne } from '../../../kernel/table';
import { facturesDe } from '../factures-de';

/** The columns of the list, under the names of its CSV; `nomDe` names a client. */
export function colonnes(nomDe: (id: string) => string): readonly Colonne<PaiementJson>[] {
  return [
    {
      cle: 'date_paiement',
      titre: $localize`Reçu le`,
      triable: true,
      largeur: '5.75rem',
      priorite: 1,
      valeur: (p) => formaterDate(p.date_paiement),
    },
    {
      cle: 'client',
      titre: $localize`Client`,
      priorite: 1,
      valeur: (p) => nomDe(p.client_id ?? ''),
      lien: (p) => (p.client_id && nomDe(p.client_id) ? `/clients/${p.client_id}` : undefined),
    },
    montant('montant', $localize`Montant`, (p) => p.montant_centimes, { tri: 'montant_centimes', priorite: 1 }),
    montant('non_affecte', $localize`Non affecté`, (p) => p.non_affecte_centimes, { tri: 'non_affecte_centimes', priorite: 2 }),
    { cle: 'moyen', titre: $localize`Moyen`, triable: true, largeur: '6.25rem', priorite: 3, valeur: (p) => MOYENS[p.moyen] },
    { cle: 'reference', titre: $localize`Référence`, triable: true, priorite: 3, valeur: (p) => p.reference ?? '' },
    { cle: 'factures', titre: $localize`Factures`, priorite: 2, valeur: facturesDe },
    {
      cle: 'etat',
      titre: $localize`État`,
      triable: true,
      largeur: '10.5rem',
      priorite: 2,
      valeur: (p) => ETATS_PAIEMENT[p.etat].mot,
      etat: (p) => ETATS_PAIEMENT[p.etat],
    },
    montant('affecte', $localize`Affecté`, (p) => p.affecte_centimes, { cachee: true }),
    montant('en_attente', $localize`En attente`, (p) => p.en_attente_centimes, { cachee: true }),
    montant('rembourse', $localize`Remboursé`, (p) => p.rembourse_centimes, { cachee: true }),
    {
      cle: 'rejete_le',
      titre: $localize`Rejeté le`,
      cachee: true,
      largeur: '5.75rem',
      valeur: (p) => (p.rejet ? formaterDate(p.rejet.date) : ''),
    },
    { cle: 'rejet_motif', titre: $localize`Motif du rejet`, cachee: true, valeur: (p) => p.rejet?.motif ?? '' },
    { cle: 'source', titre: $localize`Origine`, cachee: true, largeur: '5.5rem', valeur: (p) => SOURCES[p.source] },
    { cle: 'reference_externe', titre: $localize`Référence externe`, cachee: true, valeur: (p) => p.reference_externe ?? '' },
    {
      cle: 'cree_le',
      titre: $localize`Saisi le`,
      triable: true,
      cachee: true,
      largeur: '8.5rem',
      valeur: (p) => formaterInstant(p.cree_le),
    },
  ];
}

function montant(
  cle: string,
  titre: string,
  centimes: (paiement: PaiementJson) => number,
  reste: Partial<Colonne<PaiementJson>>,
): Colonne<PaiementJson> {
  const valeur = (p: PaiementJson): string => (cle === 'montant' || centimes(p) ? formaterMontant(centimes(p), p.devise) : '');
  return { cle, titre, valeur, nombre: true, largeur: '6.75rem', triable: reste.tri !== undefined, ...reste };
}
