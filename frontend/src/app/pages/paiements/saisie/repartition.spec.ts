import { signal } from '@angular/core';
import fc from 'fast-check';
import { FactureOuverteJson } from '../../../api';
import { Repartition } from './repartition';

const facture = (facture_id: string, reste_centimes: number): FactureOuverteJson => ({
  facture_id,
  numero: `FA-${facture_id}`,
  date_emission: '2026-10-01',
  date_echeance: '2026-10-31',
  jours_retard: 30,
  en_litige: false,
  total_ttc_centimes: reste_centimes,
  reste_centimes,
});

function preparer(montant: number | null, ...restes: number[]) {
  const ouvertes = signal(restes.map((reste, i) => facture(String(i), reste)));
  const recu = signal(montant);
  const repartition = new Repartition(recu, ouvertes, signal('EUR'));
  const remplir = (...rangs: number[]): void => rangs.forEach((rang) => repartition.remplir(repartition.lignes()[rang]!));
  return { repartition, recu, remplir, textes: () => repartition.lignes().map(({ texte }) => texte) };
}

describe('Repartition', () => {
  it('fills an untouched cell with what is left, at most what is owed', () => {
    const { repartition, remplir, textes } = preparer(10_000, 6_000, 6_000, 100);
    remplir(0, 1, 2);
    expect(textes()).toEqual(['60,00', '40,00', '']);
    expect([repartition.affecte(), repartition.reste(), repartition.empechement()]).toEqual([10_000, 0, undefined]);
  });

  it('leaves a cell alone that was typed in', () => {
    const { repartition, textes } = preparer(10_000, 6_000);
    repartition.taper('0', '12.5');
    expect(repartition.remplir(repartition.lignes()[0]!)).toBe(false);
    repartition.quitter('0');
    expect([textes(), repartition.reste()]).toEqual([['12,50'], 8_750]);
  });

  it('fills with all that is owed before an amount is known, and says what the amount would be', () => {
    const { repartition, remplir } = preparer(null, 6_000, 250);
    remplir(0, 1);
    expect(repartition.affecte()).toBe(6_250);
  });

  it.each([
    ['abc', /illisible/],
    ['-3', /positive/],
    ['61', /reste dû, 60,00\u00a0€/],
  ])('says what is wrong with %s', (texte, erreur) => {
    const { repartition } = preparer(10_000, 6_000);
    repartition.taper('0', texte);
    expect(repartition.lignes()[0]?.erreur).toMatch(erreur);
    expect(repartition.empechement()).toBe('Une affectation est à corriger.');
  });

  it('refuses to spread more than was received', () => {
    const { repartition, remplir, recu } = preparer(10_000, 6_000, 6_000);
    remplir(0, 1);
    recu.set(9_000);
    expect(repartition.empechement()).toBe('Les affectations dépassent le montant reçu de 10,00\u00a0€.');
  });

  it('offers a write-off for a small difference only', () => {
    const { repartition } = preparer(10_000, 6_000, 6_000);
    repartition.taper('0', '59,65');
    repartition.taper('1', '40');
    expect(repartition.lignes().map(({ ecart }) => ecart)).toEqual([35, undefined]);
  });

  it('forgets what is typed for invoices that are not open any more', () => {
    const { repartition } = preparer(10_000, 6_000);
    repartition.poser([{ facture_id: 'partie', montant_centimes: 500 }]);
    expect(repartition.parts()).toEqual([]);
    repartition.poser([{ facture_id: '0', montant_centimes: 500 }]);
    expect(repartition.parts()).toEqual([{ facture_id: '0', montant_centimes: 500 }]);
    repartition.effacer();
    expect(repartition.vide()).toBe(true);
  });

  it('filled cell by cell, never spreads more than was received nor than is owed', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 20 }), (montant, restes) => {
        const { repartition, remplir } = preparer(montant, ...restes);
        remplir(...restes.keys());
        expect(repartition.empechement()).toBeUndefined();
        expect(repartition.affecte()).toBe(
          Math.min(
            montant,
            restes.reduce((a, b) => a + b, 0),
          ),
        );
      }),
    );
  });
});
