import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { ClientsConnus, rechercheDeClients } from '.';

let http: HttpTestingController;
let connus: ClientsConnus;

beforeEach(() => {
  vi.useFakeTimers();
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
  http = TestBed.inject(HttpTestingController);
  connus = TestBed.inject(ClientsConnus);
});

afterEach(() => {
  vi.useRealTimers();
});

describe('ClientsConnus', () => {
  it('asks for the names wanted together in one request, once, and again after a failure', () => {
    expect([connus.nom('c1'), connus.nom('c2'), connus.nom('c1'), connus.nom('')]).toEqual(['', '', '', '']);
    vi.runAllTimers();
    http.expectOne('/api/clients?ids=c1,c2&limit=100').flush('', { status: 503, statusText: '' });
    connus.nom('c1');
    vi.runAllTimers();
    http.expectOne('/api/clients?ids=c1&limit=100').flush({ elements: [{ id: 'c1', nom_affiche: 'Gamma SARL' }], suivant: null, total: 1 });
    expect(connus.nom('c1')).toBe('Gamma SARL');
    vi.runAllTimers();
    http.verify();
  });

  it('asks for a hundred at a time', () => {
    for (let i = 0; i < 250; i++) connus.nom(`c${i}`);
    vi.runAllTimers();
    const demandes = http.match(({ url }) => url === '/api/clients');
    expect(demandes.map(({ request }) => request.params.get('ids')?.split(',').length)).toEqual([100, 100, 50]);
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
