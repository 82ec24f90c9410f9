import { HttpClient, HttpRequest, HttpResponse } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { filter, firstValueFrom } from 'rxjs';
import { Disponibilite } from './disponibilite';
import { estPassager, Probleme, ProblemeError, problemeDe } from './probleme';
import { serviceDe } from './services';

/** The key of one intention: made when a form opens, kept over a reload, dropped with a definite answer. */
export interface CleIdempotence {
  readonly valeur: string;
  /** The outcome is known: the next submission is another intention. */
  oublier(): void;
}

/** An answer to a write. */
export interface Ecrite<T> {
  readonly corps: T;
  readonly etag?: string;
  readonly statut: number;
  /** The service that could not be reached; what it is needed for will be done when it is back. */
  readonly degrade?: string;
}

export interface OptionsEcriture {
  readonly cle?: CleIdempotence;
  /** Sent as `If-Match`. */
  readonly etag?: string;
  /** Told when nobody knows the outcome: the same request is repeated with the same key until somebody does. */
  readonly surInconnu?: (probleme: Probleme) => void;
}

const EN_COURS = 'idempotency-key-en-cours';
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000];

/** Keys live in the session's storage under the form's name: an identifier drawn at random, nothing personal. */
export function cleDeFormulaire(formulaire: string): CleIdempotence {
  const nom = `cle ${formulaire}`;
  let valeur = sessionStorage.getItem(nom);
  if (!valeur) {
    valeur = crypto.randomUUID();
    sessionStorage.setItem(nom, valeur);
  }
  return { valeur, oublier: () => sessionStorage.removeItem(nom) };
}

/** Sends what changes something. */
@Injectable({ providedIn: 'root' })
export class Ecritures {
  private readonly http = inject(HttpClient);
  private readonly disponibilite = inject(Disponibilite);

  /**
   * The answer, or a `ProblemeError`. A write with a key whose outcome is unknown (no answer, a time-out, a service out,
   * the first one still running) is repeated until it is known; without a key it fails at once.
   */
  async envoyer<T>(requete: HttpRequest<T>, options: OptionsEcriture = {}): Promise<Ecrite<T>> {
    const demande = requete.clone({ setHeaders: entetes(options) });
    for (const pause of [...PAUSES_MS, undefined]) {
      try {
        return await this.tenter<T>(demande, options);
      } catch (erreur) {
        const probleme = problemeDe(erreur, demande.url);
        if (pause === undefined || !options.cle || !incertain(probleme)) throw this.definitif(probleme, options);
        options.surInconnu?.(probleme);
        await attendre(Math.max(pause, (probleme.attendreS ?? 0) * 1000));
      }
    }
    throw new Error('unreachable');
  }

  private async tenter<T>(demande: HttpRequest<T>, options: OptionsEcriture): Promise<Ecrite<T>> {
    const reponse = await firstValueFrom(
      this.http.request<T>(demande).pipe(filter((e): e is HttpResponse<T> => e instanceof HttpResponse)),
    );
    options.cle?.oublier();
    this.disponibilite.retablir(serviceDe(demande.url));
    return {
      corps: reponse.body as T,
      etag: reponse.headers.get('ETag') ?? undefined,
      statut: reponse.status,
      degrade: reponse.headers.get('X-Degraded') ?? undefined,
    };
  }

  private definitif(probleme: Probleme, options: OptionsEcriture): ProblemeError {
    if (estPassager(probleme)) this.disponibilite.signaler(probleme.service ?? 'gateway');
    else options.cle?.oublier();
    return new ProblemeError(probleme);
  }
}

function entetes({ cle, etag }: OptionsEcriture): Record<string, string> {
  return { ...(cle && { 'Idempotency-Key': cle.valeur }), ...(etag && { 'If-Match': etag }) };
}

function incertain(probleme: Probleme): boolean {
  return estPassager(probleme) || probleme.code === EN_COURS;
}

function attendre(ms: number): Promise<void> {
  return new Promise((fini) => setTimeout(fini, ms));
}
