/** Executions for tests. Never part of the application. */
import { EtapeVue, ExecutionVue } from '../../api';

export function etape(nom: string, lus: number, attendus: number | null = null, statut = 'STARTED'): EtapeVue {
  return { nom, statut, lus, ecrits: lus, filtres: 0, ignores: 0, attendus, duree_ms: 10 };
}

/** A run of reminders under way. */
export function execution(change: Partial<ExecutionVue> = {}): ExecutionVue {
  return {
    id: '7',
    job: 'relanceJob',
    statut: 'STARTED',
    code_sortie: 'EXECUTING',
    parametres: { date_reference: '2026-12-01', passage: 1 },
    cree_le: '2026-12-01T08:00:00Z',
    debut: '2026-12-01T08:00:00Z',
    fin: null,
    duree_ms: 10,
    etapes: [],
    echecs: [],
    rejets: 0,
    rejeu: null,
    exclusions: [],
    ...change,
  };
}
