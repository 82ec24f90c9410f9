/** Text compared as people search: without case, accents or ligatures. */

import { estPluriel } from './langue';

const LIGATURES: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss' };

/** `Œillet` gives `oeillet`. */
export function plier(texte: string): string {
  return texte
    .toLocaleLowerCase('fr')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[œæß]/g, (lettre) => LIGATURES[lettre] ?? lettre);
}

/** `1 facture`, `3 factures`; a number from 1000 on has U+202F between thousands. */
export function compter(nombre: number, un: string, plusieurs: string): string {
  return `${nombre.toLocaleString('fr-FR')}\u00a0${estPluriel(nombre) ? plusieurs : un}`;
}
