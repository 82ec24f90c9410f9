import { TestBed } from '@angular/core/testing';
import { ACTIONS, IDS, Touches } from '.';
import { occupant, relireChoix } from './choix';

const GARDE = 'raccourcis';

beforeEach(() => localStorage.clear());

const ouvrir = () => TestBed.inject(Touches);

describe('the keys of the application', () => {
  it('never meet', () => {
    expect(IDS.filter((id) => occupant({}, id, ACTIONS[id].touche))).toEqual([]);
  });
});

describe('Touches', () => {
  it('gives an action another key, keeps names of actions only, and forgets what is the usual key again', () => {
    const touches = ouvrir();
    expect(touches.changer('nouveau', 'c')).toBeUndefined();
    expect([touches.de('nouveau'), touches.estChangee('nouveau')]).toEqual(['c', true]);
    expect(localStorage.getItem(GARDE)).toBe('{"nouveau":"c"}');
    expect(touches.changer('nouveau', 'n')).toBeUndefined();
    expect([touches.de('nouveau'), localStorage.getItem(GARDE)]).toEqual(['n', null]);
  });

  it('names the action that has the key, and changes nothing then', () => {
    const touches = ouvrir();
    expect(touches.changer('nouveau', 'p')).toBe('apercu');
    expect(touches.changer('apercu', 'j')).toBe('ligne-suivante');
    expect(touches.changer('aide', 'm')).toBe('client-modifier');
    expect(touches.changer('aller-clients', 'f')).toBe('aller-factures');
    expect([touches.sontChangees(), localStorage.getItem(GARDE)]).toEqual([false, null]);
  });

  it('lets actions that never meet have the same key, and pages have any after their first one', () => {
    const touches = ouvrir();
    expect(touches.changer('client-modifier', 'd')).toBeUndefined();
    expect(touches.changer('aller-clients', 'j')).toBeUndefined();
    expect(touches.de('aller-clients')).toBe('g j');
  });

  it('does not reset to a key that another action has since', () => {
    const touches = ouvrir();
    touches.changer('nouveau', 'z');
    touches.changer('apercu', 'n');
    expect(touches.retablir('nouveau')).toBe('apercu');
    expect(touches.retablir('apercu')).toBeUndefined();
    expect(touches.retablir('nouveau')).toBeUndefined();
    expect(touches.sontChangees()).toBe(false);
  });

  it('resets all', () => {
    const touches = ouvrir();
    touches.changer('nouveau', 'z');
    touches.changer('aller', 'v');
    touches.retablirTout();
    expect([touches.de('nouveau'), touches.de('aller-clients'), localStorage.getItem(GARDE)]).toEqual(['n', 'g c', null]);
  });

  it('hears what another tab chose, and that its storage was emptied', () => {
    const touches = ouvrir();
    localStorage.setItem(GARDE, '{"nouveau":"z"}');
    localStorage.setItem('raccourcis-a-une-lettre', 'non');
    window.dispatchEvent(new StorageEvent('storage', { key: 'theme' }));
    expect([touches.de('nouveau'), touches.uneLettre()]).toEqual(['n', true]);
    for (const key of [GARDE, 'raccourcis-a-une-lettre']) window.dispatchEvent(new StorageEvent('storage', { key }));
    expect([touches.de('nouveau'), touches.uneLettre()]).toEqual(['z', false]);
    localStorage.clear();
    window.dispatchEvent(new StorageEvent('storage', { key: null }));
    expect([touches.de('nouveau'), touches.uneLettre()]).toEqual(['n', true]);
  });

  it('shows the key in force, and none while letters are switched off', () => {
    const touches = ouvrir();
    touches.changer('aller-clients', 'j');
    expect([touches.affichee('aller-clients'), touches.affichee('Ctrl+Enter')]).toEqual(['g j', 'Ctrl+Enter']);
    touches.permettreUneLettre(false);
    expect([touches.affichee('aller-clients'), touches.affichee('Ctrl+Enter')]).toEqual(['', 'Ctrl+Enter']);
  });

  it('tells lists what a key stands for', () => {
    const touches = ouvrir();
    const dansUneListe = ['ligne-suivante', 'ligne-precedente'] as const;
    touches.changer('ligne-suivante', 'y');
    expect(['y', 'j', 'k', 'Home'].map((touche) => touches.usuelle(touche, dansUneListe))).toEqual(['j', '', 'k', 'Home']);
    touches.permettreUneLettre(false);
    expect(['y', 'j', 'k', 'Home'].map((touche) => touches.usuelle(touche, dansUneListe))).toEqual(['y', '', '', 'Home']);
  });
});

describe('relireChoix', () => {
  it.each([
    ['nothing', null, {}],
    ['no JSON', '{"nouveau"', {}],
    ['no object', '["z"]', {}],
    ['null', 'null', {}],
    ['unknown actions', '{"ancien":"z","toString":"y","nouveau":"z"}', { nouveau: 'z' }],
    ['what is no key', '{"nouveau":"zz","apercu":7,"aide":" ","chercher":"N","aller":""}', {}],
    ['usual keys', '{"nouveau":"n"}', {}],
    ['a key that is taken', '{"nouveau":"p","aide":"h"}', { aide: 'h' }],
    ['the same key twice', '{"nouveau":"z","apercu":"z"}', { apercu: 'z' }],
    ['keys that were exchanged', '{"nouveau":"p","apercu":"n"}', { nouveau: 'p', apercu: 'n' }],
  ])('reads %s', (_, garde, choix) => {
    expect(relireChoix(garde)).toEqual(choix);
  });
});
