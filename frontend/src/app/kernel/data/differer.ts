import { effect, signal, Signal, untracked } from '@angular/core';

/** What `source` says once it has said the same for `ms` milliseconds: for questions asked while one types. Needs an injection context. */
export function differer<T>(source: Signal<T>, ms: number): Signal<T> {
  const differee = signal(untracked(source));
  effect((avantLaSuivante) => {
    const valeur = source();
    const minuterie = setTimeout(() => {
      if (JSON.stringify(valeur) !== JSON.stringify(untracked(differee))) differee.set(valeur);
    }, ms);
    avantLaSuivante(() => clearTimeout(minuterie));
  });
  return differee.asReadonly();
}
