import { NotificationJson } from '../../../api';
import { formaterInstant } from '../../../kernel/format/date';
import { ETATS_NOTIFICATION } from '../../../kernel/mots';
import { Colonne } from '../../../kernel/table';
import { CANAUX, TYPES } from '../etats';

/** The columns of the log, under the names of its CSV. */
export const COLONNES: readonly Colonne<NotificationJson>[] = [
  { cle: 'cree_le', titre: $localize`Heure`, triable: true, largeur: '8.5rem', priorite: 1, valeur: (n) => formaterInstant(n.cree_le) },
  { cle: 'canal', titre: $localize`Canal`, triable: true, largeur: '5.5rem', priorite: 4, valeur: (n) => CANAUX[n.canal] },
  {
    cle: 'destinataire',
    titre: $localize`Destinataire`,
    triable: true,
    largeur: '11rem',
    priorite: 1,
    valeur: (n) => n.destinataire?.nom ?? $localize`(inconnu)`,
  },
  { cle: 'sujet', titre: $localize`Objet`, priorite: 2, valeur: (n) => n.sujet ?? '' },
  { cle: 'type', titre: $localize`Modèle`, triable: true, largeur: '8rem', priorite: 3, valeur: (n) => TYPES[n.type] },
  { cle: 'numeros', titre: $localize`Factures`, largeur: '9rem', priorite: 3, valeur: (n) => n.numeros.join(', ') },
  {
    cle: 'etat',
    titre: $localize`État`,
    triable: true,
    largeur: '9rem',
    priorite: 1,
    valeur: (n) => ETATS_NOTIFICATION[n.etat].mot,
    etat: (n) => ETATS_NOTIFICATION[n.etat],
  },
  {
    cle: 'nombre_tentatives',
    titre: $localize`Essais`,
    nombre: true,
    largeur: '4rem',
    priorite: 4,
    valeur: (n) => String(n.nombre_tentatives),
  },
  { cle: 'envoyee_le', titre: $localize`Envoyée le`, triable: true, largeur: '8.5rem', cachee: true, valeur: (n) => instant(n.envoyee_le) },
  { cle: 'email', titre: $localize`Courriel`, cachee: true, valeur: (n) => n.destinataire?.email ?? '' },
  { cle: 'telephone', titre: $localize`Téléphone`, cachee: true, valeur: (n) => n.destinataire?.telephone ?? '' },
  {
    cle: 'niveau',
    titre: $localize`Niveau`,
    cachee: true,
    nombre: true,
    largeur: '4rem',
    valeur: (n) => (n.niveau ? String(n.niveau) : ''),
  },
  { cle: 'motif', titre: $localize`Motif`, cachee: true, valeur: (n) => n.motif ?? '' },
  { cle: 'prochain_essai', titre: $localize`Prochain essai`, cachee: true, largeur: '8.5rem', valeur: (n) => instant(n.prochain_essai) },
  { cle: 'fournisseur_id', titre: $localize`Identifiant du fournisseur`, cachee: true, valeur: (n) => n.fournisseur_id ?? '' },
  {
    cle: 'modifie_le',
    titre: $localize`Modifiée le`,
    triable: true,
    cachee: true,
    largeur: '8.5rem',
    valeur: (n) => formaterInstant(n.modifie_le),
  },
];

function instant(texte: string | null): string {
  return texte ? formaterInstant(texte) : '';
}
