import fc from 'fast-check';
import {
  finDuMois,
  formaterDate,
  formaterInstant,
  jourDe,
  joursEntre,
  lireDate,
  lundiDe,
  minuitDe,
  nomDuMois,
  plusJours,
  premierDuMois,
} from './date';
import { compter, plier } from './texte';

const LE = '2026-11-20';

describe('lireDate', () => {
  it.each([
    ['15', '2026-11-15'],
    ['5', '2026-11-05'],
    ['1512', '2026-12-15'],
    ['151226', '2026-12-15'],
    ['15122026', '2026-12-15'],
    ['15/12/2026', '2026-12-15'],
    ['1/2/27', '2027-02-01'],
    ['15.12', '2026-12-15'],
    ['15 12', '2026-12-15'],
    ['2026-12-15', '2026-12-15'],
    ['+30', '2026-12-20'],
    ['-20', '2026-10-31'],
    ['.', LE],
    [' 31/03 ', '2026-03-31'],
    ['29/02/2028', '2028-02-29'],
  ])('%s', (texte, iso) => expect(lireDate(texte, LE)).toBe(iso));

  it.each(['', '31/02', '32', '3113', '29/02/2026', 'demain', '15/12/2', '1/1/1/1', '2026-13-01'])('refuses « %s »', (texte) =>
    expect(lireDate(texte, LE)).toBeUndefined(),
  );

  it('reads back every day it shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_000 }), (jours) => {
        const iso = plusJours('2000-01-01', jours);
        expect(lireDate(formaterDate(iso), LE)).toBe(iso);
        expect(joursEntre('2000-01-01', iso)).toBe(jours);
      }),
    );
  });
});

describe('months and weeks', () => {
  it('begin and end where the calendar says, over the turn of the year too', () => {
    expect([premierDuMois('2026-11-20'), premierDuMois('2026-11-20', 2), premierDuMois('2026-11-20', -11)]).toEqual([
      '2026-11-01',
      '2027-01-01',
      '2025-12-01',
    ]);
    expect([finDuMois('2028-02-10'), finDuMois('2026-03-31', -1), finDuMois('2026-12-05')]).toEqual([
      '2028-02-29',
      '2026-02-28',
      '2026-12-31',
    ]);
    expect(['2026-11-30', '2026-12-06', '2026-12-07'].map(lundiDe)).toEqual(['2026-11-30', '2026-11-30', '2026-12-07']);
    expect(nomDuMois('2026-02-01')).toBe('févr. 2026');
  });
});

describe('days of Paris', () => {
  it('begin before those of UTC, in winter and in summer', () => {
    expect(jourDe(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01');
    expect(jourDe(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
    expect(formaterInstant('2026-10-25T00:30:00Z')).toBe('25/10/2026 02:30');
    expect(formaterInstant('2026-10-25T01:30:00Z')).toBe('25/10/2026 02:30');
  });
});

describe('plier', () => {
  it('forgets case, accents and ligatures', () => {
    expect(plier('ŒILLET Élève')).toBe('oeillet eleve');
    expect(plier('Noël æ')).toBe('noel ae');
  });
  it('counts', () => {
    expect(compter(0, 'facture', 'factures')).toBe('0\u00a0facture');
    expect(compter(1243, 'facture', 'factures')).toBe('1\u202f243\u00a0factures');
  });
});

describe('minuitDe', () => {
  it.each([
    ['2026-11-30', '2026-11-29T23:00:00.000Z'],
    ['2026-07-14', '2026-07-13T22:00:00.000Z'],
    ['2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', '2026-10-25T23:00:00.000Z'],
  ])('begins %s at %s, also around the changes of the clock', (jour, instant) => {
    expect(minuitDe(jour).toISOString()).toBe(instant);
  });
});
