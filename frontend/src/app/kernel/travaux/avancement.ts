import { EtapeVue, ExecutionVue } from '../../api';
import { formaterDate } from '../format/date';
import { EtatAffiche } from '../table';

/** How far a job has come. */
export interface Avancement {
  /** 0 to 100, whole. */
  readonly pourCent: number;
  /** What is being done, in words. */
  readonly etape: string;
  /** Elements done of the present step, and how many there are where that is known. */
  readonly fait: number;
  readonly attendu: number | undefined;
}

/** What a job is, for those who watch it: its steps with the share of the whole that each takes. */
interface Sorte {
  readonly titre: (execution: ExecutionVue) => string;
  /** Its own page; without one, the page of any run. */
  readonly lien?: (id: string) => string;
  readonly parts: Readonly<Record<string, number>>;
}

const SORTES: Readonly<Record<string, Sorte | undefined>> = {
  relanceJob: {
    titre: ({ parametres }) => $localize`Relances du ${jour(parametres['date_reference'])}`,
    lien: (id) => `/relances/campagnes/${id}`,
    parts: { relances: 1 },
  },
  repriseJob: {
    titre: () => $localize`Reprise d'un fichier`,
    parts: { lecture: 1, clients: 1, factures: 2, paiements: 6 },
  },
};

const ETAPES: Readonly<Record<string, string | undefined>> = {
  preparation: $localize`Préparation`,
  relances: $localize`Relances`,
  lecture: $localize`Lecture du fichier`,
  clients: $localize`Clients`,
  factures: $localize`Factures`,
  paiements: $localize`Paiements`,
  controle: $localize`Contrôle des totaux`,
};

export const STATUTS: Record<ExecutionVue['statut'], EtatAffiche> = {
  STARTING: { mot: $localize`Démarre`, signe: '◷', ton: 'discret' },
  STARTED: { mot: $localize`En cours`, signe: '◌', ton: 'discret' },
  COMPLETED: { mot: $localize`Terminé`, signe: '✓', ton: 'bien' },
  FAILED: { mot: $localize`En échec`, signe: '✕', ton: 'mal' },
  STOPPED: { mot: $localize`Arrêté`, signe: '■', ton: 'attention' },
  ABANDONED: { mot: $localize`Abandonné`, signe: '✕', ton: 'attention' },
} as Record<ExecutionVue['statut'], EtatAffiche>;

/** Whether it still runs. */
export function tourne({ statut }: Pick<ExecutionVue, 'statut'>): boolean {
  return statut === 'STARTING' || statut === 'STARTED';
}

/** What it is called. */
export function titreDe(execution: ExecutionVue): string {
  return SORTES[execution.job]?.titre(execution) ?? execution.job;
}

/** The page that reports on it. */
export function lienDe({ job, id }: Pick<ExecutionVue, 'job' | 'id'>): string {
  return SORTES[job]?.lien?.(id) ?? `/supervision/traitements/${id}`;
}

/** The name of a step in words. */
export function nomDEtape(nom: string): string {
  return ETAPES[nom] ?? nom;
}

export function avancement(execution: ExecutionVue): Avancement {
  const derniere = execution.etapes.at(-1);
  const { lus = 0, attendus } = derniere ?? {};
  return {
    pourCent: execution.statut === 'COMPLETED' ? 100 : pourCent(execution),
    etape: derniere ? nomDEtape(derniere.nom) : nomDEtape('preparation'),
    fait: lus,
    attendu: attendus ?? undefined,
  };
}

function pourCent({ job, etapes }: ExecutionVue): number {
  const parts = SORTES[job]?.parts ?? Object.fromEntries(etapes.map(({ nom }) => [nom, 1]));
  const tout = Object.values(parts).reduce((a, b) => a + b, 0);
  const fait = etapes.reduce((somme, etape) => somme + (parts[etape.nom] ?? 0) * fraction(etape), 0);
  return tout ? Math.min(Math.floor((100 * fait) / tout), 99) : 0;
}

function fraction({ statut, lus, attendus }: EtapeVue): number {
  if (statut === 'COMPLETED') return 1;
  return attendus ? Math.min(lus / attendus, 1) : 0;
}

function jour(iso: unknown): string {
  return typeof iso === 'string' ? formaterDate(iso) : '';
}
