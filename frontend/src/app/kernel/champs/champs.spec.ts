import { Component, signal } from '@angular/core';
import { form, FormField, required } from '@angular/forms/signals';
import { fireEvent, render, screen } from '@testing-library/angular';
import { ChampDate, ChampDecimal, champDe, ChampMontant, ChampTexte, erreursPlacees } from '.';

@Component({
  imports: [ChampMontant, ChampDate, ChampDecimal, ChampTexte, FormField],
  template: `
    <app-champ-montant libelle="Montant" [formField]="f.montant" />
    <app-champ-date libelle="Date" reference="2026-11-20" [formField]="f.date" />
    <app-champ-decimal libelle="Quantité" [decimales]="3" [formField]="f.quantite" />
    <app-champ-texte libelle="Nom" aide="Raison sociale" [formField]="f.nom" />
  `,
})
class Formulaire {
  readonly modele = signal({ montant: 123456 as number | null, date: '', quantite: '', nom: '' });
  readonly f = form(this.modele, (chemin) => required(chemin.nom, { message: 'Le nom manque.' }));
}

const champ = (nom: string) => screen.getByLabelText<HTMLInputElement>(new RegExp(nom));
const taper = (element: HTMLInputElement, texte: string) => {
  fireEvent.input(element, { target: { value: texte } });
  fireEvent.blur(element);
};

describe('champs', () => {
  it('read what is typed and reshape it on leaving only', async () => {
    const { fixture } = await render(Formulaire);
    expect(champ('Montant').value).toBe('1234,56');
    fireEvent.input(champ('Montant'), { target: { value: '12.5' } });
    expect(champ('Montant').value).toBe('12.5');
    fireEvent.blur(champ('Montant'));
    await fixture.whenStable();
    expect(champ('Montant').value).toBe('12,50');
    taper(champ('Date'), '+30');
    taper(champ('Quantité'), '2.50');
    await fixture.whenStable();
    expect(fixture.componentInstance.modele()).toEqual({ montant: 1250, date: '2026-12-20', quantite: '2.5', nom: '' });
    expect(champ('Date').value).toBe('20/12/2026');
  });

  it('keep what cannot be read and say why', async () => {
    const { fixture } = await render(Formulaire);
    taper(champ('Montant'), '12,345');
    await fixture.whenStable();
    expect(champ('Montant').value).toBe('12,345');
    expect(champ('Montant').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/Montant illisible/)).toBeTruthy();
    expect(fixture.componentInstance.modele().montant).toBe(123456);
  });

  it('give null and empty texts for nothing', async () => {
    const { fixture } = await render(Formulaire);
    taper(champ('Montant'), ' ');
    taper(champ('Date'), '');
    await fixture.whenStable();
    expect(fixture.componentInstance.modele()).toMatchObject({ montant: null, date: '' });
  });

  it('show help until there is an error, and the error once the field was left', async () => {
    const { fixture } = await render(Formulaire);
    expect(screen.getByText('Raison sociale')).toBeTruthy();
    expect(screen.queryByText(/Le nom manque/)).toBeNull();
    fireEvent.blur(champ('Nom'));
    await fixture.whenStable();
    expect(screen.getByText(/Le nom manque/)).toBeTruthy();
  });
});

describe('erreursPlacees', () => {
  it('finds the field a pointer means, the nearest one above it otherwise', async () => {
    const { fixture } = await render(Formulaire);
    const { f } = fixture.componentInstance;
    expect(champDe(f as never, '/montant')).toBe(f.montant);
    expect(champDe(f as never, '/montant/x/0')).toBe(f.montant);
    expect(champDe(f as never, '/inconnu')).toBe(f);
    const probleme = {
      statut: 422,
      code: 'corps-invalide',
      titre: 'Invalide',
      detail: '',
      erreurs: [{ pointer: '/nom', code: 'trop-court', detail: 'Trop court.' }],
    };
    expect(erreursPlacees(f as never, probleme)).toEqual([{ fieldTree: f.nom, kind: 'trop-court', message: 'Trop court.' }]);
    expect(erreursPlacees(f as never, { ...probleme, erreurs: [] })[0]).toMatchObject({ fieldTree: f, message: 'Invalide' });
  });
});
