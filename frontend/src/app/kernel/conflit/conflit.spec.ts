import { Component, signal } from '@angular/core';
import { render, screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { ChampCompare, Choix, Conflit, LigneDeConflit, PanneauConflit } from '.';

interface Fiche {
  readonly nom: string;
  readonly ville: string;
  readonly lignes: readonly number[];
  readonly cachee: string;
}

const CHAMPS: ChampCompare<Fiche>[] = [
  { cle: 'nom', libelle: 'Nom', dire: ({ nom }) => nom },
  { cle: 'ville', libelle: 'Ville', dire: ({ ville }) => ville },
  { cle: 'lignes', libelle: 'Lignes', dire: ({ lignes }) => `${lignes.length}` },
];
const BASE: Fiche = { nom: 'A', ville: 'Paris', lignes: [1], cachee: 'x' };

describe('Conflit', () => {
  it('merges what only one side changed, and takes theirs of what nobody compares', () => {
    const conflit = new Conflit(BASE, { ...BASE, nom: 'B', cachee: 'à moi' }, { ...BASE, ville: 'Lyon', cachee: 'à eux' }, CHAMPS);
    expect(conflit.lignes).toEqual([]);
    expect(conflit.reprises).toEqual(['Ville']);
    expect(conflit.resultat()).toEqual({ nom: 'B', ville: 'Lyon', lignes: [1], cachee: 'à eux' });
  });

  it('asks only about what both changed differently', () => {
    const conflit = new Conflit(
      BASE,
      { ...BASE, nom: 'B', ville: 'Nice', lignes: [1, 2] },
      { ...BASE, nom: 'C', ville: 'Nice', lignes: [] },
      CHAMPS,
    );
    expect(conflit.lignes).toEqual([
      { cle: 'nom', libelle: 'Nom', base: 'A', mienne: 'B', leur: 'C' },
      { cle: 'lignes', libelle: 'Lignes', base: '1', mienne: '2', leur: '0' },
    ]);
    expect(conflit.resultat({ nom: 'leur' })).toMatchObject({ nom: 'C', ville: 'Nice', lignes: [1, 2] });
    expect(conflit.resultat()).toMatchObject({ nom: 'B', lignes: [1, 2] });
  });

  it('knows when what was typed is stored already: the first attempt had succeeded', () => {
    const mienne = { ...BASE, nom: 'B' };
    expect(new Conflit(BASE, mienne, { ...mienne, ville: 'Lyon' }, CHAMPS).identiques).toBe(true);
    expect(new Conflit(BASE, mienne, { ...BASE, ville: 'Lyon' }, CHAMPS).identiques).toBe(false);
  });
});

@Component({
  selector: 'app-hote-conflit',
  imports: [PanneauConflit],
  template: `<app-conflit
    [lignes]="lignes"
    [reprises]="['Ville']"
    modifieLe="2026-11-30T09:42:00Z"
    (resoudre)="resolu.set($event)"
    (fermer)="ferme.set(true)"
  />`,
})
class Hote {
  readonly lignes: LigneDeConflit[] = [
    { cle: 'nom', libelle: 'Nom', base: 'A', mienne: 'B', leur: 'C' },
    { cle: 'email', libelle: 'Courriel', base: '', mienne: 'b@x.example', leur: '' },
  ];
  readonly resolu = signal<Readonly<Record<string, Choix>> | undefined>(undefined);
  readonly ferme = signal(false);
}

describe('PanneauConflit', () => {
  const ouvrir = async () => (await render(Hote)).fixture.componentInstance;

  it('shows before, mine and theirs, when, and what was taken over; keeps mine unless told', async () => {
    const hote = await ouvrir();
    expect(screen.getByRole('dialog', { name: 'Modifié entre-temps' }).textContent).toContain('30/11/2026 10:42. Votre saisie');
    expect(screen.getByText(/Repris sans question/).textContent).toContain('Ville');
    await userEvent.click(screen.getByRole('radio', { name: /Nom, leur version C/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Enregistrer ce choix' }));
    expect(hote.resolu()).toEqual({ nom: 'leur', email: 'mienne' });
  });

  it('takes a whole side at once, and works by keyboard', async () => {
    const hote = await ouvrir();
    await userEvent.click(screen.getByRole('button', { name: 'Prendre toute leur version' }));
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(hote.resolu()).toEqual({ nom: 'leur', email: 'leur' });
    await userEvent.click(screen.getByRole('button', { name: 'Garder toute ma saisie' }));
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(hote.resolu()).toEqual({ nom: 'mienne', email: 'mienne' });
  });

  it('goes back to the form on Escape', async () => {
    const hote = await ouvrir();
    await userEvent.keyboard('{Tab}{Escape}');
    expect([hote.ferme(), hote.resolu()]).toEqual([true, undefined]);
  });
});
