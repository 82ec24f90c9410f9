/** Policies for the tests of this family. Never part of the application. */
import { PolitiqueVue, RelanceSimulee, SimulationVue } from '../../api';

/** The standard ladder: 5, 15, 30 and 45 days, the last one by hand. */
export function politique(change: Partial<PolitiqueVue> = {}): PolitiqueVue {
  return {
    nom: 'standard',
    libelle: 'Relances standard',
    version: 3,
    intervalle_min_jours: 7,
    minimum_centimes: 500,
    indemnite_centimes: 4000,
    niveaux: [
      { niveau: 1, delai_jours: 5, penalites: false, envoi: 'AUTOMATIQUE' },
      { niveau: 2, delai_jours: 15, penalites: true, envoi: 'AUTOMATIQUE' },
      { niveau: 3, delai_jours: 30, penalites: true, envoi: 'AUTOMATIQUE' },
      { niveau: 4, delai_jours: 45, penalites: true, envoi: 'MANUEL' },
    ],
    modifie_le: '2026-11-30T09:42:00Z',
    ...change,
  };
}

/** A reminder that a run would ask for. */
export function relance(id: string, niveau: number, change: Partial<RelanceSimulee> = {}): RelanceSimulee {
  const destinataire = { nom: `Client ${id}`, email: `${id}@x.example`, telephone: null, langue: 'fr' };
  const [devise, total_du_centimes, politique, version_politique] = ['EUR', 10_000, 'standard', 3];
  return {
    client_id: id,
    nom: `Client ${id}`,
    type_client: 'ENTREPRISE',
    niveau,
    devise,
    politique,
    version_politique,
    envoi: 'AUTOMATIQUE',
    credits_centimes: 0,
    total_du_centimes,
    interets_centimes: 0,
    indemnites_centimes: 0,
    factures: [],
    destinataire,
    sans_adresse: false,
    message: {
      type: 'RelanceDemandee',
      relance_id: 'simulation',
      client_id: id,
      niveau,
      date_reference: '2026-11-30',
      devise,
      politique,
      version_politique,
      credits_centimes: 0,
      total_du_centimes,
      destinataire,
      factures: [],
    },
    ...change,
  };
}

export function simulation(relances: RelanceSimulee[], change: Partial<SimulationVue> = {}): SimulationVue {
  return { date_reference: '2026-11-30', relances, ecartees: [], avertissements: [], comparaison: null, ...change };
}
