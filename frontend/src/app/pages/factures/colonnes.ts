import { FactureVue } from '../../api';
import { formaterDate } from '../../kernel/format/date';
import { formaterMontant } from '../../kernel/format/montant';
import { Colonne, EtatAffiche } from '../../kernel/table';

const DOCUMENT: Record<FactureVue['statut_document'], EtatAffiche> = {
  BROUILLON: { mot: $localize`Brouillon`, signe: '✎', ton: 'discret' },
  EMISE: { mot: $localize`Émise`, signe: '●', ton: 'bien' },
  AVOIREE_TOTALE: { mot: $localize`Avoirée`, signe: '↺', ton: 'discret' },
};

const REGLEMENT: Record<FactureVue['statut_reglement'], EtatAffiche> = {
  NON_PAYEE: { mot: $localize`Non payée`, signe: '○', ton: 'attention' },
  PARTIELLE: { mot: $localize`Partielle`, signe: '◐', ton: 'attention' },
  PAYEE: { mot: $localize`Payée`, signe: '●', ton: 'bien' },
};

export const COLONNES: readonly Colonne<FactureVue>[] = [
  {
    cle: 'numero',
    titre: $localize`Numéro`,
    triable: true,
    largeur: '8rem',
    priorite: 1,
    valeur: (f) => f.numero ?? $localize`(brouillon)`,
  },
  { cle: 'client', titre: $localize`Client`, priorite: 1, valeur: (f) => f.client?.nom_affiche ?? '' },
  {
    cle: 'date_emission',
    titre: $localize`Émission`,
    triable: true,
    largeur: '5.75rem',
    priorite: 3,
    valeur: (f) => (f.date_emission ? formaterDate(f.date_emission) : ''),
  },
  {
    cle: 'date_echeance',
    titre: $localize`Échéance`,
    triable: true,
    largeur: '5.75rem',
    priorite: 2,
    valeur: (f) => (f.date_echeance ? formaterDate(f.date_echeance) : ''),
  },
  {
    cle: 'retard',
    titre: $localize`Retard`,
    nombre: true,
    largeur: '4.5rem',
    priorite: 3,
    valeur: (f) => (f.jours_retard ? $localize`${f.jours_retard} j` : ''),
  },
  {
    cle: 'total_ttc_centimes',
    titre: $localize`Total TTC`,
    triable: true,
    nombre: true,
    largeur: '6.75rem',
    priorite: 2,
    valeur: (f) => formaterMontant(f.total_ttc_centimes, f.devise),
  },
  {
    cle: 'reste_centimes',
    titre: $localize`Reste dû`,
    triable: true,
    nombre: true,
    largeur: '6.75rem',
    priorite: 1,
    valeur: (f) => formaterMontant(f.reste_centimes, f.devise),
  },
  {
    cle: 'statut_document',
    titre: $localize`Document`,
    largeur: '6.5rem',
    priorite: 4,
    valeur: (f) => DOCUMENT[f.statut_document].mot,
    etat: (f) => DOCUMENT[f.statut_document],
  },
  {
    cle: 'statut_reglement',
    titre: $localize`Règlement`,
    largeur: '7rem',
    priorite: 2,
    valeur: (f) => REGLEMENT[f.statut_reglement].mot,
    etat: (f) => REGLEMENT[f.statut_reglement],
  },
];
