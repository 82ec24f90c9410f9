/** Queues and dead letters: what `/actuator/deadletters` says, as rows. */
import { Reponse } from '../parc/interrogation';
import { Cible } from '../parc/modele';

export interface GroupesJson {
  readonly groups: readonly { readonly destination: string; readonly group: string; readonly waiting: number; readonly dead: number }[];
}

export interface Lettre {
  readonly id: string;
  readonly type: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly payload: string;
  readonly error: string | null;
  readonly stacktrace: string | null;
  readonly attempts: number;
  readonly diedAt: string | null;
}

export interface LettresJson {
  readonly letters: readonly Lettre[];
}

export interface LigneFile {
  readonly cle: string;
  readonly cible: Cible;
  readonly destination: string;
  readonly groupe: string;
  readonly enAttente: number;
  readonly mortes: number;
  readonly perimee: boolean;
}

/** At most so many are counted and shown by the services. */
export const AU_PLUS = 500;

/** All queues of all answers, those with dead letters first. */
export function lignesDe(reponses: readonly Reponse<GroupesJson>[]): LigneFile[] {
  return reponses
    .flatMap(({ cible, corps, probleme }) =>
      (corps?.groups ?? []).map(({ destination, group, waiting, dead }): LigneFile => {
        const cle = `${cible.cle} ${destination} ${group}`;
        return { cle, cible, destination, groupe: group, enAttente: waiting, mortes: dead, perimee: probleme !== undefined };
      }),
    )
    .sort((a, b) => Number(b.mortes > 0) - Number(a.mortes > 0) || a.cle.localeCompare(b.cle));
}

/** JSON indented, anything else as it is. */
export function lisible(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}

/** The address of the letters of a queue at one instance. */
export function adresseDe({ instance }: Cible, destination: string, groupe: string): string | undefined {
  return instance.lien === null
    ? undefined
    : `${instance.lien}/deadletters/${encodeURIComponent(destination)}/${encodeURIComponent(groupe)}`;
}
