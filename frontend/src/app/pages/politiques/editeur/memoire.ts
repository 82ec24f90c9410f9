/** What was typed and not saved lives over a reload of the window; a policy names nobody. */
import { Modele } from '../modele';

/** A policy that is being changed: as it was read, and as it is typed. */
export interface Brouillon {
  readonly etag: string | undefined;
  readonly base: Modele;
  readonly modele: Modele;
}

export function garder(nom: string, brouillon: Brouillon): void {
  sessionStorage.setItem(cle(nom), JSON.stringify(brouillon));
}

export function oublier(nom: string): void {
  sessionStorage.removeItem(cle(nom));
}

/** The draft that was kept, if there is one. */
export function reprendre(nom: string): Brouillon | undefined {
  const garde = sessionStorage.getItem(cle(nom));
  return garde ? (JSON.parse(garde) as Brouillon) : undefined;
}

function cle(nom: string): string {
  return `politique ${nom}`;
}
