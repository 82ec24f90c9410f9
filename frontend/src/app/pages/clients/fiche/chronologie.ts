/** What passed between a client and us, newest first: reminders, mails, disputes, payments, and what comes next. */
import { FactureVue, NotificationJson, PaiementJson, RelanceVue } from '../../../api';
import { formaterDate, jourDe } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { compter } from '../../../kernel/format/texte';
import { ETATS_NOTIFICATION, ETATS_PAIEMENT, ETATS_RELANCE, MOYENS } from '../../../kernel/mots';
import { EtatAffiche } from '../../../kernel/table';
import { Prochaine } from './prochaine';

/** One thing that happened, or will. */
export interface Moment {
  readonly cle: string;
  /** The day, ISO; empty for what is still to come. */
  readonly jour: string;
  readonly quoi: string;
  readonly detail: string;
  readonly etat?: EtatAffiche;
  /** The message whose exact text can be read. */
  readonly notification?: string;
  readonly lien?: string;
}

const MESSAGES: Readonly<Record<NotificationJson['type'], string>> = {
  RelanceDemandee: $localize`Relance`,
  PaiementConfirme: $localize`Confirmation de paiement`,
  FactureAEnvoyer: $localize`Envoi de facture`,
};

/** Everything together; a reminder and the message that carried it are one moment. */
export function chronologie(
  relances: readonly RelanceVue[],
  notifications: readonly NotificationJson[],
  factures: readonly FactureVue[],
  paiements: readonly PaiementJson[],
): Moment[] {
  const portees = new Set(relances.map(({ notification_id }) => notification_id));
  const moments = [
    ...relances.map(deRelance),
    ...notifications.filter(({ id }) => !portees.has(id)).map(deNotification),
    ...factures.flatMap(deLitige),
    ...paiements.map(dePaiement),
  ];
  return moments.sort((a, b) => b.jour.localeCompare(a.jour) || b.cle.localeCompare(a.cle));
}

/** What the next run will do, as the first moment. */
export function aVenir({ quoi, pourquoi }: Prochaine): Moment {
  return { cle: 'a-venir', jour: '', quoi, detail: pourquoi, etat: { mot: $localize`Prévu`, signe: '○', ton: 'discret' } };
}

function deRelance(relance: RelanceVue): Moment {
  const { id, niveau, factures, total_du_centimes, devise, etat, etat_le, creee_le, notification_id, motif } = relance;
  const combien = compter(factures.length, $localize`facture`, $localize`factures`);
  return {
    cle: id,
    jour: jourDe(new Date(etat_le ?? creee_le)),
    quoi: $localize`Relance de niveau ${niveau}`,
    detail: [combien, formaterMontant(total_du_centimes, devise), motif].filter(Boolean).join(', '),
    etat: ETATS_RELANCE[etat],
    notification: notification_id ?? undefined,
  };
}

function deNotification({ id, type, sujet, etat, envoyee_le, cree_le, motif }: NotificationJson): Moment {
  return {
    cle: id,
    jour: jourDe(new Date(envoyee_le ?? cree_le)),
    quoi: MESSAGES[type],
    detail: [sujet, motif].filter(Boolean).join(', '),
    etat: ETATS_NOTIFICATION[etat],
    notification: id,
  };
}

function deLitige({ id, numero, litige }: FactureVue): Moment[] {
  if (!litige) return [];
  const fin = litige.jusqu_au ? $localize`jusqu'au ${formaterDate(litige.jusqu_au)}` : '';
  return [
    {
      cle: `litige ${id}`,
      jour: litige.depuis,
      quoi: $localize`Litige sur ${numero ?? ''}`,
      detail: [litige.motif, fin].filter(Boolean).join(', '),
      etat: litige.jusqu_au ? undefined : { mot: $localize`En cours`, signe: '⚑', ton: 'attention' },
      lien: `/factures/${id}`,
    },
  ];
}

function dePaiement({ id, date_paiement, montant_centimes, devise, moyen, etat }: PaiementJson): Moment {
  return {
    cle: id,
    jour: date_paiement,
    quoi: $localize`Paiement de ${formaterMontant(montant_centimes, devise)}`,
    detail: MOYENS[moyen],
    etat: ETATS_PAIEMENT[etat],
    lien: `/paiements/${id}`,
  };
}
