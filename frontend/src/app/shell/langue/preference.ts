import { InjectionToken } from '@angular/core';
import { LANGUE, Langue } from '../../kernel/format/langue';

const CLE = 'langue';
const SERVIES: readonly Langue[] = ['fr', 'en'];

/** The languages that are built: French at `/`, every other one below its code. */
export const LANGUES_SERVIES = new InjectionToken<readonly Langue[]>('LANGUES_SERVIES', { factory: () => SERVIES });

/** The address of a page in a language; `page` is what the router calls it, `/factures?onglet=en-retard`. */
export function adresseEn(langue: Langue, page: string): string {
  return langue === 'fr' ? page : `/${langue}${page}`;
}

/** From now on pages open in this language. */
export function retenirLaLangue(langue: Langue): void {
  localStorage.setItem(CLE, langue);
}

/** Where this address is in the language that was chosen; `undefined` when that is where one is. */
export function adressePreferee(
  { pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>,
  ici: Langue = LANGUE,
  servies: readonly Langue[] = SERVIES,
): string | undefined {
  const voulue = servies.find((langue) => langue === localStorage.getItem(CLE));
  const prefixe = servies.find((langue) => langue !== 'fr' && `${pathname}/`.startsWith(`/${langue}/`)) ?? 'fr';
  if (!voulue || voulue === ici || prefixe !== ici) return undefined;
  const page = ici === 'fr' ? pathname : pathname.slice(ici.length + 1) || '/';
  return adresseEn(voulue, page + search + hash);
}
