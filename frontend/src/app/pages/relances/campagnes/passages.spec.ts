import { passe } from '../exemples';
import { derniereTerminee, empechement, exclusDe, passageSuivant } from './passages';

const JOUR = '2026-11-30';

describe('passages', () => {
  it('numbers the next run of a day after the last one', () => {
    expect(passageSuivant([], JOUR)).toBe(1);
    expect(passageSuivant([passe({ passage: 2 }), passe({ passage: 1 })], JOUR)).toBe(3);
    expect(passageSuivant([passe({ date_reference: '2026-11-29' })], JOUR)).toBe(1);
  });

  it('knows the last campaign that ended', () => {
    const passes = [
      passe({ date_reference: JOUR }, { statut: 'FAILED' }),
      passe({ date_reference: '2026-11-20' }),
      passe({ date_reference: '2026-11-27' }),
    ];
    expect(derniereTerminee(passes)).toBe('2026-11-27');
    expect(derniereTerminee([])).toBe('');
  });

  it.each([
    ['nothing', [], JOUR, undefined, undefined],
    ['a run of that day that ended', [passe({})], JOUR, undefined, undefined],
    ['a day to come', [], '2026-12-01', 'jour à venir : le 01/12/2026', undefined],
    ['a run under way', [passe({}, { id: '9', statut: 'STARTED' })], JOUR, 'est en cours', '9'],
    ['a day before the last campaign', [passe({})], '2026-11-29', 'pour le 30/11/2026', undefined],
    ['a run of that day that failed', [passe({}, { id: '8', statut: 'FAILED' })], JOUR, 'interrompue', '8'],
    ['a run of that day that was stopped', [passe({}, { id: '8', statut: 'STOPPED' })], JOUR, 'interrompue', '8'],
    ['one that failed and was redone', [passe({ passage: 2 }), passe({}, { id: '8', statut: 'FAILED' })], JOUR, undefined, undefined],
  ])('says what stands in the way: %s', (_, passes, jour, raison, execution) => {
    const trouve = empechement(passes, jour, JOUR);
    if (raison === undefined) expect(trouve).toBeUndefined();
    else expect(trouve?.raison).toContain(raison);
    expect(trouve?.execution).toBe(execution);
  });

  it('reads who was left out', () => {
    expect(exclusDe(passe({ exclusions: ['c1', 'c2'] }))).toEqual(['c1', 'c2']);
    expect(exclusDe(passe({}))).toEqual([]);
  });
});
