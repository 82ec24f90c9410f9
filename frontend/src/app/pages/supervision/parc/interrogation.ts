import { HttpClient, HttpErrorResponse, HttpResponse } from '@angular/common/http';
import { computed, DestroyRef, effect, inject, Signal, signal, untracked } from '@angular/core';
import { catchError, from, map, mergeMap, Observable, of, tap } from 'rxjs';
import { Probleme, problemeDe } from '../../../kernel/data';
import { EtatAffiche } from '../../../kernel/table';
import { Cible, raisonEnMots } from './modele';

/** What one of several instances answered. The last good answer stays while newer ones fail. */
export interface Reponse<T> {
  readonly cible: Cible;
  readonly corps?: T;
  /** When `corps` came, by our clock. */
  readonly lueLe?: Date;
  /** When `corps` was made, by the clock of who answered. */
  readonly faiteLe?: Date;
  /** It was reached and does not offer what was asked for. */
  readonly absente: boolean;
  readonly probleme?: Probleme;
}

/** Several instances asked the same thing, each with an answer of its own. */
export interface Interrogation<T> {
  readonly reponses: Signal<readonly Reponse<T>[]>;
  /** By the key of the instance. */
  readonly parCle: Signal<ReadonlyMap<string, Reponse<T>>>;
  readonly enCours: Signal<boolean>;
  recharger(): void;
}

/** Browsers open six connections to one origin: two are left for everything else. */
const A_LA_FOIS = 4;

/**
 * Asks each of `cibles` for `chemin(cible)`, again whenever a signal read there changes. What fails fails for its instance
 * alone. `valable`: statuses whose body is an answer although they are errors (health answers 503 when it is down).
 * Needs an injection context.
 */
export function interroger<T>(
  cibles: () => readonly Cible[],
  chemin: (cible: Cible) => string | undefined,
  valable: (statut: number) => boolean = () => false,
): Interrogation<T> {
  const http = inject(HttpClient);
  const [tours, enCours] = [signal(0), signal(false)];
  const connues = signal<ReadonlyMap<string, Reponse<T>>>(new Map());
  const retenir = (reponse: Reponse<T>): void =>
    connues.update((avant) => new Map(avant).set(reponse.cible.cle, garderAncienne(reponse, avant.get(reponse.cible.cle))));

  effect((avantLaSuivante) => {
    tours();
    const demandes = cibles().map((cible) => ({ cible, url: chemin(cible) }));
    untracked(() => {
      enCours.set(true);
      const suivies = from(demandes)
        .pipe(mergeMap(({ cible, url }) => demander<T>(http, cible, url, valable), A_LA_FOIS))
        .subscribe({ next: retenir, complete: () => enCours.set(false) });
      avantLaSuivante(() => suivies.unsubscribe());
    });
  });

  const parCle = computed(() => new Map(cibles().map((cible) => [cible.cle, connues().get(cible.cle) ?? { cible, absente: false }])));
  return {
    parCle,
    reponses: computed(() => [...parCle().values()]),
    enCours: enCours.asReadonly(),
    recharger: () => tours.update((n) => n + 1),
  };
}

/** An order given to several instances; its outcome is each one's own. */
export class Ordre<T> {
  private readonly http = inject(HttpClient);
  private readonly recues = signal<readonly Reponse<T>[]>([]);
  private readonly attendues = signal(0);
  readonly reponses = this.recues.asReadonly();
  readonly enCours = computed(() => this.attendues() > this.recues().length);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.oublier());
  }

  /** Send it; resolves when everyone has answered or failed. */
  donner(cibles: readonly Cible[], methode: string, chemin: (cible: Cible) => string | undefined, corps?: unknown): Promise<void> {
    this.recues.set([]);
    this.attendues.set(cibles.length);
    const envoi = from(cibles).pipe(
      mergeMap((cible) => envoyer<T>(this.http, cible, methode, chemin(cible), corps), A_LA_FOIS),
      tap((reponse) => this.recues.update((avant) => [...avant, reponse])),
    );
    return new Promise((fini) => envoi.subscribe({ complete: fini }));
  }

  oublier(): void {
    this.recues.set([]);
    this.attendues.set(0);
  }
}

/** How it went for one instance, in words; `fait` is the word for success. */
export function issueDe(reponse: Reponse<unknown>, fait: string): EtatAffiche {
  if (reponse.absente) return { mot: $localize`n'expose pas cela`, signe: '–', ton: 'discret' };
  if (reponse.probleme) return { mot: $localize`injoignable ou refusé`, signe: '✕', ton: 'mal' };
  return reponse.lueLe ? { mot: fait, signe: '✓', ton: 'bien' } : { mot: $localize`demandé`, signe: '…', ton: 'discret' };
}

/** Why it failed, in one line. */
export function motifDe({ probleme, cible }: Reponse<unknown>): string {
  if (!probleme) return '';
  return [probleme.titre, probleme.detail || raisonEnMots(cible.instance.raison)].filter(Boolean).join(' : ');
}

function demander<T>(
  http: HttpClient,
  cible: Cible,
  url: string | undefined,
  valable: (statut: number) => boolean,
): Observable<Reponse<T>> {
  if (url === undefined) return of(inadressable<T>(cible));
  return http.get<T>(url, { observe: 'response' }).pipe(
    map((reponse) => reussie(cible, reponse)),
    catchError((erreur: unknown) =>
      of(erreur instanceof HttpErrorResponse && valable(erreur.status) ? malgreTout<T>(cible, erreur) : manquee<T>(cible, erreur)),
    ),
  );
}

function envoyer<T>(http: HttpClient, cible: Cible, methode: string, url: string | undefined, corps: unknown): Observable<Reponse<T>> {
  if (url === undefined) return of(inadressable<T>(cible));
  const options = { body: corps, observe: 'response', headers: { 'X-Requested-With': 'ressort' } } as const;
  return http.request<T>(methode, url, options).pipe(
    map((reponse) => reussie(cible, reponse)),
    catchError((erreur: unknown) => of(manquee<T>(cible, erreur))),
  );
}

function reussie<T>(cible: Cible, reponse: HttpResponse<T>): Reponse<T> {
  const date = reponse.headers.get('Date');
  return { cible, corps: reponse.body ?? undefined, lueLe: new Date(), faiteLe: date ? new Date(date) : new Date(), absente: false };
}

function malgreTout<T>(cible: Cible, erreur: HttpErrorResponse): Reponse<T> {
  const probleme = problemeDe(erreur);
  // A problem document is the gateway's word, not the instance's.
  if (probleme.code !== 'erreur') return { cible, absente: false, probleme };
  return { cible, corps: erreur.error as T, lueLe: new Date(), faiteLe: new Date(), absente: false };
}

function manquee<T>(cible: Cible, erreur: unknown): Reponse<T> {
  const probleme = problemeDe(erreur);
  // Spring's own 404 has no code: the instance was reached and has no such endpoint.
  return probleme.statut === 404 && probleme.code === 'erreur' ? { cible, absente: true } : { cible, absente: false, probleme };
}

function inadressable<T>(cible: Cible): Reponse<T> {
  const probleme = { statut: 0, code: 'non-adressable', titre: $localize`Non adressable`, detail: '', erreurs: [] };
  return { cible, absente: false, probleme };
}

function garderAncienne<T>(nouvelle: Reponse<T>, ancienne: Reponse<T> | undefined): Reponse<T> {
  if (!nouvelle.probleme || !ancienne?.lueLe) return nouvelle;
  return { ...nouvelle, corps: ancienne.corps, lueLe: ancienne.lueLe, faiteLe: ancienne.faiteLe };
}
