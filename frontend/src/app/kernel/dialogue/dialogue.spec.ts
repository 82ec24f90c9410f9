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

@Component({
  imports: [Dialogue],
  template: `
    <app-dialogue titre="Émission" (principal)="fait.push('principal')">
      <iframe title="Aperçu"></iframe>
      @if (faite()) {
        <button type="button" data-premier>Voir</button>
      } @else {
        <button type="button" data-premier [disabled]="!prete()" (click)="prete.set(false)">Émettre</button>
        <input aria-label="Date" />
      }
    </app-dialogue>
  `,
})
class PageEnAttente {
  readonly prete = signal(false);
  readonly faite = signal(false);
  readonly fait: string[] = [];
}

describe('Dialogue whose main button has to wait', () => {
  it('holds the focus itself, never in a frame, and passes it on when the button can be pressed', async () => {
    const { fixture } = await render(PageEnAttente);
    const page = fixture.componentInstance;
    const qui = userEvent.setup();
    expect(document.activeElement).toBe(screen.getByRole('dialog', { name: 'Émission' }));
    await qui.keyboard('{Control>}{Enter}{/Control}');
    expect(page.fait).toEqual(['principal']);
    page.prete.set(true);
    await fixture.whenStable();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Émettre' }));
    page.prete.set(false);
    page.faite.set(true);
    await fixture.whenStable();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Voir' }));
  });

  it('leaves the focus where somebody has put it', async () => {
    const { fixture } = await render(PageEnAttente);
    await userEvent.setup().click(screen.getByLabelText('Date'));
    fixture.componentInstance.prete.set(true);
    await fixture.whenStable();
    expect(document.activeElement).toBe(screen.getByLabelText('Date'));
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
