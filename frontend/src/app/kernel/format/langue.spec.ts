import { estPluriel, LANGUE } from './langue';

describe('languages', () => {
  it('is French where nothing was translated', () => expect(LANGUE).toBe('fr'));

  it('count otherwise: none and one and a half are singular in French only', () => {
    const nombres = [0, 1, -1, 1.5, 2, -3];
    expect(nombres.map((nombre) => estPluriel(nombre, 'fr'))).toEqual([false, false, false, false, true, true]);
    expect(nombres.map((nombre) => estPluriel(nombre, 'en'))).toEqual([true, false, false, true, true, true]);
  });
});
