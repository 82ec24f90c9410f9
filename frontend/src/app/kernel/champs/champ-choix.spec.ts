import { Component, signal } from '@angular/core';
import { form, FormField, required } from '@angular/forms/signals';
import { render, screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { ChampChoix } from '.';

@Component({
  selector: 'app-hote-choix',
  imports: [ChampChoix, FormField],
  template: `<app-champ-choix libelle="Type" [formField]="f.type" [choix]="choix" vide="à choisir" aide="décide des frais" />
    <button type="button">ailleurs</button>`,
})
class Hote {
  readonly modele = signal({ type: '' });
  readonly f = form(this.modele, (chemin) => required(chemin.type, { message: 'Le type manque.' }));
  readonly choix = [
    { valeur: 'E', libelle: 'Entreprise' },
    { valeur: 'P', libelle: 'Particulier' },
  ];
}

describe('ChampChoix', () => {
  it('keeps what is chosen, and says what is missing once it was left', async () => {
    const hote = (await render(Hote)).fixture.componentInstance;
    const champ = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Type' });
    expect([champ.value, screen.queryByText('Le type manque.')]).toEqual(['', null]);
    await userEvent.tab();
    await userEvent.tab();
    expect(champ.getAttribute('aria-describedby')).toBe(screen.getByText('Le type manque.').parentElement?.id);
    await userEvent.selectOptions(champ, 'Particulier');
    expect(hote.modele()).toEqual({ type: 'P' });
    expect(screen.getByText('décide des frais')).toBeTruthy();
  });

  it('shows a value that is not offered instead of another one', async () => {
    const { fixture } = await render(Hote);
    fixture.componentInstance.modele.set({ type: 'ANCIEN' });
    await fixture.whenStable();
    expect(screen.getByRole<HTMLSelectElement>('combobox').selectedOptions[0]?.textContent).toBe('ANCIEN');
  });
});
