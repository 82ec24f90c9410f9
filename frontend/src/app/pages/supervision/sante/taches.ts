/** What `/actuator/scheduledtasks` says, as rows. */

interface TacheJson {
  readonly runnable: { readonly target: string };
  readonly expression?: string;
  readonly interval?: number;
  readonly nextExecution?: { readonly time: string };
  readonly lastExecution?: { readonly time: string; readonly status: string };
}

export interface TachesJson {
  readonly cron?: readonly TacheJson[];
  readonly fixedDelay?: readonly TacheJson[];
  readonly fixedRate?: readonly TacheJson[];
}

export interface Tache {
  readonly nom: string;
  readonly rythme: string;
  readonly prochaine?: string;
  readonly derniere?: { readonly time: string; readonly status: string };
}

/** All tasks, the next one first. */
export function taches({ cron = [], fixedDelay = [], fixedRate = [] }: TachesJson): Tache[] {
  return [...cron, ...fixedDelay, ...fixedRate]
    .map(({ runnable, expression, interval, nextExecution, lastExecution }) => ({
      nom: runnable.target,
      rythme: expression ?? (interval === undefined ? '' : `${interval} ms`),
      prochaine: nextExecution?.time,
      derniere: lastExecution,
    }))
    .sort((a, b) => rangDe(a).localeCompare(rangDe(b)));
}

/** Those without a next time come last. */
function rangDe({ prochaine }: Tache): string {
  return prochaine ?? '9999';
}
