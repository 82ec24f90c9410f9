import { lireTouche } from '.';

const lire = (key: string, avec: KeyboardEventInit = {}) => lireTouche(new KeyboardEvent('keydown', { key, ...avec }));

describe('lireTouche', () => {
  it.each(['n', 'é', '7', ';', '?'])('takes « %s », whatever it needs Shift for', (key) => {
    expect(lire(key, { shiftKey: key === '?' || key === '7' })).toEqual({ touche: key });
  });

  it('takes a letter under Caps Lock for the letter', () => {
    expect(lire('N')).toEqual({ touche: 'n' });
  });

  it.each(['Shift', 'Control', 'AltGraph', 'CapsLock', 'Unidentified'])('waits while it is only %s', (key) => {
    expect(lire(key)).toBeUndefined();
  });

  it.each([
    ['c', { ctrlKey: true }, 'Ctrl avec une touche'],
    ['c', { metaKey: true }, 'Ctrl avec une touche'],
    ['c', { altKey: true }, 'Alt avec une touche'],
    ['@', { ctrlKey: true, altKey: true }, 'AltGr'],
    ['@', { modifierAltGraph: true }, 'AltGr'],
    ['N', { shiftKey: true }, 'Sans Maj'],
    ['Dead', {}, 'attend une lettre'],
    ['F5', {}, 'touches de fonction'],
    ['Enter', {}, 'se déplacer'],
    [' ', {}, 'se déplacer'],
    ['ArrowDown', {}, 'se déplacer'],
    ['́', {}, 'caractère visible'],
  ])('refuses %s with %o: %s', (key, avec, pourquoi) => {
    expect(lire(key, avec)).toEqual({ refus: expect.stringContaining(pourquoi) as string });
  });
});
