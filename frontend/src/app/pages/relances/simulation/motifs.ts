import { computed, Injectable, Signal, signal } from '@angular/core';

/**
 * Why clients are left out of the campaign being prepared, as a person said it. Kept while the application is open and
 * nowhere else: it may tell of persons, so it is neither in the address nor in storage, and is asked for again after a reload.
 */
@Injectable({ providedIn: 'root' })
export class MotifsDExclusion {
  private readonly dits = signal<ReadonlyMap<string, string>>(new Map());
  /** Each reason once, the last one said first. */
  readonly connus: Signal<readonly string[]> = computed(() => [...new Set([...this.dits().values()].reverse())]);

  de(client: string): string {
    return this.dits().get(client) ?? '';
  }

  dire(clients: readonly string[], motif: string): void {
    this.dits.update((dits) => new Map([...dits, ...clients.map((client) => [client, motif] as const)]));
  }
}
