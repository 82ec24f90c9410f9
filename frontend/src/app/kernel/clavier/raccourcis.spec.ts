import { Component, inject } from '@angular/core';
import { fireEvent, render, screen } from '@testing-library/angular';
import { Raccourcis } from './raccourcis';

const fait = vi.fn();

@Component({ template: '<input aria-label="champ" /><p>page</p>' })
class Page {
  constructor() {
    inject(Raccourcis).ajouter(['n', 'g f', 'Ctrl+s', 'Escape'].map((touche) => ({ touche, libelle: touche, faire: () => fait(touche) })));
  }
}

beforeEach(() => {
  fait.mockClear();
  localStorage.clear();
});

describe('Raccourcis', () => {
  it('hears single keys and sequences outside fields', async () => {
    await render(Page);
    fireEvent.keyDown(document.body, { key: 'n' });
    fireEvent.keyDown(document.body, { key: 'g' });
    fireEvent.keyDown(document.body, { key: 'f' });
    expect(fait.mock.calls.flat()).toEqual(['n', 'g f']);
  });

  it('leaves letters to fields, and hears Ctrl and Escape there', async () => {
    await render(Page);
    const champ = screen.getByLabelText('champ');
    for (const evenement of [{ key: 'n' }, { key: 's', ctrlKey: true }, { key: 'Escape' }]) fireEvent.keyDown(champ, evenement);
    expect(fait.mock.calls.flat()).toEqual(['Ctrl+s', 'Escape']);
  });

  it('hears no single letter once they are switched off', async () => {
    const { fixture } = await render(Page);
    fixture.debugElement.injector.get(Raccourcis).permettreUneLettre(false);
    fireEvent.keyDown(document.body, { key: 'n' });
    fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
    expect(fait.mock.calls.flat()).toEqual(['Ctrl+s']);
  });

  it('does not take AltGr for a shortcut, and forgets those of a page that went away', async () => {
    const { fixture } = await render(Page);
    fireEvent.keyDown(document.body, { key: 'n', altKey: true });
    fixture.destroy();
    fireEvent.keyDown(document.body, { key: 'n' });
    expect(fait).not.toHaveBeenCalled();
  });
});
