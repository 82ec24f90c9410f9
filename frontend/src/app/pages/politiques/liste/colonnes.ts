import { PolitiqueVue } from '../../../api';
import { formaterInstant } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { Colonne } from '../../../kernel/table';
import { direEchelle, direJours } from '../mots';

export const COLONNES: readonly Colonne<PolitiqueVue>[] = [
  {
    cle: 'libelle',
    titre: $localize`Politique`,
    priorite: 1,
    valeur: ({ libelle, nom }) => libelle || nom,
    lien: ({ nom }) => `/relances/politiques/${encodeURIComponent(nom)}`,
  },
  { cle: 'niveaux', titre: $localize`Relances après`, largeur: '14rem', priorite: 1, valeur: ({ niveaux }) => direEchelle(niveaux) },
  {
    cle: 'penalites',
    titre: $localize`Pénalités`,
    largeur: '10rem',
    priorite: 3,
    valeur: ({ niveaux }) => direPenalites(niveaux.find(({ penalites }) => penalites)?.niveau),
  },
  {
    cle: 'indemnite_centimes',
    titre: $localize`Indemnité`,
    nombre: true,
    largeur: '6rem',
    priorite: 4,
    valeur: ({ indemnite_centimes }) => formaterMontant(indemnite_centimes ?? 4000),
  },
  {
    cle: 'minimum_centimes',
    titre: $localize`Minimum`,
    nombre: true,
    largeur: '6rem',
    priorite: 4,
    valeur: ({ minimum_centimes }) => formaterMontant(minimum_centimes ?? 500),
  },
  {
    cle: 'intervalle_min_jours',
    titre: $localize`Intervalle`,
    nombre: true,
    largeur: '6rem',
    priorite: 4,
    valeur: ({ intervalle_min_jours }) => direJours(intervalle_min_jours ?? 7),
  },
  { cle: 'version', titre: $localize`Version`, nombre: true, largeur: '5rem', priorite: 2, valeur: ({ version }) => String(version) },
  {
    cle: 'modifie_le',
    titre: $localize`Depuis le`,
    largeur: '9rem',
    priorite: 2,
    valeur: ({ modifie_le }) => formaterInstant(modifie_le),
  },
];

function direPenalites(depuis: number | undefined): string {
  return depuis ? $localize`dès le niveau ${depuis}` : $localize`jamais`;
}
