import { computed, linkedSignal, Signal } from '@angular/core';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Selection } from '../../../kernel/table';

/** So many identifiers an address holds without trouble on its way. */
export const AU_PLUS = 150;
const PARAMETRE = 'exclus';

/**
 * The clients that are left out of the campaign being prepared, as the chosen rows of its table: their identifiers are in
 * the address, so a reload, the way back and a colleague find them. A row's id begins with its client's.
 */
export class Exclusions extends Selection {
  /** What was changed since is known before the address has followed. */
  private readonly texte = linkedSignal(() => this.adresse.lire(PARAMETRE));
  readonly clients: Signal<readonly string[]> = computed(() => this.texte().split(',').filter(Boolean));
  override readonly nombre = computed(() => this.clients().length);
  /** No more fit the address. */
  readonly plein = computed(() => this.clients().length >= AU_PLUS);
  private readonly ensemble = computed(() => new Set(this.clients()));
  private depart = -1;

  constructor(private readonly adresse: Adresse) {
    super();
  }

  contientClient(clientId: string): boolean {
    return this.ensemble().has(clientId);
  }

  override contient(id: string): boolean {
    return this.contientClient(clientDe(id));
  }

  override liste(): string[] {
    return [...this.clients()];
  }

  override vider(): void {
    this.poser([]);
  }

  override toutes(ids: readonly string[]): void {
    this.poser([...this.clients(), ...ids.map(clientDe)]);
  }

  override basculer(id: string, rang: number): void {
    const client = clientDe(id);
    this.depart = rang;
    this.poser(this.contientClient(client) ? this.clients().filter((autre) => autre !== client) : [...this.clients(), client]);
  }

  override etendre(ids: readonly string[], rang: number): void {
    const pivot = this.depart < 0 ? rang : this.depart;
    this.toutes(ids.slice(Math.min(pivot, rang), Math.max(pivot, rang) + 1));
  }

  /** Take clients back into the campaign. */
  remettre(clients: readonly string[]): void {
    this.poser(this.clients().filter((client) => !clients.includes(client)));
  }

  private poser(clients: readonly string[]): void {
    this.texte.set([...new Set(clients)].slice(0, AU_PLUS).join(','));
    this.adresse.ecrire({ [PARAMETRE]: this.texte() });
  }
}

function clientDe(id: string): string {
  return id.split(' ')[0] ?? id;
}
