import { computed, Injectable, signal } from '@angular/core';

/** A service that did not answer, since when, and of when the figures are that are still shown. */
export interface Panne {
  readonly service: string;
  readonly depuis: Date;
  readonly donneesDu?: Date;
}

/** Which services are out, as the requests of all pages find out: the banner reads it, the pages tell it. */
@Injectable({ providedIn: 'root' })
export class Disponibilite {
  private readonly connues = signal<ReadonlyMap<string, Panne>>(new Map());
  readonly pannes = computed(() => [...this.connues().values()]);

  /** A request to `service` failed; `donneesDu` is when what is still shown was read. */
  signaler(service: string, donneesDu?: Date): void {
    this.connues.update((connues) => {
      const depuis = connues.get(service)?.depuis ?? new Date();
      return new Map(connues).set(service, { service, depuis, donneesDu });
    });
  }

  /** A request to `service` was answered. */
  retablir(service: string): void {
    if (!this.connues().has(service)) return;
    this.connues.update((connues) => new Map([...connues].filter(([nom]) => nom !== service)));
  }

  /** Whether `service` is out just now: writes that need it are disabled, with the reason. */
  enPanne(service: string): boolean {
    return this.connues().has(service);
  }
}
