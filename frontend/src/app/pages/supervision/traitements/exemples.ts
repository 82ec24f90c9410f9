/** For tests: runs as batch tells them. */
import { EtapeVue, ExecutionVue, JobVue, PasseVue } from '../../../api';

export const JOBS: JobVue[] = [
  { nom: 'relanceJob', parametres: [], cron: '0 0 9 * * MON-FRI', zone: 'Europe/Paris', prochain: '2026-12-01T08:00:00Z' },
  { nom: 'repriseJob', parametres: [], cron: null, zone: null, prochain: null },
];

export function passe(id: string, changements: Partial<PasseVue> = {}): PasseVue {
  return {
    id,
    job: 'relanceJob',
    statut: 'COMPLETED',
    code_sortie: 'COMPLETED',
    parametres: { date_reference: '2026-11-30', exclusions: null },
    cree_le: '2026-11-30T08:00:00Z',
    debut: '2026-11-30T08:00:01Z',
    fin: '2026-11-30T08:00:17Z',
    duree_ms: 16_100,
    lus: 7_498,
    ecrits: 7_191,
    filtres: 307,
    ignores: 0,
    rejets: 0,
    ...changements,
  };
}

export function etape(nom: string, changements: Partial<EtapeVue> = {}): EtapeVue {
  return { nom, statut: 'COMPLETED', lus: 10, ecrits: 10, filtres: 0, ignores: 0, attendus: 10, duree_ms: 639, ...changements };
}

export function execution(id: string, changements: Partial<ExecutionVue> = {}): ExecutionVue {
  return {
    id,
    job: 'relanceJob',
    statut: 'COMPLETED',
    code_sortie: 'COMPLETED',
    parametres: { date_reference: '2026-11-30', exclusions: null },
    cree_le: '2026-11-30T08:00:00Z',
    debut: '2026-11-30T08:00:01Z',
    fin: '2026-11-30T08:00:17Z',
    duree_ms: 16_100,
    etapes: [etape('lecture'), etape('envoi')],
    echecs: [],
    exclusions: [],
    rejets: 0,
    rejeu: null,
    ...changements,
  };
}
