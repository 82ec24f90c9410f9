/** Reminders for the tests of this family. Never part of the application. */
import { EcarteeVue, LigneVue, PasseVue, RelanceSimulee, RelanceVue, SimulationVue } from '../../api';

export function ligne(change: Partial<LigneVue> = {}): LigneVue {
  return {
    facture_id: 'f1',
    numero: 'FA-2026-000001',
    cycle: 1,
    niveau: 1,
    date_emission: '2026-10-22',
    date_echeance: '2026-11-21',
    jours_retard: 9,
    total_ttc_centimes: 12_000,
    reste_centimes: 12_000,
    interets_centimes: 0,
    indemnite_centimes: 0,
    ...change,
  };
}

/** What a campaign would send to Gamma. */
export function simulee(change: Partial<RelanceSimulee> = {}): RelanceSimulee {
  const { client_id = 'c1', nom = 'Gamma SARL', devise = 'EUR', niveau = 1 } = change;
  const factures = change.factures ?? [ligne({ niveau })];
  const destinataire = change.destinataire ?? { nom, email: `${client_id}@clients.example`, telephone: null, langue: 'fr' };
  return {
    client_id,
    nom,
    type_client: 'ENTREPRISE',
    niveau,
    devise,
    politique: 'standard',
    version_politique: 1,
    envoi: 'AUTOMATIQUE',
    credits_centimes: 0,
    total_du_centimes: 12_000,
    interets_centimes: 0,
    indemnites_centimes: 0,
    factures,
    destinataire,
    sans_adresse: false,
    message: {
      type: 'RelanceDemandee',
      relance_id: 'simulation',
      client_id,
      niveau,
      date_reference: '2026-11-30',
      devise,
      politique: 'standard',
      version_politique: 1,
      destinataire,
      factures,
      credits_centimes: 0,
      total_du_centimes: 12_000,
    },
    ...change,
  };
}

export function ecartee(change: Partial<EcarteeVue> = {}): EcarteeVue {
  return {
    facture_id: 'f9',
    numero: 'FA-2026-000009',
    client_id: 'c9',
    nom: 'Zeta SAS',
    devise: 'EUR',
    date_echeance: '2026-11-27',
    jours_retard: 3,
    reste_centimes: 6_708,
    motif: 'litige',
    detail: 'Facture contestée : livraison incomplète',
    ...change,
  };
}

export function simulation(change: Partial<SimulationVue> = {}): SimulationVue {
  return { date_reference: '2026-11-30', relances: [simulee()], ecartees: [ecartee()], avertissements: [], comparaison: null, ...change };
}

/** A run of reminders in the list of runs. */
export function passe(parametres: Record<string, unknown> = {}, change: Partial<PasseVue> = {}): PasseVue {
  return {
    id: '1',
    job: 'relanceJob',
    statut: 'COMPLETED',
    code_sortie: 'COMPLETED',
    parametres: { date_reference: '2026-11-30', passage: 1, ...parametres },
    cree_le: '2026-11-30T08:00:00Z',
    debut: '2026-11-30T08:00:00Z',
    fin: '2026-11-30T08:00:05Z',
    duree_ms: 5_000,
    lus: 3,
    ecrits: 2,
    filtres: 1,
    ignores: 0,
    rejets: 0,
    ...change,
  };
}

/** A reminder that was decided and sent. */
export function relance(change: Partial<RelanceVue> = {}): RelanceVue {
  return {
    id: 'r1',
    client_id: 'c1',
    nom: 'Gamma SARL',
    niveau: 1,
    devise: 'EUR',
    date_reference: '2026-11-30',
    politique: 'standard',
    version_politique: 1,
    envoi: 'AUTOMATIQUE',
    etat: 'ENVOYEE',
    etat_le: '2026-11-30T08:01:00Z',
    motif: null,
    notification_id: 'n1',
    execution_id: '7',
    rejeu: false,
    credits_centimes: 0,
    total_du_centimes: 12_000,
    factures: [ligne()],
    destinataire: { nom: 'Gamma SARL', email: 'c1@clients.example', telephone: null, langue: 'fr' },
    creee_le: '2026-11-30T08:00:02Z',
    ...change,
  };
}
