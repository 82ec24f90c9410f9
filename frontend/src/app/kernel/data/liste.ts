import { HttpClient, HttpRequest } from '@angular/common/http';
import { computed, DestroyRef, effect, inject, Signal, signal, untracked } from '@angular/core';
import { Subscription } from 'rxjs';
import { lire, Lecture } from './lecture';
import { Probleme, problemeDe } from './probleme';

/** A page of any list of the API. */
export interface Page<T> {
  readonly elements: readonly T[];
  readonly suivant: string | null;
  readonly total: number;
}

/** A list read page after page: the rows so far, and the size of the whole filtered set. */
export interface Liste<T, P extends Page<T> = Page<T>> {
  readonly lignes: Signal<readonly T[]>;
  readonly total: Signal<number>;
  /** The first page, with what the list carries besides its elements (sums). */
  readonly premiere: Lecture<P>;
  readonly complete: Signal<boolean>;
  readonly enCours: Signal<boolean>;
  readonly probleme: Signal<Probleme | undefined>;
  /** Read the next page, if there is one and none is on its way. */
  suite(): void;
}

/**
 * A list whose request is made by `requete(curseur)`: from the start whenever a signal that it reads changes. The old
 * rows stay until the first page of the new ones has come. Needs an injection context.
 */
export function lireListe<T, P extends Page<T> = Page<T>>(
  requete: (curseur: string | undefined) => HttpRequest<P> | undefined,
): Liste<T, P> {
  const http = inject(HttpClient);
  const premiere = lire(() => requete(undefined));
  const suites = signal<readonly P[]>([]);
  const suivie = signal<Subscription | undefined>(undefined);
  const probleme = signal<Probleme | undefined>(undefined);
  inject(DestroyRef).onDestroy(() => suivie()?.unsubscribe());

  effect(() => {
    premiere.valeur();
    untracked(() => {
      suivie()?.unsubscribe();
      suivie.set(undefined);
      suites.set([]);
      probleme.set(undefined);
    });
  });

  const pages = computed(() => [...(premiere.valeur() ? [premiere.valeur() as P] : []), ...suites()]);
  const derniere = computed(() => pages().at(-1));

  const suite = (): void => {
    const curseur = derniere()?.suivant;
    if (!curseur || suivie() || premiere.enCours()) return;
    const demande = untracked(() => requete(curseur));
    if (!demande) return;
    suivie.set(
      http.get<P>(demande.urlWithParams).subscribe({
        next: (page) => {
          suivie.set(undefined);
          probleme.set(undefined);
          suites.update((lues) => [...lues, page]);
        },
        error: (erreur: unknown) => {
          suivie.set(undefined);
          probleme.set(problemeDe(erreur, demande.url));
        },
      }),
    );
  };

  return {
    lignes: computed(() => pages().flatMap((page) => page.elements)),
    total: computed(() => premiere.valeur()?.total ?? 0),
    premiere,
    complete: computed(() => derniere()?.suivant === null),
    enCours: computed(() => premiere.enCours() || suivie() !== undefined),
    probleme: computed(() => probleme() ?? premiere.probleme()),
    suite,
  };
}

/** Reads a list page after page to its end, again when it starts anew; a page that fails stops it. Needs an injection context. */
export function jusquAuBout<T, P extends Page<T>>(liste: Liste<T, P>): Liste<T, P> {
  effect(() => {
    if (!liste.complete() && !liste.enCours() && !liste.probleme()) untracked(() => liste.suite());
  });
  return liste;
}
