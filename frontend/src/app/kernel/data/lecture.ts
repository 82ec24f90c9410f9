import { HttpClient, HttpRequest, HttpResponse } from '@angular/common/http';
import { computed, DestroyRef, effect, inject, Signal, signal, untracked } from '@angular/core';
import { filter } from 'rxjs';
import { Disponibilite } from './disponibilite';
import { estPassager, Probleme, problemeDe } from './probleme';
import { serviceDe } from './services';

/** What is known of something that is read. The last good value stays while another one is on its way, or fails to come. */
export interface Lecture<T> {
  /** The last good value, `undefined` until there is one. */
  readonly valeur: Signal<T | undefined>;
  /** Its ETag, for `If-Match`. */
  readonly etag: Signal<string | undefined>;
  /** When it was read. */
  readonly lueLe: Signal<Date | undefined>;
  readonly enCours: Signal<boolean>;
  /** Why the last attempt failed; gone with the next good answer. */
  readonly probleme: Signal<Probleme | undefined>;
  /** There is a value, but newer ones cannot be read: it is shown greyed, with its age. */
  readonly perimee: Signal<boolean>;
  /** Read again now. */
  recharger(): void;
}

const PREMIERE_PAUSE_MS = 2_000;
const PLUS_LONGUE_PAUSE_MS = 30_000;

/**
 * Reads what `requete` asks for, again whenever a signal it reads changes; a request that is overtaken is aborted.
 * While the service is out it is asked again with growing pauses, or when `Retry-After` says. Needs an injection context.
 */
export function lire<T>(requete: () => HttpRequest<T> | undefined): Lecture<T> {
  const http = inject(HttpClient);
  const disponibilite = inject(Disponibilite);
  const valeur = signal<T | undefined>(undefined);
  const etag = signal<string | undefined>(undefined);
  const lueLe = signal<Date | undefined>(undefined);
  const enCours = signal(false);
  const probleme = signal<Probleme | undefined>(undefined);
  const tours = signal(0);
  let pauses = 0;
  let minuterie: ReturnType<typeof setTimeout> | undefined;
  inject(DestroyRef).onDestroy(() => clearTimeout(minuterie));

  const reussir = (reponse: HttpResponse<T>): void => {
    pauses = 0;
    valeur.set(reponse.body ?? undefined);
    etag.set(reponse.headers.get('ETag') ?? undefined);
    lueLe.set(new Date());
    probleme.set(undefined);
    enCours.set(false);
    disponibilite.retablir(serviceDe(reponse.url ?? ''));
  };

  const echouer = (erreur: unknown, url: string): void => {
    const trouve = problemeDe(erreur, url);
    probleme.set(trouve);
    enCours.set(false);
    if (!estPassager(trouve)) return;
    disponibilite.signaler(trouve.service ?? serviceDe(url), lueLe());
    const pause = Math.min(PREMIERE_PAUSE_MS * 2 ** pauses++, PLUS_LONGUE_PAUSE_MS);
    minuterie = setTimeout(() => tours.update((n) => n + 1), Math.max(pause, (trouve.attendreS ?? 0) * 1000));
  };

  effect((avantLaSuivante) => {
    tours();
    const demande = requete();
    untracked(() => {
      clearTimeout(minuterie);
      if (!demande) return;
      enCours.set(true);
      const suivie = http
        .request<T>(demande)
        .pipe(filter((evenement): evenement is HttpResponse<T> => evenement instanceof HttpResponse))
        .subscribe({ next: reussir, error: (erreur: unknown) => echouer(erreur, demande.url) });
      avantLaSuivante(() => suivie.unsubscribe());
    });
  });

  return {
    valeur: valeur.asReadonly(),
    etag: etag.asReadonly(),
    lueLe: lueLe.asReadonly(),
    enCours: enCours.asReadonly(),
    probleme: probleme.asReadonly(),
    perimee: computed(() => valeur() !== undefined && probleme() !== undefined),
    recharger: () => tours.update((n) => n + 1),
  };
}

/** Several things of one kind, by key. */
export interface Lectures<T> {
  /** Those that are known. */
  readonly valeurs: Signal<ReadonlyMap<string, T>>;
  /** All that were asked for are known. */
  readonly complets: Signal<boolean>;
  readonly probleme: Signal<Probleme | undefined>;
}

/**
 * Reads all that `requetes` asks for, one after the other so that no service is flooded; what is known already is not asked
 * for again. A failure stops it. Needs an injection context.
 */
export function lireTous<T>(requetes: () => readonly (readonly [string, HttpRequest<T>])[]): Lectures<T> {
  const http = inject(HttpClient);
  const valeurs = signal<ReadonlyMap<string, T>>(new Map());
  const probleme = signal<Probleme | undefined>(undefined);
  effect((avantLaSuivante) => {
    const [cle, demande] = requetes().find(([une]) => !valeurs().has(une)) ?? [];
    if (cle === undefined || !demande) return;
    untracked(() => {
      const suivie = http
        .request<T>(demande)
        .pipe(filter((evenement): evenement is HttpResponse<T> => evenement instanceof HttpResponse))
        .subscribe({
          next: ({ body }) => valeurs.update((connues) => new Map(connues).set(cle, body as T)),
          error: (erreur: unknown) => probleme.set(problemeDe(erreur, demande.url)),
        });
      avantLaSuivante(() => suivie.unsubscribe());
    });
  });
  return {
    valeurs: valeurs.asReadonly(),
    complets: computed(() => requetes().every(([cle]) => valeurs().has(cle))),
    probleme: probleme.asReadonly(),
  };
}
