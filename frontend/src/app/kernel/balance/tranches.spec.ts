import { parametresDeTranche, TRANCHES } from '.';

const AU = '2026-11-30';

describe('parametresDeTranche', () => {
  it('asks for the due dates of a class, without gap nor overlap between classes', () => {
    const bornes = TRANCHES.map((tranche) => parametresDeTranche(AU, tranche)).map(({ echue_du, echue_au }) => [echue_du, echue_au]);
    expect(bornes).toEqual([
      ['2026-11-30', undefined],
      ['2026-10-31', '2026-11-29'],
      ['2026-10-01', '2026-10-30'],
      ['2026-09-01', '2026-09-30'],
      [undefined, '2026-08-31'],
    ]);
  });

  it('names the date and the client', () => {
    expect(parametresDeTranche(AU, undefined, 'a')).toEqual({ ouverte_au: AU, client_id: 'a' });
  });
});
