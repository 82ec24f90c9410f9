import { joindreCsv } from '.';

describe('joindreCsv', () => {
  it('keeps the mark of encoding and the headings of the first file only', () => {
    const fichier = (lignes: string) => ({ nom: 'factures.csv', texte: `\ufeffNuméro;Reste\r\n${lignes}` });
    expect(joindreCsv([fichier('A;1\r\n'), fichier('B;2\r\n')])).toEqual(fichier('A;1\r\nB;2\r\n'));
  });
});
