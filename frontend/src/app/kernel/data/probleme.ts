import { HttpErrorResponse } from '@angular/common/http';
import { Problem } from '../../api';
import { serviceDe } from './services';

/** One thing wrong with what was sent; `pointer` is a JSON pointer into the body, or to a parameter of the query. */
export interface ErreurDeChamp {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** Why a request did not do what was asked, whatever stopped it: the service, the gateway or the network. */
export interface Probleme {
  /** HTTP status, 0 when no answer came. */
  readonly statut: number;
  /** Kebab-case code of the contract; `sans-reponse` and `erreur` are ours. */
  readonly code: string;
  readonly titre: string;
  readonly detail: string;
  readonly erreurs: readonly ErreurDeChamp[];
  /** Trace id to quote to whoever operates the system. */
  readonly trace?: string;
  /** Seconds after which to try again, where the answer said so. */
  readonly attendreS?: number;
  /** The service that is out, when that is the reason. */
  readonly service?: string;
  /** The current ETag, which comes with a 412. */
  readonly etag?: string;
}

/** Thrown by writes; carries the problem. */
export class ProblemeError extends Error {
  constructor(readonly probleme: Probleme) {
    super(probleme.titre);
  }
}

/** Statuses after which nobody knows whether a write happened, or which pass by themselves. */
const PASSAGERS = new Set([0, 502, 503, 504]);

/** Whether trying again later may do: no answer, or a service that is out. */
export function estPassager(probleme: Probleme): boolean {
  return PASSAGERS.has(probleme.statut);
}

/** The problem behind a failed request. */
export function problemeDe(erreur: unknown, url = ''): Probleme {
  if (erreur instanceof ProblemeError) return erreur.probleme;
  if (!(erreur instanceof HttpErrorResponse)) throw erreur;
  const document = documentDe(erreur.error);
  const service = PASSAGERS.has(erreur.status) ? (erreur.headers.get('X-Degraded') ?? serviceDe(erreur.url ?? url)) : undefined;
  return {
    statut: erreur.status,
    code: document?.code ?? (erreur.status ? 'erreur' : 'sans-reponse'),
    titre: document?.title ?? (erreur.status ? $localize`Erreur ${erreur.status}` : $localize`Pas de réponse`),
    detail: document?.detail ?? (erreur.status ? '' : $localize`Le serveur ne répond pas. Vos données ne sont pas perdues.`),
    erreurs: (document?.errors ?? []).map(({ pointer, parameter, code, detail }) => ({
      pointer: pointer ?? (parameter ? `/${parameter}` : ''),
      code,
      detail,
    })),
    trace: erreur.headers.get('traceparent')?.split('-')[1],
    attendreS: secondes(erreur.headers.get('Retry-After')),
    service,
    etag: erreur.headers.get('ETag') ?? undefined,
  };
}

function documentDe(corps: unknown): Problem | undefined {
  if (typeof corps === 'string') {
    try {
      return documentDe(JSON.parse(corps));
    } catch {
      return undefined;
    }
  }
  return corps && typeof corps === 'object' && 'title' in corps ? (corps as Problem) : undefined;
}

function secondes(texte: string | null): number | undefined {
  const nombre = Number(texte);
  return texte && Number.isFinite(nombre) ? nombre : undefined;
}
