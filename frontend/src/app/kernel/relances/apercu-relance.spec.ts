import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { render, screen } from '@testing-library/angular';
import { ApercuRelance } from '.';
import { RelanceApercuJson } from '../../api';
import { client } from '../../api/client.gen';
import { provideHeyApiClient } from '../../api/client/client.gen';

const MESSAGE = { type: 'RelanceDemandee', niveau: 1, factures: [] } as unknown as RelanceApercuJson;

async function ouvrir() {
  vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined);
  await render(ApercuRelance, {
    inputs: { message: MESSAGE },
    providers: [provideHttpClient(), provideHttpClientTesting(), provideHeyApiClient(client)],
  });
  return TestBed.inject(HttpTestingController).expectOne('/api/notifications/apercu');
}

describe('ApercuRelance', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('asks how the message would be written, and shows its subject and text', async () => {
    const demande = await ouvrir();
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    expect(JSON.parse(JSON.stringify(demande.request.body))).toMatchObject({ niveau: 1 });
    demande.flush({ sujet: 'Rappel, 12,00 €', texte: 'Bonjour', html: '<p>Bonjour</p>' });
    expect(await screen.findByText('Rappel, 12,00 €')).toBeTruthy();
    const cadre = screen.getByTitle<HTMLIFrameElement>("Message tel qu'il serait écrit");
    const formulaire = cadre.previousElementSibling as HTMLFormElement;
    expect([cadre.getAttribute('sandbox'), formulaire.target]).toEqual(['', cadre.name]);
    expect(JSON.parse(String(new FormData(formulaire).get('relance')))).toEqual(MESSAGE);
    await vi.waitFor(() => expect(HTMLFormElement.prototype.submit).toHaveBeenCalledOnce());
  });

  it('says why it cannot be shown', async () => {
    (await ouvrir()).flush({ title: 'Données invalides', code: 'donnees-invalides' }, { status: 422, statusText: '' });
    expect((await screen.findByRole('alert')).textContent).toContain('Données invalides');
  });
});
