import { estFerme, fermetures, premierOuvre } from './jours-sans-envoi';

const FERIES = [
  { jour: '2026-12-25', nom: 'Noël' },
  { jour: '2027-01-01', nom: "Jour de l'an" },
];

describe('jours sans envoi', () => {
  it.each([
    ['2026-12-24', false],
    ['2026-12-25', true],
    ['2026-12-26', true],
    ['2026-12-27', true],
    ['2026-12-28', false],
  ])('%s: %s', (jour, ferme) => {
    expect(estFerme(jour, FERIES)).toBe(ferme);
  });

  it('puts a holiday and the weekend after it together, both ends included', () => {
    expect(fermetures('2026-12-20', 13, FERIES)).toEqual([
      { debut: 0, jours: 1 },
      { debut: 5, jours: 3 },
      { debut: 12, jours: 2 },
    ]);
  });

  it('goes on to the first day on which something leaves', () => {
    expect(premierOuvre('2026-12-25', FERIES)).toBe('2026-12-28');
    expect(premierOuvre('2026-12-24', FERIES)).toBe('2026-12-24');
  });
});
