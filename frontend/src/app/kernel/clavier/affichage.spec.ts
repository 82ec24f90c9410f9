import { Component, inject } from '@angular/core';
import { render, screen } from '@testing-library/angular';
import { IdAction, ToucheEnIndice, ToucheEnTitre, ToucheFixe, Touches } from '.';

@Component({
  imports: [ToucheEnTitre, ToucheEnIndice],
  template: `
    <button type="button" i18n-title title="Nouvelle facture" appTouche="nouveau">un</button>
    <button type="button" appTouche="aller-clients">deux</button>
    <button type="button" title="Émettre" [appTouche]="variable">trois</button>
    <input aria-label="Chercher" i18n-placeholder placeholder="Chercher" appToucheEnIndice="chercher" />
  `,
})
class Page {
  readonly touches = inject(Touches);
  variable: IdAction | ToucheFixe | undefined = 'Ctrl+Enter';
}

const titres = () => screen.getAllByRole('button').map((bouton) => bouton.getAttribute('title'));
const indice = () => screen.getByRole('textbox').getAttribute('placeholder');

beforeEach(() => localStorage.clear());

describe('titles and hints', () => {
  it('say the key in force, also after another one was chosen', async () => {
    const { fixture } = await render(Page);
    expect([titres(), indice()]).toEqual([['Nouvelle facture (n)', 'g c', 'Émettre (Ctrl+Enter)'], 'Chercher  ( / )']);
    fixture.componentInstance.touches.changer('nouveau', 'z');
    fixture.componentInstance.touches.changer('aller', 'v');
    fixture.componentInstance.touches.changer('chercher', ';');
    await fixture.whenStable();
    expect([titres(), indice()]).toEqual([['Nouvelle facture (z)', 'v c', 'Émettre (Ctrl+Enter)'], 'Chercher  ( ; )']);
  });

  it('say no key that is switched off', async () => {
    const { fixture } = await render(Page);
    fixture.componentInstance.touches.permettreUneLettre(false);
    await fixture.whenStable();
    expect([titres(), indice()]).toEqual([['Nouvelle facture', null, 'Émettre (Ctrl+Enter)'], 'Chercher']);
  });
});
