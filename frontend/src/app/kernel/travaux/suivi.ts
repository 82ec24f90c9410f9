import { HttpClient } from '@angular/common/http';
import { Subscription } from 'rxjs';
import { ExecutionVue } from '../../api';
import { tourne } from './avancement';

const PAUSE_MS = 2_000;

/** What is needed to follow one execution. */
export interface Moyens {
  readonly http: HttpClient;
  readonly ouvrirFlux: (url: string) => EventSource;
  readonly noter: (execution: ExecutionVue) => void;
}

/**
 * Follows one execution until it ends: by server-sent events, and by asking every two seconds while the stream is not
 * there (too many readers, a proxy that cuts it, a service that restarts) or not wanted.
 */
export class Suivi {
  private flux: EventSource | undefined;
  private minuterie: ReturnType<typeof setTimeout> | undefined;
  private question: Subscription | undefined;
  private fini = false;

  constructor(
    private readonly id: string,
    private readonly moyens: Moyens,
    /** Whether this one has the browser's stream. */
    readonly parFlux: boolean,
  ) {
    if (parFlux) this.ouvrir();
    else this.demander();
  }

  arreter(): void {
    this.fini = true;
    clearTimeout(this.minuterie);
    this.question?.unsubscribe();
    this.flux?.close();
  }

  private ouvrir(): void {
    this.flux = this.moyens.ouvrirFlux(`/api/jobs/executions/${this.id}/evenements`);
    for (const nom of ['progression', 'fin']) {
      this.flux.addEventListener(nom, (evenement) => this.recevoir(JSON.parse((evenement as MessageEvent<string>).data) as ExecutionVue));
    }
    this.flux.addEventListener('error', () => this.demanderPlusTard());
  }

  private recevoir(execution: ExecutionVue): void {
    clearTimeout(this.minuterie);
    this.minuterie = undefined;
    if (this.fini) return;
    this.moyens.noter(execution);
    if (!tourne(execution)) this.arreter();
  }

  private demander(): void {
    this.question = this.moyens.http.get<ExecutionVue>(`/api/jobs/executions/${this.id}`).subscribe({
      next: (execution) => {
        this.recevoir(execution);
        if (tourne(execution)) this.demanderPlusTard();
      },
      error: () => this.demanderPlusTard(),
    });
  }

  private demanderPlusTard(): void {
    if (this.fini || this.minuterie !== undefined) return;
    this.minuterie = setTimeout(() => {
      this.minuterie = undefined;
      this.demander();
    }, PAUSE_MS);
  }
}
