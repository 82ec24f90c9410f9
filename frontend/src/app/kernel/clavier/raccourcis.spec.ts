import { Component, inject } from '@angular/core';
import { fireEvent, render, screen } from '@testing-library/angular';
import { Raccourci, Raccourcis, Touches } from '.';

const fait = vi.fn();

@Component({ template: '<input aria-label="champ" /><p>page</p>' })
class Page {
  readonly touches = inject(Touches);

  constructor() {
    const actions = (['nouveau', 'aller-factures'] as const).map((action) => ({ action }));
    const fixes = (['Ctrl+s', 'Escape', 'ArrowDown'] as const).map((touche) => ({ touche }));
    inject(Raccourcis).ajouter([...actions, ...fixes].map((quoi): Raccourci => ({ ...quoi, libelle: '', faire: () => fait(quoi) })));
  }
}

/** What was done, by name. */
const faits = () => fait.mock.calls.flat().map((quoi: { action?: string; touche?: string }) => quoi.action ?? quoi.touche);
const presser = (...touches: string[]) => touches.forEach((key) => fireEvent.keyDown(document.body, { key }));

beforeEach(() => {
  fait.mockClear();
  localStorage.clear();
});

describe('Raccourcis', () => {
  it('hears single keys and sequences outside fields', async () => {
    await render(Page);
    presser('n', 'g', 'f');
    expect(faits()).toEqual(['nouveau', 'aller-factures']);
  });

  it('leaves letters to fields, and hears Ctrl and Escape there', async () => {
    await render(Page);
    const champ = screen.getByLabelText('champ');
    for (const evenement of [{ key: 'n' }, { key: 'ArrowDown' }, { key: 's', ctrlKey: true }, { key: 'Escape' }])
      fireEvent.keyDown(champ, evenement);
    expect(faits()).toEqual(['Ctrl+s', 'Escape']);
  });

  it('hears no single letter once they are switched off, and goes on with arrows', async () => {
    const { fixture } = await render(Page);
    fixture.componentInstance.touches.permettreUneLettre(false);
    presser('n', 'g', 'f', 'ArrowDown');
    fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
    expect(faits()).toEqual(['ArrowDown', 'Ctrl+s']);
  });

  it('hears the key that was chosen at once, and the old one no more', async () => {
    const { fixture } = await render(Page);
    fixture.componentInstance.touches.changer('nouveau', 'é');
    presser('n');
    expect(faits()).toEqual([]);
    presser('é');
    expect(faits()).toEqual(['nouveau']);
  });

  it('hears sequences by their new keys, the first one and the second', async () => {
    const { fixture } = await render(Page);
    fixture.componentInstance.touches.changer('aller', 'v');
    fixture.componentInstance.touches.changer('aller-factures', '3');
    presser('g', 'f', 'v', 'f', 'g', '3');
    expect(faits()).toEqual([]);
    presser('v', '3');
    expect(faits()).toEqual(['aller-factures']);
  });

  it('does not take AltGr for a shortcut, and forgets those of a page that went away', async () => {
    const { fixture } = await render(Page);
    fireEvent.keyDown(document.body, { key: 'n', altKey: true });
    fixture.destroy();
    presser('n');
    expect(fait).not.toHaveBeenCalled();
  });
});
