/** Runs of jobs in words. */
import { EtapeVue, PasseVue } from '../../../api';
import { EtatAffiche } from '../../../kernel/table';
import { enTexte } from '../sante/sante-json';

export type Statut = PasseVue['statut'];

const ETATS: Readonly<Record<Statut, EtatAffiche>> = {
  STARTING: { mot: $localize`démarre`, signe: '…', ton: 'attention' },
  STARTED: { mot: $localize`en cours`, signe: '▶', ton: 'attention' },
  COMPLETED: { mot: $localize`terminée`, signe: '✓', ton: 'bien' },
  FAILED: { mot: $localize`échouée`, signe: '✕', ton: 'mal' },
  STOPPED: { mot: $localize`arrêtée`, signe: '‖', ton: 'attention' },
  ABANDONED: { mot: $localize`abandonnée`, signe: '⊘', ton: 'discret' },
};

/** The states one may ask for, in the order shown. */
export const STATUTS = Object.keys(ETATS) as Statut[];

export function statutEnMots(statut: string): EtatAffiche {
  return (ETATS as Readonly<Record<string, EtatAffiche | undefined>>)[statut] ?? { mot: statut, signe: '?', ton: 'discret' };
}

/** Whether it goes on by itself, so that looking again is worth it. */
export function estEnCours({ statut }: Pick<PasseVue, 'statut'>): boolean {
  return statut === 'STARTING' || statut === 'STARTED';
}

/** Whether it may be restarted or given up. */
export function estInterrompue({ statut }: Pick<PasseVue, 'statut'>): boolean {
  return statut === 'FAILED' || statut === 'STOPPED';
}

/** What tells one run of a job from another; a restart has the same parameters. */
type Passage = Pick<PasseVue, 'id' | 'job' | 'parametres'>;

/** The run that went on with an interrupted one, the latest if several did, among those that are known. */
export function reprisePar(passe: Passage, connues: readonly Passage[]): string | undefined {
  const suites = connues.filter(
    ({ id, job, parametres }) => Number(id) > Number(passe.id) && job === passe.job && memes(parametres, passe.parametres),
  );
  return suites.sort((a, b) => Number(b.id) - Number(a.id))[0]?.id;
}

function memes(a: Passage['parametres'], b: Passage['parametres']): boolean {
  const ecrits = (parametres: Passage['parametres']): string =>
    JSON.stringify(Object.entries(parametres).sort(([x], [y]) => x.localeCompare(y)));
  return ecrits(a) === ecrits(b);
}

/** `date_reference: 2026-11-30, passage: 1`, without what nobody asked for. */
export function parametresEnMots(parametres: Readonly<Record<string, unknown>>): string {
  return Object.entries(parametres)
    .filter(([, valeur]) => valeur !== null)
    .map(([nom, valeur]) => `${nom}: ${enTexte(valeur)}`)
    .join(', ');
}

/** How far the step that runs is: 0 to 1, undefined where the end is not known. */
export function avancement({ lus, ignores, attendus, statut }: EtapeVue): number | undefined {
  if (statut === 'COMPLETED') return 1;
  return attendus ? Math.min(1, (lus + ignores) / attendus) : undefined;
}
