import { RelanceVue } from '../../api';
import { formaterDate, formaterInstant } from '../../kernel/format/date';
import { formaterMontant } from '../../kernel/format/montant';
import { ETATS_RELANCE } from '../../kernel/mots';
import { Colonne } from '../../kernel/table';
import { suiteDe } from './mots';

/** Where the message of a reminder is read, once there is one. */
function message({ notification_id }: RelanceVue): string | undefined {
  return notification_id ? `/notifications/${notification_id}` : undefined;
}

const CLIENT: Colonne<RelanceVue> = {
  cle: 'client',
  tri: 'nom',
  titre: $localize`Client`,
  triable: true,
  priorite: 1,
  valeur: (r) => r.nom,
  lien: (r) => `/clients/${r.client_id}`,
};
const NIVEAU: Colonne<RelanceVue> = {
  cle: 'niveau',
  titre: $localize`Niveau`,
  triable: true,
  nombre: true,
  largeur: '4.5rem',
  priorite: 1,
  valeur: (r) => String(r.niveau),
};
const ETAT: Colonne<RelanceVue> = {
  cle: 'etat',
  titre: $localize`État`,
  triable: true,
  largeur: '9rem',
  priorite: 1,
  valeur: (r) => ETATS_RELANCE[r.etat].mot,
  etat: (r) => ETATS_RELANCE[r.etat],
};
const TOTAL: Colonne<RelanceVue> = {
  cle: 'total_du',
  tri: 'total_du_centimes',
  titre: $localize`Reste dû`,
  triable: true,
  nombre: true,
  largeur: '7rem',
  priorite: 1,
  valeur: (r) => formaterMontant(r.total_du_centimes, r.devise),
};
const MOTIF: Colonne<RelanceVue> = { cle: 'motif', titre: $localize`Motif`, priorite: 3, valeur: (r) => r.motif ?? '' };

/** The report of a campaign: what came of each reminder, and what remains to be done. */
export const COLONNES_DU_RAPPORT: readonly Colonne<RelanceVue>[] = [
  CLIENT,
  NIVEAU,
  ETAT,
  TOTAL,
  MOTIF,
  { cle: 'suite', titre: $localize`Ce qui reste à faire`, priorite: 2, valeur: suiteDe },
  {
    cle: 'message',
    titre: $localize`Message`,
    largeur: '6rem',
    priorite: 1,
    valeur: (r) => (r.notification_id ? $localize`Lire` : ''),
    lien: message,
  },
];

/** The list of reminders, under the names of its CSV. */
export const COLONNES: readonly Colonne<RelanceVue>[] = [
  {
    cle: 'date_reference',
    titre: $localize`Date`,
    triable: true,
    largeur: '6.5rem',
    priorite: 1,
    valeur: (r) => formaterDate(r.date_reference),
  },
  CLIENT,
  NIVEAU,
  ETAT,
  TOTAL,
  {
    cle: 'factures',
    titre: $localize`Factures`,
    largeur: '10rem',
    priorite: 3,
    valeur: (r) => r.factures.map(({ numero }) => numero).join(', '),
  },
  MOTIF,
  { cle: 'courriel', titre: $localize`Courriel`, cachee: true, valeur: (r) => r.destinataire?.email ?? '' },
  { cle: 'telephone', titre: $localize`Téléphone`, cachee: true, valeur: (r) => r.destinataire?.telephone ?? '' },
  {
    cle: 'credits',
    titre: $localize`Avoirs déduits`,
    nombre: true,
    largeur: '7rem',
    cachee: true,
    valeur: (r) => montant(r, r.credits_centimes),
  },
  {
    cle: 'interets',
    titre: $localize`Intérêts`,
    nombre: true,
    largeur: '7rem',
    cachee: true,
    valeur: (r) =>
      montant(
        r,
        somme(r, ({ interets_centimes }) => interets_centimes),
      ),
  },
  {
    cle: 'indemnites',
    titre: $localize`Indemnités`,
    nombre: true,
    largeur: '7rem',
    cachee: true,
    valeur: (r) =>
      montant(
        r,
        somme(r, ({ indemnite_centimes }) => indemnite_centimes),
      ),
  },
  {
    cle: 'envoi',
    titre: $localize`Envoi`,
    largeur: '7rem',
    cachee: true,
    valeur: (r) => (r.envoi === 'MANUEL' ? $localize`à confirmer` : $localize`automatique`),
  },
  { cle: 'politique', titre: $localize`Politique`, largeur: '8rem', cachee: true, valeur: (r) => r.politique },
  {
    cle: 'creee_le',
    titre: $localize`Décidée le`,
    triable: true,
    largeur: '8.5rem',
    priorite: 4,
    valeur: (r) => formaterInstant(r.creee_le),
  },
  {
    cle: 'etat_le',
    titre: $localize`État du`,
    triable: true,
    largeur: '8.5rem',
    cachee: true,
    valeur: (r) => (r.etat_le ? formaterInstant(r.etat_le) : ''),
  },
  {
    cle: 'execution_id',
    titre: $localize`Campagne`,
    nombre: true,
    largeur: '6rem',
    priorite: 4,
    valeur: (r) => r.execution_id,
    lien: (r) => `/relances/campagnes/${r.execution_id}`,
  },
];

function montant({ devise }: RelanceVue, centimes: number | null): string {
  return centimes === null ? $localize`taux légal en sus` : formaterMontant(centimes, devise);
}

/** The sum over the invoices, nothing when one of them is not known. */
function somme({ factures }: RelanceVue, de: (ligne: RelanceVue['factures'][number]) => number | null): number | null {
  return factures.reduce<number | null>((total, ligne) => {
    const valeur = de(ligne);
    return total === null || valeur === null ? null : total + valeur;
  }, 0);
}
