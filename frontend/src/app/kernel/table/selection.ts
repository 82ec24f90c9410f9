import { computed, Signal, signal } from '@angular/core';

/** Which rows are chosen, by their identifiers. */
export class Selection {
  private readonly ids = signal<ReadonlySet<string>>(new Set());
  private pivot = -1;
  readonly nombre: Signal<number> = computed(() => this.ids().size);

  contient(id: string): boolean {
    return this.ids().has(id);
  }

  liste(): string[] {
    return [...this.ids()];
  }

  vider(): void {
    this.ids.set(new Set());
    this.pivot = -1;
  }

  toutes(ids: readonly string[]): void {
    this.ids.set(new Set(ids));
  }

  /** Choose a row or no longer; the next extension starts from it. */
  basculer(id: string, rang: number): void {
    const suivantes = new Set(this.ids());
    if (!suivantes.delete(id)) suivantes.add(id);
    this.ids.set(suivantes);
    this.pivot = rang;
  }

  /** Choose everything between the row chosen last and the one at `rang`. */
  etendre(ids: readonly string[], rang: number): void {
    const [de, a] = [Math.min(this.pivot < 0 ? rang : this.pivot, rang), Math.max(this.pivot, rang)];
    this.ids.update((choisies) => new Set([...choisies, ...ids.slice(de, a + 1)]));
  }
}
