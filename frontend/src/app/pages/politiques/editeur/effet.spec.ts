import { politique, relance, simulation } from '../exemples';
import { versBrouillon, versModele } from '../modele';
import { compterParNiveau, exempleDe, sommer } from './effet';

const avant = simulation([
  relance('a', 1),
  relance('b', 2, { interets_centimes: 120, indemnites_centimes: 4000 }),
  relance('z', 1, { politique: 'autre' }),
]);
const apres = simulation([relance('b', 2, { interets_centimes: null, indemnites_centimes: 8000 }), relance('c', 2, { devise: 'USD' })]);
const brouillon = versBrouillon('standard', versModele(politique()));

describe('effect of a draft', () => {
  it('counts the reminders of the policy only, by level, also of levels that are gone', () => {
    expect(compterParNiveau('standard', 1, avant, apres)).toEqual([
      { niveau: 0, avant: 2, apres: 2 },
      { niveau: 1, avant: 1, apres: 0 },
      { niveau: 2, avant: 1, apres: 2 },
    ]);
  });

  it('never adds currencies, and knows no sum of which a part is unknown', () => {
    expect(sommer('standard', avant, apres).map(({ devise, quoi, avant: a, apres: b }) => [devise, quoi, a, b])).toEqual([
      ['EUR', 'total_du_centimes', 20_000, 10_000],
      ['EUR', 'interets_centimes', 120, null],
      ['EUR', 'indemnites_centimes', 4000, 8000],
      ['USD', 'total_du_centimes', 0, 10_000],
      ['USD', 'interets_centimes', 0, 0],
      ['USD', 'indemnites_centimes', 0, 0],
    ]);
  });

  it('takes a real message where there is one, makes one up of the delay and the penalties otherwise', () => {
    expect(exempleDe(2, brouillon, apres, '2026-11-30')).toEqual({ message: apres.relances[0]!.message, reel: true });
    const { message, reel } = exempleDe(3, brouillon, apres, '2026-11-30');
    expect([reel, message.niveau, message.total_du_centimes]).toEqual([false, 3, 120_000]);
    expect(message.factures[0]).toMatchObject({
      date_echeance: '2026-10-31',
      jours_retard: 30,
      interets_centimes: null,
      indemnite_centimes: 4000,
    });
    expect(exempleDe(1, brouillon, undefined, '2026-11-30').message.factures[0]).toMatchObject({
      interets_centimes: 0,
      indemnite_centimes: 0,
    });
  });
});
