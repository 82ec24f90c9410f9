/** Files that the browser is given to keep. */

import { montantSaisissable } from '../format/montant';

/** What a spreadsheet would take for a formula. */
const FORMULE = /^[=+\-@\t\r]/;
const A_CITER = /[;"\r\n]/;

/** Offer `contenu` as a download under a name. */
export function enregistrer(contenu: Blob, nom: string): void {
  const lien = document.createElement('a');
  lien.href = URL.createObjectURL(contenu);
  lien.download = nom;
  lien.click();
  setTimeout(() => URL.revokeObjectURL(lien.href), 1_000);
}

/**
 * Lines as a French spreadsheet opens them, like the services' own exports: UTF-8 with BOM, `;`, CRLF. A number is an
 * amount in cents and becomes `1234,56`; a text that would be a formula gets an apostrophe in front.
 */
export function csv(lignes: readonly (readonly (string | number)[])[]): Blob {
  const texte = lignes.map((cellules) => cellules.map(cellule).join(';') + '\r\n').join('');
  return new Blob(['\ufeff', texte], { type: 'text/csv;charset=utf-8' });
}

function cellule(valeur: string | number): string {
  if (typeof valeur === 'number') return montantSaisissable(valeur);
  const sure = FORMULE.test(valeur) ? `'${valeur}` : valeur;
  return A_CITER.test(sure) ? `"${sure.replace(/"/g, '""')}"` : sure;
}
