import { Component, inject, signal } from '@angular/core';
import { fireEvent, render, screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { Raccourcis } from '../../kernel/clavier';
import { AideClavier } from './aide-clavier';

const fait = vi.fn();

@Component({ imports: [AideClavier], template: '@if (ouverte()) {<app-aide-clavier (fermer)="ouverte.set(false)" />}' })
class Page {
  readonly ouverte = signal(true);

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'nouveau', libelle: 'Nouvelle facture', faire: () => fait('nouveau') },
      { action: 'apercu', libelle: 'Aperçu', faire: () => fait('apercu') },
      { touche: 'Ctrl+s', libelle: 'Enregistrer', faire: () => fait('enregistrer') },
      { touche: 'Escape', libelle: 'Ne plus rien choisir', faire: () => fait('vider') },
    ]);
  }
}

async function ouvrir() {
  await render(Page);
  return userEvent.setup();
}

/** The row of what is done by a key: its key, and what else it says. */
const ligne = (libelle: string) => screen.getByText(libelle).closest('li')!;
const toucheDe = (libelle: string) => ligne(libelle).querySelector('kbd')!.textContent;
const changer = (libelle: string) => screen.getByRole('button', { name: `Changer la touche de ${libelle}` });

/** By keyboard: ask for another key. The field that waits for it has the focus. */
async function demander(qui: ReturnType<typeof userEvent.setup>, libelle: string) {
  changer(libelle).focus();
  await qui.keyboard('{Enter}');
  const champ = screen.getByRole('textbox', { name: `Nouvelle touche pour ${libelle}` });
  expect(document.activeElement).toBe(champ);
  return champ;
}

beforeEach(() => {
  fait.mockClear();
  localStorage.clear();
});

describe('AideClavier', () => {
  it('lists the keys of the page once, then those of the others, and lets only actions be changed', async () => {
    await ouvrir();
    expect(
      ['Nouvelle facture', 'Enregistrer', 'Ne plus rien choisir', 'Ligne suivante', 'Client : modifier la fiche'].map(toucheDe),
    ).toEqual(['n', 'Ctrl+s', 'Échap', 'j', 'm']);
    expect(screen.queryByText(/^Nouveau/)).toBeNull();
    expect(within(ligne('Enregistrer')).queryByRole('button')).toBeNull();
  });

  it('takes the next key that is pressed, says so, and gives the focus back', async () => {
    const qui = await ouvrir();
    await demander(qui, 'Nouvelle facture');
    await qui.keyboard('é');
    expect(toucheDe('Nouvelle facture')).toBe('é');
    expect(screen.getByRole('status').textContent).toBe('«\u00a0Nouvelle facture\u00a0»\u00a0: é');
    expect(document.activeElement).toBe(changer('Nouvelle facture'));
    expect(fait).not.toHaveBeenCalled();
  });

  it('names the action that has the key, and goes on listening', async () => {
    const qui = await ouvrir();
    const champ = await demander(qui, 'Nouvelle facture');
    await qui.keyboard('j');
    expect(screen.getByRole('alert').textContent).toContain('«\u00a0j\u00a0» est déjà la touche de «\u00a0Ligne suivante\u00a0»');
    expect(document.activeElement).toBe(champ);
    await qui.keyboard('z');
    expect([toucheDe('Nouvelle facture'), screen.queryByRole('alert')]).toEqual(['z', null]);
  });

  it('says why a combination is refused', async () => {
    const qui = await ouvrir();
    await demander(qui, 'Nouvelle facture');
    await qui.keyboard('{Control>}n{/Control}');
    expect(screen.getByRole('alert').textContent).toContain('gardé par le navigateur');
    expect(toucheDe('Nouvelle facture')).toBe('n');
  });

  it('changes nothing on Escape, which closes the help only after, nor when one goes elsewhere', async () => {
    const qui = await ouvrir();
    await demander(qui, 'Nouvelle facture');
    await qui.keyboard('{Escape}');
    expect(document.activeElement).toBe(changer('Nouvelle facture'));
    await demander(qui, 'Nouvelle facture');
    await qui.tab();
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(toucheDe('Nouvelle facture')).toBe('n');
    await qui.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('takes a character that comes without a key', async () => {
    const qui = await ouvrir();
    const champ = await demander(qui, 'Aperçu');
    fireEvent.input(champ, { target: { value: 'V' } });
    expect(toucheDe('Aperçu')).toBe('v');
  });

  it('asks for the second key of a page, after the first one in force', async () => {
    const qui = await ouvrir();
    await demander(qui, 'Première touche pour changer de page');
    await qui.keyboard('v');
    await demander(qui, 'Balance âgée');
    await qui.keyboard('j');
    expect(toucheDe('Balance âgée')).toBe('v j');
  });

  it('resets one key, unless another action has it now, and all of them', async () => {
    const qui = await ouvrir();
    await demander(qui, 'Nouvelle facture');
    await qui.keyboard('z');
    await demander(qui, 'Aperçu');
    await qui.keyboard('n');
    await qui.click(screen.getByRole('button', { name: 'Rétablir n pour Nouvelle facture' }));
    expect(within(ligne('Nouvelle facture')).getByRole('alert').textContent).toContain('Aperçu');
    await qui.click(screen.getByRole('button', { name: 'Rétablir p pour Aperçu' }));
    expect([toucheDe('Aperçu'), document.activeElement]).toEqual(['p', changer('Aperçu')]);
    await qui.click(screen.getByRole('button', { name: 'Rétablir toutes les touches' }));
    expect([toucheDe('Nouvelle facture'), screen.getByRole('status').textContent]).toEqual([
      'n',
      "Toutes les touches sont celles d'origine.",
    ]);
  });
});
