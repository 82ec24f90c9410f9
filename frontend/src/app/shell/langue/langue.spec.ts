import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { render, screen } from '@testing-library/angular';
import { Langue } from '../../kernel/format/langue';
import { ChoixDeLangue } from './choix-langue';
import { adresseEn, adressePreferee, LANGUES_SERVIES, retenirLaLangue } from './preference';

const DEUX: readonly Langue[] = ['fr', 'en'];

async function monter(langues: readonly Langue[]) {
  const { fixture } = await render(ChoixDeLangue, {
    providers: [provideRouter([{ path: '**', children: [] }]), { provide: LANGUES_SERVIES, useValue: langues }],
  });
  return async (adresse: string) => {
    await TestBed.inject(Router).navigateByUrl(adresse);
    fixture.detectChanges();
  };
}

const ou = (adresse: string, ici: Langue, servies = DEUX) =>
  adressePreferee(new URL(adresse, 'http://localhost') as unknown as Location, ici, servies);

describe('the other language', () => {
  afterEach(() => localStorage.clear());

  it('is one link away from every page, with its filters, and says which one it is', async () => {
    const aller = await monter(DEUX);
    await aller('/factures?onglet=en-retard');
    const lien = screen.getByRole('link', { name: 'English' });
    expect([lien.getAttribute('href'), lien.getAttribute('lang'), lien.getAttribute('hreflang')]).toEqual([
      '/en/factures?onglet=en-retard',
      'en',
      'en',
    ]);
    await aller('/clients/12');
    expect(lien.getAttribute('href')).toBe('/en/clients/12');
  });

  it('is kept once it was followed', async () => {
    await (
      await monter(DEUX)
    )('/factures');
    const lien = screen.getByRole('link', { name: 'English' });
    lien.addEventListener('click', (evenement) => evenement.preventDefault());
    lien.click();
    expect(ou('/clients', 'fr')).toBe('/en/clients');
  });

  it('is not offered where it was not built', async () => {
    await (
      await monter(['fr'])
    )('/factures');
    expect(screen.queryByRole('link')).toBeNull();
  });
});

describe('the language that was chosen', () => {
  afterEach(() => localStorage.clear());

  it('takes every address to itself, and no other', () => {
    retenirLaLangue('en');
    expect(ou('/factures/3?p=1#haut', 'fr')).toBe('/en/factures/3?p=1#haut');
    expect(ou('/', 'fr')).toBe('/en/');
    expect(ou('/en/factures/3', 'en')).toBeUndefined();
    retenirLaLangue('fr');
    expect(ou('/en/factures/3?p=1', 'en')).toBe('/factures/3?p=1');
    expect(ou('/en', 'en')).toBe('/');
    expect(ou('/factures', 'fr')).toBeUndefined();
  });

  it('moves nobody who never chose, nor to a language that is not built', () => {
    expect([ou('/factures', 'fr'), ou('/en/factures', 'en')]).toEqual([undefined, undefined]);
    retenirLaLangue('en');
    expect(ou('/factures', 'fr', ['fr'])).toBeUndefined();
  });

  it('does not run in circles where the server answers English addresses in French', () => {
    retenirLaLangue('en');
    expect(ou('/en/factures', 'fr')).toBeUndefined();
    expect(ou('/entreprises', 'fr')).toBe(adresseEn('en', '/entreprises'));
  });
});
