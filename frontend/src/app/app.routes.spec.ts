import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { screen } from '@testing-library/angular';
import { routes } from './app.routes';

describe('Introuvable', () => {
  it.each(['/nulle/part', '/factures/f1/quelque/chose'])('says so at %s, and leads to a page there is', async (adresse) => {
    TestBed.configureTestingModule({ providers: [provideRouter(routes)] });
    const harnais = await RouterTestingHarness.create(adresse);
    document.body.append(harnais.fixture.nativeElement as HTMLElement);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Page introuvable');
    expect(TestBed.inject(Router).url).toBe(adresse);
    expect(screen.getByRole('link', { name: 'Aller au tableau de bord' }).getAttribute('href')).toBe('/tableau-de-bord');
  });
});
