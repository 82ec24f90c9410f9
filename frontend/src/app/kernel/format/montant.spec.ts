import fc from 'fast-check';
import {
  formaterDecimal,
  formaterMontant,
  formaterMontantCourt,
  formaterTaux,
  lireDecimal,
  lireMontant,
  montantSaisissable,
} from './montant';

describe('formaterMontant', () => {
  it('sets U+202F between thousands and U+00A0 before the euro', () => {
    expect([...formaterMontant(123456789)].map((c) => c.codePointAt(0)!.toString(16)).join(' ')).toBe(
      [...'1\u202f234\u202f567,89\u00a0€'].map((c) => c.codePointAt(0)!.toString(16)).join(' '),
    );
  });

  it('writes negative amounts and other currencies', () => {
    expect(formaterMontant(-500)).toBe('-5,00\u00a0€');
    expect(formaterMontant(500, 'GBP', 'en')).toBe('£5.00');
  });
});

describe('formaterMontantCourt', () => {
  it.each([
    [0, '0\u00a0€'],
    [99_949, '999\u00a0€'],
    [123_456, '1,2\u00a0k€'],
    [-50_000_000, '-500\u00a0k€'],
    [99_999_999, '1\u00a0M€'],
    [123_456_789, '1,2\u00a0M€'],
  ])('%i', (centimes, texte) => expect(formaterMontantCourt(centimes)).toBe(texte));
});

describe('lireMontant', () => {
  it.each([
    ['1234,56', 123456],
    ['1234.56', 123456],
    ['1 234,56 €', 123456],
    ['1\u00a0234,56\u00a0€', 123456],
    ['1\u202f234,5', 123450],
    ['1.234,56', 123456],
    ['1,234.56', 123456],
    ['12', 1200],
    ['.5', 50],
    ['-3,20', -320],
    ['−3,20', -320],
    ['0', 0],
    ['5,', 500],
    ['EUR 7,00', 700],
  ])('%s', (texte, centimes) => expect(lireMontant(texte)).toBe(centimes));

  it.each(['', ' ', 'abc', '1,234', '1.2.3', '1,2,3', '--1', '1-2', '1,234,5', '12345678901234'])('refuses « %s »', (texte) =>
    expect(lireMontant(texte)).toBeUndefined(),
  );

  it('reads back every amount it shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), (centimes) => {
        expect(lireMontant(formaterMontant(centimes))).toBe(centimes || 0);
        expect(lireMontant(montantSaisissable(centimes))).toBe(centimes || 0);
      }),
    );
  });
});

describe('lireDecimal', () => {
  it.each([
    ['2,5', 3, '2.5'],
    ['2.50', 3, '2.5'],
    ['007', 0, '7'],
    ['20 %', 1, '20'],
    ['0', 2, '0'],
  ])('%s', (texte, decimales, attendu) => expect(lireDecimal(texte, decimales)).toBe(attendu));

  it('refuses more decimals than the field has', () => expect(lireDecimal('1,2345', 3)).toBeUndefined());
});

describe('decimals as shown', () => {
  it('drops zeros nobody needs', () => {
    expect(formaterDecimal('2.50')).toBe('2,5');
    expect(formaterDecimal('100')).toBe('100');
    expect(formaterTaux('20.0')).toBe('20\u00a0%');
    expect(formaterTaux('5.5')).toBe('5,5\u00a0%');
  });
});
