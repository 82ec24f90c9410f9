/** For tests of the family: an estate as `GET /exploitation` tells it. */
import { Annuaire, Instance } from './parc/modele';

export function instance(id: string, changements: Partial<Instance> = {}, application = 'facture-service'): Instance {
  return {
    id,
    hote: '127.0.0.1',
    port: 8082,
    securise: false,
    statut: 'UP',
    statut_impose: null,
    zone: 'default',
    metadonnees: { 'management.port': '8082' },
    depuis: '2026-11-30T21:18:20.702Z',
    bail: {
      intervalle_s: 5,
      duree_s: 15,
      inscrit_le: '2026-11-30T21:18:20.702Z',
      renouvele_le: '2026-11-30T21:18:20.702Z',
      en_service_depuis: '2026-11-30T21:18:20.702Z',
    },
    appelee: true,
    joignable: true,
    raison: null,
    lien: `/exploitation/${application}/${encodeURIComponent(id)}`,
    ...changements,
  };
}

/** Two of facture-service, a gateway, and a registry that is not registered with itself. */
export function annuaire(changements: Partial<Annuaire> = {}): Annuaire {
  return {
    applications: [
      { nom: 'discovery', instances: [instance('h:8761', { statut: 'UNKNOWN', bail: null, depuis: null, appelee: false }, 'discovery')] },
      {
        nom: 'facture-service',
        instances: [instance('f:1'), instance('f:2', { appelee: false, statut: 'OUT_OF_SERVICE', statut_impose: 'OUT_OF_SERVICE' })],
      },
      { nom: 'gateway', instances: [instance('g:1', {}, 'gateway')] },
    ],
    registre: { adresse: 'http://localhost:8761/eureka', joignable: true, raison: null, lien: '/exploitation/registre/apps' },
    configuration: { adresse: 'http://localhost:8888', lien: '/exploitation/configuration' },
    releve_le: '2026-11-30T21:18:28.015Z',
    ...changements,
  };
}

/** The answer of an instance that has no such endpoint. */
export const SANS_POINT = { status: 404, statusText: '' };
export const CORPS_SANS_POINT = { timestamp: '2026-11-30T21:18:28.015Z', status: 404, error: 'Not Found', path: '/x' };

/** The gateway's answer for an instance that it cannot reach. */
export const INJOIGNABLE = { status: 502, statusText: '' };
export const CORPS_INJOIGNABLE = { title: 'Instance injoignable', code: 'instance-injoignable', detail: '« f:1 » refuse la connexion.' };
