import { computed, linkedSignal, Signal, signal } from '@angular/core';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Selection } from '../../../kernel/table';
import { MotifsDExclusion } from './motifs';

/** So many identifiers an address holds without trouble on its way. */
export const AU_PLUS = 150;
const PARAMETRE = 'exclus';

/**
 * The clients that are left out of the campaign being prepared, as the chosen rows of its table: their identifiers are in
 * the address, so a reload, the way back and a colleague find them. A row's id begins with its client's. Nobody is left out
 * before a person has said why: `demandes` are those of whom it is asked.
 */
export class Exclusions extends Selection {
  /** What was changed since is known before the address has followed. */
  private readonly texte = linkedSignal(() => this.adresse.lire(PARAMETRE));
  readonly clients: Signal<readonly string[]> = computed(() => this.texte().split(',').filter(Boolean));
  override readonly nombre = computed(() => this.clients().length);
  /** No more fit the address. */
  readonly plein = computed(() => this.clients().length >= AU_PLUS);
  readonly demandes = signal<readonly string[]>([]);
  /** Left out by an address that came without reasons. */
  readonly sansMotif = computed(() => this.clients().filter((client) => !this.motifs.de(client)));
  private readonly ensemble = computed(() => new Set(this.clients()));
  private depart = -1;

  constructor(
    private readonly adresse: Adresse,
    private readonly motifs: MotifsDExclusion,
  ) {
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
    this.demander(ids.map(clientDe).filter((client) => !this.contientClient(client)));
  }

  override basculer(id: string, rang: number): void {
    const client = clientDe(id);
    this.depart = rang;
    if (this.contientClient(client)) this.remettre([client]);
    else this.demander([client]);
  }

  override etendre(ids: readonly string[], rang: number): void {
    const pivot = this.depart < 0 ? rang : this.depart;
    this.toutes(ids.slice(Math.min(pivot, rang), Math.max(pivot, rang) + 1));
  }

  /** Take clients back into the campaign. */
  remettre(clients: readonly string[]): void {
    this.poser(this.clients().filter((client) => !clients.includes(client)));
  }

  /** Ask why these clients are to be left out. */
  demander(clients: readonly string[]): void {
    this.demandes.set([...new Set(clients)]);
  }

  /** Leave out those of whom it was asked, for this reason. */
  exclure(motif: string): void {
    this.motifs.dire(this.demandes(), motif);
    this.poser([...this.clients(), ...this.demandes()]);
    this.demandes.set([]);
  }

  private poser(clients: readonly string[]): void {
    this.texte.set([...new Set(clients)].slice(0, AU_PLUS).join(','));
    this.adresse.ecrire({ [PARAMETRE]: this.texte() });
  }
}

function clientDe(id: string): string {
  return id.split(' ')[0] ?? id;
}
