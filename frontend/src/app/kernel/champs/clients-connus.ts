import { HttpClient } from '@angular/common/http';
import { inject, Injectable, signal, untracked } from '@angular/core';
import { ClientJson } from '../../api';
import { Page } from '../data';
import { Proposition } from './champ-recherche';

const COMBIEN = 5;
/** As many as the address of a request holds. */
const LOT = 100;

/** The names of clients met since the page was loaded, and those chosen last. In memory only: they are persons. */
@Injectable({ providedIn: 'root' })
export class ClientsConnus {
  private readonly http = inject(HttpClient);
  private readonly noms = signal<ReadonlyMap<string, string>>(new Map());
  private readonly demandes = new Set<string>();
  private readonly attendus: string[] = [];
  private readonly choisis = signal<readonly Proposition[]>([]);
  /** Chosen last first. */
  readonly recents = this.choisis.asReadonly();

  /** The client's name, empty while it is on its way; read in a signal, it follows. */
  nom(id: string): string {
    const nom = this.noms().get(id);
    if (nom === undefined && id) untracked(() => this.demander(id));
    return nom ?? '';
  }

  /** A client was chosen: it is proposed first from now on. */
  retenir(client: Proposition): void {
    this.apprendre(client.valeur, client.texte);
    this.choisis.update((choisis) => [client, ...choisis.filter(({ valeur }) => valeur !== client.valeur)].slice(0, COMBIEN));
  }

  apprendre(id: string, nom: string): void {
    this.noms.update((noms) => new Map(noms).set(id, nom));
  }

  /** Names wanted within the same turn (the rows of a list) are asked for together. */
  private demander(id: string): void {
    if (this.demandes.has(id)) return;
    this.demandes.add(id);
    if (this.attendus.push(id) === 1) setTimeout(() => this.lireLesAttendus());
  }

  private lireLesAttendus(): void {
    const ids = this.attendus.splice(0, LOT);
    if (!ids.length) return;
    this.http.get<Page<ClientJson>>('/api/clients', { params: { ids: ids.join(','), limit: LOT } }).subscribe({
      next: ({ elements }) => this.noms.update((noms) => new Map([...noms, ...elements.map(nommer)])),
      error: () => ids.forEach((id) => this.demandes.delete(id)),
    });
    this.lireLesAttendus();
  }
}

function nommer({ id, nom_affiche }: ClientJson): [string, string] {
  return [id, nom_affiche ?? id];
}
