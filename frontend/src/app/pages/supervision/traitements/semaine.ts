/** The runs of seven days: today and the six days before, Paris time, and where each stands on that line of time. */
import { computed, effect, Signal, signal, untracked } from '@angular/core';
import { GetJobsExecutionsResponse, PasseVue } from '../../../api';
import { getJobsExecutionsRequest } from '../../../api/@angular/common.gen';
import { Lecture, lireListe, Liste } from '../../../kernel/data';
import { jourDe, minuitDe, plusJours } from '../../../kernel/format/date';
import { estEnCours } from './executions';

const JOURS = 7;
const PAR_LECTURE = 200;
/** A week with more runs than this is drawn from the newest ones only, and says so. */
export const AU_PLUS = 1_000;

/** What is drawn: instants in milliseconds since 1970. */
export interface Fenetre {
  readonly debut: number;
  readonly fin: number;
  /** Each day with its midnight. */
  readonly jours: readonly { readonly jour: string; readonly minuit: number }[];
}

export interface Semaine {
  /** Every run that was read, the newest first: what the list shows included. */
  readonly connues: Signal<readonly PasseVue[]>;
  readonly lecture: Lecture<GetJobsExecutionsResponse>;
  /** There are more of them than one reads. */
  readonly tronquee: Signal<boolean>;
}

/** The seven days that end with the one of `maintenant`; one of them may have 23 or 25 hours. */
export function fenetreDe(maintenant: number): Fenetre {
  const dernier = jourDe(new Date(maintenant));
  const jours = Array.from({ length: JOURS }, (_, rang) => plusJours(dernier, rang - JOURS + 1));
  const minuits = jours.map((jour) => ({ jour, minuit: minuitDe(jour).getTime() }));
  return { debut: minuits[0]?.minuit ?? maintenant, fin: minuitDe(plusJours(dernier, 1)).getTime(), jours: minuits };
}

/** From when to when a run went; until now while it goes on. */
export function dureeDe(passe: PasseVue, maintenant: number): [number, number] {
  const debut = Date.parse(passe.debut ?? passe.cree_le);
  const fin = passe.fin ? Date.parse(passe.fin) : estEnCours(passe) ? maintenant : debut + passe.duree_ms;
  return [debut, Math.max(debut, fin)];
}

/** The runs of a window, the oldest first. */
export function dansFenetre(passes: readonly PasseVue[], { debut, fin }: Fenetre, maintenant: number): PasseVue[] {
  const visibles = passes.filter((passe) => {
    const [de, a] = dureeDe(passe, maintenant);
    return a >= debut && de < fin;
  });
  return visibles.sort((a, b) => dureeDe(a, maintenant)[0] - dureeDe(b, maintenant)[0] || Number(a.id) - Number(b.id));
}

/** Reads the runs of all jobs back to the beginning of the window. Needs an injection context. */
export function lireSemaine(liste: Liste<PasseVue, GetJobsExecutionsResponse>, debut: () => number): Semaine {
  const toutes = lireListe<PasseVue, GetJobsExecutionsResponse>((curseur) =>
    getJobsExecutionsRequest({ query: { limit: PAR_LECTURE, curseur } }),
  );
  const parId = signal<ReadonlyMap<string, PasseVue>>(new Map());
  const reste = computed(() => {
    const derniere = toutes.lignes().at(-1);
    return derniere !== undefined && !toutes.complete() && Date.parse(derniere.cree_le) >= debut();
  });
  effect(() => {
    if (!reste() || toutes.lignes().length >= AU_PLUS || toutes.enCours() || toutes.probleme()) return;
    untracked(() => toutes.suite());
  });
  for (const { lignes } of [toutes, liste]) {
    effect(() => {
      const lues = lignes().map((passe) => [passe.id, passe] as const);
      parId.update((avant) => new Map([...avant, ...lues]));
    });
  }
  return {
    connues: computed(() => [...parId().values()].sort((a, b) => Number(b.id) - Number(a.id))),
    lecture: toutes.premiere,
    tronquee: computed(() => reste() && toutes.lignes().length >= AU_PLUS),
  };
}
