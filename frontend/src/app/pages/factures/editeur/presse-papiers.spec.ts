import fc from 'fast-check';
import { estUnBloc, lireTableau } from './presse-papiers';

describe('lireTableau', () => {
  it.each([
    [
      'a\tb\nc\td',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a\tb\r\nc\t\r\n',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    ['"deux\nlignes"\t"dit ""oui"""\r\n', [['deux\nlignes', 'dit "oui"']]],
    ['une\ndeux\n\n\n', [['une'], ['deux']]],
    ['vis 3" x 12\t4', [['vis 3" x 12', '4']]],
    ['\t5', [['', '5']]],
    ['', []],
  ])('%j', (texte, cellules) => expect(lireTableau(texte)).toEqual(cellules));

  it('reads back every block that a spreadsheet writes', () => {
    const cellule = fc
      .string({ unit: fc.constantFrom('a', 'é', '"', '\n', ' x', '7,5'), minLength: 1, maxLength: 6 })
      .filter((texte) => texte === texte.trim());
    const ecrire = (texte: string): string => (/[\t\n"]/.test(texte) ? `"${texte.replace(/"/g, '""')}"` : texte);
    fc.assert(
      fc.property(fc.array(fc.array(cellule, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 4 }), (rangs) => {
        expect(lireTableau(rangs.map((rang) => rang.map(ecrire).join('\t')).join('\r\n'))).toEqual(rangs);
      }),
    );
  });

  it('tells a block from a text for one cell', () => {
    expect([estUnBloc('Conseil'), estUnBloc(' 12,50\n'), estUnBloc('a\tb'), estUnBloc('a\nb')]).toEqual([false, false, true, true]);
  });
});
