/**
 * The cells of a block copied from a spreadsheet: tabs between cells, line ends between rows, quotes around what holds
 * either. Empty rows at the end are dropped.
 */
export function lireTableau(texte: string): string[][] {
  const rangs: string[][] = [[]];
  const cellule = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/gy;
  for (;;) {
    const trouve = cellule.exec(texte);
    if (!trouve) break;
    rangs.at(-1)?.push(sansGuillemets(trouve[1] ?? ''));
    if (!trouve[2]) break;
    if (trouve[2] !== '\t') rangs.push([]);
  }
  while (rangs.length && !rangs.at(-1)?.join('').trim()) rangs.pop();
  return rangs;
}

/** Whether a text is a block of several cells rather than something for one of them. */
export function estUnBloc(texte: string): boolean {
  return /[\t\r\n]/.test(texte.trim());
}

function sansGuillemets(cellule: string): string {
  return /^".*"$/s.test(cellule) ? cellule.slice(1, -1).replace(/""/g, '"') : cellule.trim();
}
