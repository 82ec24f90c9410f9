import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { provideHttpClient } from '@angular/common/http';
import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { form, FormField, required } from '@angular/forms/signals';
import { render, screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { ChampRecherche, rechercheDeClients } from '.';

@Component({
  imports: [ChampRecherche, FormField],
  template: `<app-champ-recherche libelle="Client" [formField]="formulaire.client_id" [chercher]="chercher" />
    <button type="button">ailleurs</button>`,
})
class Page {
  readonly modele = signal({ client_id: '' });
  readonly formulaire = form(this.modele, (f) => required(f.client_id, { message: 'Qui a payé ?' }));
  readonly chercher = rechercheDeClients({ parFacture: true });
}

const GAMMA = { id: 'c1', nom_affiche: 'Gamma SARL', siren: '732829320', adresse: { ville: 'Paris' } };
const GAMMA_NORD = { id: 'c2', nom_affiche: 'Gamma Nord', siren: null, adresse: null };

async function ouvrir() {
  const { fixture } = await render(Page, { providers: [provideHttpClient(), provideHttpClientTesting()] });
  const http = TestBed.inject(HttpTestingController);
  const attendre = async (url: string, elements: object[]): Promise<void> => {
    await vi.waitFor(() => http.expectOne((requete) => requete.url === url).flush({ elements, suivant: null, total: elements.length }));
    await fixture.whenStable();
  };
  return {
    page: fixture.componentInstance,
    http,
    attendre,
    champ: screen.getByRole('combobox', { name: 'Client' }),
    qui: userEvent.setup(),
  };
}

describe('ChampRecherche', () => {
  it('chooses by keyboard and keeps the identifier', async () => {
    const { page, attendre, champ, qui } = await ouvrir();
    await qui.type(champ, 'gamma');
    await attendre('/api/clients', [GAMMA, GAMMA_NORD]);
    expect(screen.getAllByRole('option').map((option) => option.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Gamma SARL SIREN 732829320 · Paris',
      'Gamma Nord',
    ]);
    await qui.keyboard('{ArrowDown}{ArrowDown}');
    expect(champ.getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { name: /Nord/ }).id);
    await qui.keyboard('{Enter}');
    expect(page.modele().client_id).toBe('c2');
    expect(champ).toHaveProperty('value', 'Gamma Nord');
    expect(champ.getAttribute('aria-expanded')).toBe('false');
  });

  it('finds a client by an invoice number, even when facture-service is out', async () => {
    const { page, http, attendre, champ, qui } = await ouvrir();
    await qui.type(champ, '8165');
    await attendre('/api/clients', []);
    await attendre('/api/factures', [{ client_id: 'c1', client: { nom_affiche: 'Gamma SARL' }, numero: '8165388862' }]);
    await qui.keyboard('{Enter}');
    expect(page.modele().client_id).toBe('c1');
    await qui.clear(champ);
    expect(page.modele().client_id).toBe('');
    await qui.type(champ, '99');
    await attendre('/api/clients', [GAMMA]);
    http.expectOne(({ url }) => url === '/api/factures').flush('', { status: 503, statusText: '' });
    expect(await screen.findByRole('option', { name: /Gamma SARL/ })).toBeTruthy();
  });

  it('drops what was not chosen, and says what is missing once the field was left', async () => {
    const { page, attendre, champ, qui } = await ouvrir();
    await qui.type(champ, 'zzz');
    await attendre('/api/clients', []);
    expect(screen.getByText('Rien ne correspond à ce texte.')).toBeTruthy();
    await qui.click(screen.getByRole('button', { name: 'ailleurs' }));
    expect(champ).toHaveProperty('value', '');
    expect(page.modele().client_id).toBe('');
    expect(screen.getByText(/Qui a payé/)).toBeTruthy();
  });

  it('says that the search does not answer', async () => {
    const { http, champ, qui } = await ouvrir();
    await qui.type(champ, 'gamma');
    await vi.waitFor(() => http.expectOne(({ url }) => url === '/api/clients').flush('', { status: 503, statusText: '' }));
    expect(await screen.findByText('La recherche ne répond pas.')).toBeTruthy();
  });
});
