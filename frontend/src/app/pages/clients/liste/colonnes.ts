import { Signal } from '@angular/core';
import { ClientJson } from '../../../api';
import { formaterDate, jourDe } from '../../../kernel/format/date';
import { Colonne } from '../../../kernel/table';
import { direEncours, Encours } from '../encours';
import { direConditions, direSuspension, estSuspendu, etatDuClient, TYPES } from '../mots';

/** A column, and its value in a spreadsheet where that is not its text (an amount in cents). */
export interface ColonneDeClients extends Colonne<ClientJson> {
  readonly brut?: (client: ClientJson) => string | number;
}

const jour = (instant: string): string => formaterDate(jourDe(new Date(instant)));

/** The columns; what clients owe comes from facture-service, the rest under the names of client-service. */
export function colonnesDesClients(encours: Signal<ReadonlyMap<string, readonly Encours[]>>): readonly ColonneDeClients[] {
  const montant = (quoi: 'encours' | 'retard'): Pick<ColonneDeClients, 'nombre' | 'largeur' | 'valeur' | 'brut'> => ({
    nombre: true,
    largeur: '7rem',
    valeur: ({ id }: ClientJson) => direEncours(encours().get(id), quoi),
    brut: ({ id }: ClientJson) => {
      const connus = encours().get(id) ?? [];
      return connus.length > 1 ? direEncours(connus, quoi) : (connus[0]?.[quoi] ?? 0);
    },
  });
  return [
    { cle: 'nom_affiche', titre: $localize`Nom`, triable: true, priorite: 1, valeur: (c) => c.nom_affiche },
    { cle: 'type', titre: $localize`Type`, triable: true, largeur: '6.5rem', priorite: 3, valeur: (c) => TYPES[c.type] },
    { cle: 'siren', titre: $localize`SIREN`, triable: true, largeur: '6.5rem', priorite: 3, valeur: (c) => c.siren ?? '' },
    { cle: 'ville', titre: $localize`Ville`, triable: true, largeur: '7.5rem', priorite: 4, valeur: (c) => c.adresse?.ville ?? '' },
    { cle: 'encours', titre: $localize`Encours`, priorite: 1, ...montant('encours') },
    { cle: 'en_retard', titre: $localize`En retard`, priorite: 2, ...montant('retard') },
    {
      cle: 'politique_relance',
      titre: $localize`Politique`,
      largeur: '6rem',
      priorite: 4,
      valeur: (c) => c.politique_relance ?? '',
    },
    {
      cle: 'etat',
      titre: $localize`État`,
      largeur: '9.5rem',
      priorite: 2,
      valeur: (c) => etatDuClient(c).mot,
      etat: etatDuClient,
    },
    { cle: 'email', titre: $localize`Courriel`, cachee: true, priorite: 3, valeur: (c) => c.email ?? '' },
    { cle: 'telephone', titre: $localize`Téléphone`, cachee: true, largeur: '9rem', priorite: 3, valeur: (c) => c.telephone ?? '' },
    { cle: 'siret', titre: $localize`SIRET`, cachee: true, largeur: '9.5rem', priorite: 3, valeur: (c) => c.siret ?? '' },
    {
      cle: 'reference_externe',
      titre: $localize`Référence externe`,
      cachee: true,
      triable: true,
      largeur: '9rem',
      priorite: 3,
      valeur: (c) => c.reference_externe ?? '',
    },
    {
      cle: 'conditions_paiement',
      titre: $localize`Conditions`,
      cachee: true,
      largeur: '12rem',
      priorite: 3,
      valeur: (c) => direConditions(c.conditions_paiement),
    },
    {
      cle: 'suspension',
      titre: $localize`Suspension`,
      cachee: true,
      priorite: 3,
      valeur: (c) => (c.suspension && estSuspendu(c.suspension) ? direSuspension(c.suspension) : ''),
    },
    {
      cle: 'cree_le',
      titre: $localize`Créé le`,
      cachee: true,
      triable: true,
      largeur: '5.75rem',
      priorite: 3,
      valeur: (c) => jour(c.cree_le),
    },
    {
      cle: 'modifie_le',
      titre: $localize`Modifié le`,
      cachee: true,
      triable: true,
      largeur: '6.5rem',
      priorite: 3,
      valeur: (c) => jour(c.modifie_le),
    },
  ];
}
