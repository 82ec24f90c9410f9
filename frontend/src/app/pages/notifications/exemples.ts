/** Notifications for the tests of this family. Never part of the application. */
import { NotificationEntiereJson, NotificationJson } from '../../api';

/** A reminder that was sent. */
export function notification(change: Partial<NotificationJson> = {}): NotificationJson {
  return {
    id: 'n1',
    message_id: 'm1',
    type: 'RelanceDemandee',
    canal: 'EMAIL',
    etat: 'ENVOYEE',
    motif: null,
    niveau: 1,
    client_id: 'c1',
    facture_ids: ['f1'],
    numeros: ['FA-2026-000001'],
    destinataire: { nom: 'Gamma SARL', email: 'compta@gamma.example', telephone: null, langue: 'fr' },
    sujet: 'Rappel, 120,00 € à régler',
    fournisseur_id: '<m1@ressort.example>',
    nombre_tentatives: 1,
    envoyee_le: '2026-11-20T09:00:00Z',
    prochain_essai: null,
    cree_le: '2026-11-20T08:59:58Z',
    modifie_le: '2026-11-20T09:00:00Z',
    ...change,
  };
}

/** The same with its texts and attempts. */
export function entiere(change: Partial<NotificationEntiereJson> = {}): NotificationEntiereJson {
  return {
    ...notification(),
    texte: 'Bonjour,',
    html: '<p>Bonjour,</p>',
    message: {},
    tentatives: [{ le: '2026-11-20T09:00:00Z', resultat: 'ACCEPTEE', detail: '<m1@ressort.example>' }],
    ...change,
  };
}
