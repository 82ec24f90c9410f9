import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { ClientsConnus, rechercheDeClients } from '.';

let http: HttpTestingController;
let connus: ClientsConnus;

beforeEach(() => {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
  http = TestBed.inject(HttpTestingController);
  connus = TestBed.inject(ClientsConnus);
});

describe('ClientsConnus', () => {
  it('asks for a name once, and again after a failure', () => {
    expect([connus.nom('c1'), connus.nom('c1'), connus.nom('')]).toEqual(['', '', '']);
    http.expectOne('/api/clients/c1').flush('', { status: 503, statusText: '' });
    expect(connus.nom('c1')).toBe('');
    http.expectOne('/api/clients/c1').flush({ nom_affiche: 'Gamma SARL' });
    expect(connus.nom('c1')).toBe('Gamma SARL');
    http.verify();
  });

  it('proposes the clients chosen last before the others, once each', async () => {
    connus.retenir({ valeur: 'c1', texte: 'Gamma' });
    connus.retenir({ valeur: 'c2', texte: 'Delta' });
    connus.retenir({ valeur: 'c1', texte: 'Gamma' });
    const trouvees = firstValueFrom(TestBed.runInInjectionContext(() => rechercheDeClients())(''));
    http
      .expectOne(({ url }) => url === '/api/clients')
      .flush({
        elements: [
          { id: 'c3', nom_affiche: 'Alpha' },
          { id: 'c1', nom_affiche: 'Gamma' },
        ],
        suivant: null,
        total: 2,
      });
    expect((await trouvees).map(({ texte }) => texte)).toEqual(['Gamma', 'Delta', 'Alpha']);
  });
});
