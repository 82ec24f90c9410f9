import { DestroyRef, inject, Injectable, InjectionToken } from '@angular/core';
import { ExecutionVue } from '../../api';

const NOM = 'travaux';

/** Opens a stream of events; replaced in tests. */
export const OUVRIR_FLUX = new InjectionToken<(url: string) => EventSource>('OUVRIR_FLUX', {
  providedIn: 'root',
  factory: () => (url) => new EventSource(url),
});

/**
 * What the windows of one browser tell one another: one of them, the leader, follows the jobs, the others hear of it.
 * The browser's own lock says who leads; the next window takes over when the leader closes. Where there are no locks each
 * window follows for itself.
 */
@Injectable({ providedIn: 'root' })
export class CanalTravaux {
  private readonly canal = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(NOM);
  private readonly fermeture = new AbortController();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.fermeture.abort();
      this.canal?.close();
    });
  }

  diffuser(execution: ExecutionVue): void {
    this.canal?.postMessage(execution);
  }

  ecouter(recevoir: (execution: ExecutionVue) => void): void {
    this.canal?.addEventListener('message', ({ data }: MessageEvent<ExecutionVue>) => recevoir(data));
  }

  /** `mener` is called once this window leads. */
  briguer(mener: () => void): void {
    const verrous = typeof navigator === 'undefined' ? undefined : (navigator.locks as LockManager | undefined);
    if (!verrous) return mener();
    const jusquALaFin = (): Promise<void> =>
      new Promise((fini) => {
        mener();
        this.fermeture.signal.addEventListener('abort', () => fini());
      });
    verrous.request(NOM, { signal: this.fermeture.signal }, jusquALaFin).catch(() => undefined);
  }
}
