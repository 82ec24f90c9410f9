import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { render, screen } from '@testing-library/angular';
import { Disponibilite } from '../../kernel/data';
import { BandeauVersion } from './bandeau-version';
import { Pastille } from './pastille';

const instance = (statut: string) => ({ statut, joignable: true, appelee: statut === 'UP', lien: '/exploitation/facture-service/h%3A1' });
const annuaire = (...statuts: string[]) => ({
  registre: { joignable: true },
  applications: [
    { nom: 'discovery', instances: [instance('UNKNOWN')] },
    { nom: 'facture-service', instances: statuts.map(instance) },
  ],
});

async function monter(premiere: object) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { fixture } = await render(Pastille, { providers: [provideHttpClient(), provideHttpClientTesting(), provideRouter([])] });
  const http = TestBed.inject(HttpTestingController);
  const regarder = (corps: object, build = 'a') => {
    http.expectOne('/exploitation').flush(corps);
    http.expectOne('/version.json').flush({ build });
    fixture.detectChanges();
  };
  regarder(premiere);
  return { http, regarder, apres: (ms: number) => vi.advanceTimersByTime(ms) };
}

describe('Veille', () => {
  afterEach(() => vi.useRealTimers());

  it.each([
    [['UP', 'UP'], /2 services en marche/],
    [['UP', 'OUT_OF_SERVICE'], /instance n'est pas en service/],
    [['DOWN'], /facture-service ne répond pas/],
  ])('says in words what instances %j mean', async (statuts, mots) => {
    await monter(annuaire(...statuts));
    expect(screen.getByRole('link', { name: mots })).toHaveProperty('pathname', '/supervision');
  });

  it.each([
    ['its last instance left', annuaire(), /facture-service ne répond pas/],
    ['the registry cannot be read', { ...annuaire('UP'), registre: { joignable: false } }, /discovery ne répond pas/],
  ])('notices that %s', async (_quoi, ensuite, mots) => {
    const { regarder, apres } = await monter(annuaire('UP'));
    apres(30_000);
    regarder(ensuite);
    expect(screen.getByRole('link', { name: mots })).toBeTruthy();
  });

  it('shows nothing where operators are not let in', async () => {
    const { http, apres } = await monter(annuaire('UP'));
    apres(30_000);
    http.expectOne('/exploitation').flush(null, { status: 403, statusText: '' });
    http.expectOne('/version.json').flush({ build: 'a' });
    TestBed.tick();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('lets a banner leave when the service answers again, though no page asks', async () => {
    const { http, regarder, apres } = await monter(annuaire('UP'));
    const disponibilite = TestBed.inject(Disponibilite);
    disponibilite.signaler('facture-service');
    apres(30_000);
    regarder(annuaire('UP'));
    http.expectOne('/exploitation/facture-service/h%3A1/health').flush(null, { status: 503, statusText: '' });
    expect(disponibilite.enPanne('facture-service')).toBe(true);
    apres(10_000);
    regarder(annuaire('UP'));
    http.expectOne('/exploitation/facture-service/h%3A1/health').flush({ status: 'UP' });
    expect(disponibilite.enPanne('facture-service')).toBe(false);
  });

  it('offers to reload once another build is served', async () => {
    const { regarder, apres } = await monter(annuaire('UP'));
    const bandeau = TestBed.createComponent(BandeauVersion);
    bandeau.detectChanges();
    expect(bandeau.nativeElement.textContent).not.toContain('nouvelle version');
    apres(30_000);
    regarder(annuaire('UP'), 'b');
    bandeau.detectChanges();
    expect(bandeau.nativeElement.textContent).toContain('Une nouvelle version est en service.');
  });
});
