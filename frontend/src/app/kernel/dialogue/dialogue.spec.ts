import { Component, inject, signal } from '@angular/core';
import { render, screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { Raccourcis } from '../clavier/raccourcis';
import { Dialogue, retenirLaFenetre } from '.';

@Component({
  imports: [Dialogue],
  template: `
    <button type="button" (click)="ouvert.set(true)">Ouvrir</button>
    @if (ouvert()) {
      <app-dialogue titre="Avoir" (fermer)="ouvert.set(false)" (principal)="fait.push('principal')">
        <input aria-label="Motif" />
      </app-dialogue>
    }
  `,
})
class Page {
  readonly ouvert = signal(false);
  readonly sale = signal(false);
  readonly fait: string[] = [];

  constructor() {
    inject(Raccourcis).ajouter([{ touche: 'Ctrl+s', libelle: 'Enregistrer', faire: () => this.fait.push('page') }]);
    retenirLaFenetre(this.sale);
  }
}

async function ouvrir() {
  const { fixture } = await render(Page);
  const qui = userEvent.setup();
  await qui.click(screen.getByRole('button', { name: 'Ouvrir' }));
  return { page: fixture.componentInstance, qui };
}

describe('Dialogue', () => {
  it('is named, does the main thing on Ctrl+Enter and closes on Escape, giving the focus back', async () => {
    const { page, qui } = await ouvrir();
    expect(screen.getByRole('dialog', { name: 'Avoir' })).toBeTruthy();
    await qui.type(screen.getByLabelText('Motif'), 'x{Control>}{Enter}{/Control}');
    expect(page.fait).toEqual(['principal']);
    await qui.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Ouvrir' }));
  });

  it('silences the shortcuts of the page, which work again afterwards', async () => {
    const { page, qui } = await ouvrir();
    await qui.keyboard('{Control>}s{/Control}');
    expect(page.fait).toEqual([]);
    await qui.click(screen.getByLabelText('Motif'));
    await qui.keyboard('{Escape}{Control>}s{/Control}');
    expect(page.fait).toEqual(['page']);
  });
});

describe('retenirLaFenetre', () => {
  it('asks only while something would be lost', async () => {
    const { page } = await ouvrir();
    const fermer = (): boolean => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(fermer()).toBe(true);
    page.sale.set(true);
    expect(fermer()).toBe(false);
  });
});
