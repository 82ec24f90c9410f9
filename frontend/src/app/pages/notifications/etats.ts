import { Canal, NotificationEntiereJson, NotificationJson, Resultat, TypeMessage } from '../../api';
import { EtatAffiche } from '../../kernel/table';

export const CANAUX: Record<Canal, string> = {
  EMAIL: $localize`Courriel`,
  SMS: $localize`SMS`,
  COURRIER: $localize`Courrier`,
};

export const TYPES: Record<TypeMessage, string> = {
  PaiementConfirme: $localize`Reçu de paiement`,
  RelanceDemandee: $localize`Relance`,
  FactureAEnvoyer: $localize`Facture`,
};

export const RESULTATS: Record<Resultat, EtatAffiche> = {
  ACCEPTEE: { mot: $localize`Acceptée par le serveur du destinataire`, signe: '●', ton: 'bien' },
  REPORTEE: { mot: $localize`Reportée`, signe: '◷', ton: 'attention' },
  REFUSEE: { mot: $localize`Refusée`, signe: '✕', ton: 'mal' },
  INCONNUE: { mot: $localize`Résultat inconnu : peut-être reçue`, signe: '?', ton: 'attention' },
  ANNULEE: { mot: $localize`Annulée`, signe: '↺', ton: 'discret' },
  SANS_ADRESSE: { mot: $localize`Sans adresse`, signe: '▲', ton: 'attention' },
  POSTEE: { mot: $localize`Postée`, signe: '●', ton: 'bien' },
  DEMANDEE: { mot: $localize`Renvoi demandé`, signe: '→', ton: 'discret' },
};

/** Nobody can be reached: a person has to complete the client's form first. */
export function estSansAdresse({ etat, destinataire }: Pick<NotificationJson, 'etat' | 'destinataire'>): boolean {
  return etat === 'A_TRAITER' && !destinataire?.email && !destinataire?.telephone;
}

/** A formal notice waits for a person to confirm it. */
export function estAConfirmer(notification: Pick<NotificationJson, 'etat' | 'destinataire' | 'type'>): boolean {
  return notification.etat === 'A_TRAITER' && notification.type === 'RelanceDemandee' && !estSansAdresse(notification);
}

/** Its letter may be printed and posted: nothing else brings it to its recipient. */
export function estAPoster({ etat, html }: Pick<NotificationEntiereJson, 'etat' | 'html'>): boolean {
  return (etat === 'A_TRAITER' || etat === 'ECHEC') && html !== null;
}

/** Where it goes: an address or a number. */
export function adresseDe({ destinataire, canal }: Pick<NotificationJson, 'destinataire' | 'canal'>): string {
  return (canal === 'SMS' ? destinataire?.telephone : (destinataire?.email ?? destinataire?.telephone)) ?? '';
}
