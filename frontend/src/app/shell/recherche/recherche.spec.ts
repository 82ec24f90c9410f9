import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { fireEvent, render, screen, waitFor } from '@testing-library/angular';
import { client } from '../../api/client.gen';
import { provideHeyApiClient } from '../../api/client/client.gen';
import { Recherche } from './recherche';

const vide = { elements: [], suivant: null, total: 0 };

async function monter() {
  const fermer = vi.fn();
  await render(Recherche, {
    providers: [provideHttpClient(), provideHttpClientTesting(), provideHeyApiClient(client), provideRouter([])],
    on: { fermer },
  });
  return { fermer, http: TestBed.inject(HttpTestingController), champ: screen.getByRole('combobox', { name: 'Chercher partout' }) };
}

async function chercher(champ: HTMLElement, http: HttpTestingController, texte: string) {
  fireEvent.input(champ, { target: { value: texte } });
  return waitFor(() => ({
    clients: http.expectOne((requete) => requete.url.startsWith('/api/clients')),
    factures: http.expectOne((requete) => requete.url.startsWith('/api/factures')),
    paiements: http.expectOne((requete) => requete.url.startsWith('/api/paiements')),
  }));
}

describe('Recherche', () => {
  it('offers the pages at once and goes to one with Enter', async () => {
    const { fermer, champ } = await monter();
    const aller = vi.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    fireEvent.input(champ, { target: { value: 'agee' } });
    await screen.findByRole('option', { name: /Balance âgée/ });
    fireEvent.keyDown(champ, { key: 'Enter' });
    expect(aller).toHaveBeenCalledWith('/balance-agee');
    expect(fermer).toHaveBeenCalled();
  });

  it.each([
    ['disjoncteurs', '/supervision/disjoncteurs'],
    ['files morts', '/supervision/files'],
    ['routes', '/supervision/routes'],
    ['niveaux', '/supervision/journaux'],
  ])('knows the pages of operators: « %s »', async (texte, chemin) => {
    const { champ } = await monter();
    const aller = vi.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    expect(screen.queryByRole('option', { name: /exploitation\)/ })).toBeNull();
    fireEvent.input(champ, { target: { value: texte } });
    await screen.findByRole('option', { name: /exploitation\)/ });
    fireEvent.keyDown(champ, { key: 'Enter' });
    expect(aller).toHaveBeenCalledWith(chemin);
  });

  it('finds clients, invoices and payments, moved through with arrows', async () => {
    const { champ, http } = await monter();
    const aller = vi.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    const requetes = await chercher(champ, http, 'moulin');
    requetes.clients.flush({
      ...vide,
      elements: [{ id: 'c1', nom_affiche: 'Moulins Réunis', siren: '732829320', adresse: { ville: 'Paris' } }],
    });
    requetes.factures.flush({
      ...vide,
      elements: [
        { id: 'f1', numero: 'FA-2026-000001', client: { nom_affiche: 'Moulins Réunis' }, total_ttc_centimes: 24000, devise: 'EUR' },
      ],
    });
    requetes.paiements.flush(vide);
    await screen.findByRole('option', { name: /732829320/ });
    expect(screen.getAllByRole('option').map((option) => option.getAttribute('aria-selected'))).toEqual(['true', 'false']);
    fireEvent.keyDown(champ, { key: 'ArrowDown' });
    fireEvent.keyDown(champ, { key: 'Enter' });
    expect(aller).toHaveBeenCalledWith('/clients/c1');
  });

  it('shows the others when one service is out, and says which', async () => {
    const { champ, http } = await monter();
    const requetes = await chercher(champ, http, 'moulin');
    requetes.factures.flush({ title: 'Service indisponible', code: 'service-indisponible' }, { status: 503, statusText: '' });
    requetes.clients.flush({ ...vide, elements: [{ id: 'c1', nom_affiche: 'Moulins Réunis', siren: null, adresse: null }] });
    requetes.paiements.flush(vide);
    expect(await screen.findByRole('option', { name: /Moulins/ })).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('Service indisponible');
  });

  it('says so when nothing fits', async () => {
    const { champ, http } = await monter();
    const requetes = await chercher(champ, http, 'zzzz');
    for (const requete of Object.values(requetes)) requete.flush(vide);
    expect(await screen.findByText('Rien ne correspond.')).toBeTruthy();
  });
});
