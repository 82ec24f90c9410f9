import { HttpRequest, provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { form, FormField, required } from '@angular/forms/signals';
import { render, screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { ChampTexte } from '../champs';
import { ResumeErreurs, Soumission } from '.';

@Component({
  imports: [ChampTexte, FormField, ResumeErreurs],
  template: `
    <app-resume-erreurs [formulaire]="f" [soumis]="soumission.soumis()" />
    <app-champ-texte libelle="Nom" [formField]="f.nom" />
    <app-champ-texte libelle="Ville" [formField]="f.ville" />
    <button type="button" (click)="envoyer()">Enregistrer</button>
    @if (soumission.inconnu()) {
      <p role="status">Résultat inconnu</p>
    }
  `,
})
class Page {
  readonly modele = signal({ nom: '', ville: '' });
  readonly f = form(this.modele, (chemin) => required(chemin.nom, { message: 'Le nom manque.' }));
  readonly soumission = new Soumission('essai');
  resultat: unknown;

  async envoyer(): Promise<void> {
    const requete = () => new HttpRequest<unknown>('POST', '/api/clients', this.modele());
    this.resultat = await this.soumission.envoyer(this.f, requete, { pointeurs: (p) => (p === '/adresse/ville' ? '/ville' : p) });
  }
}

async function ouvrir(nom = 'Gamma') {
  sessionStorage.clear();
  const { fixture } = await render(Page, { providers: [provideHttpClient(), provideHttpClientTesting()] });
  const qui = userEvent.setup();
  if (nom) await qui.type(screen.getByLabelText('Nom'), nom);
  await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
  return { page: fixture.componentInstance, qui, http: TestBed.inject(HttpTestingController) };
}

describe('Soumission', () => {
  it('sends nothing that is wrong; the summary leads to the field, which has the focus', async () => {
    const { http, qui } = await ouvrir('');
    http.expectNone('/api/clients');
    expect(document.activeElement).toBe(screen.getByLabelText('Nom'));
    await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
    await qui.click(screen.getByRole('button', { name: 'Le nom manque.' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Nom'));
  });

  it('puts the errors of the server at their fields, under the names of the form', async () => {
    const { http, page } = await ouvrir();
    http
      .expectOne('/api/clients')
      .flush(
        { title: 'Invalide', code: 'corps-invalide', errors: [{ pointer: '/adresse/ville', code: 'x', detail: 'Ville inconnue.' }] },
        { status: 422, statusText: '' },
      );
    await vi.waitFor(() => expect(page.f.ville().errors()[0]?.message).toBe('Ville inconnue.'));
    expect(page.soumission.probleme()).toBeUndefined();
    expect(document.activeElement).toBe(screen.getByLabelText('Ville'));
  });

  it('keeps a refusal of the whole apart, and gives the answer when there is one', async () => {
    const { http, page, qui } = await ouvrir();
    http
      .expectOne('/api/clients')
      .flush({ title: 'Modifié', code: 'version-perimee' }, { status: 412, statusText: '', headers: { ETag: '"9"' } });
    await vi.waitFor(() => expect(page.soumission.probleme()).toMatchObject({ statut: 412, etag: '"9"' }));
    await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
    http.expectOne('/api/clients').flush({ id: '1' }, { status: 201, statusText: '' });
    await vi.waitFor(() => expect(page.resultat).toMatchObject({ corps: { id: '1' }, statut: 201 }));
    expect([page.soumission.probleme(), page.soumission.soumis()]).toEqual([undefined, false]);
  });

  it('says that the outcome is unknown and asks again with the same key', async () => {
    const { http, page } = await ouvrir();
    const premiere = http.expectOne('/api/clients');
    premiere.error(new ProgressEvent('error'));
    expect((await screen.findByRole('status')).textContent).toBe('Résultat inconnu');
    await vi.waitFor(
      () => {
        const seconde = http.expectOne('/api/clients');
        expect(seconde.request.headers.get('Idempotency-Key')).toBe(premiere.request.headers.get('Idempotency-Key'));
        seconde.flush({ id: '1' });
      },
      { timeout: 2_000 },
    );
    await vi.waitFor(() => expect(page.soumission.inconnu()).toBe(false));
    expect(page.resultat).toMatchObject({ corps: { id: '1' } });
  });
});
