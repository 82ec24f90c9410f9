import { HttpRequest, provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { cleDeFormulaire, Disponibilite, Ecritures, jusquAuBout, lire, lireListe, Page, ProblemeError } from '.';

let http: HttpTestingController;

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
  http = TestBed.inject(HttpTestingController);
});

afterEach(() => {
  http.verify();
  vi.useRealTimers();
});

const get = <T>(url: string): HttpRequest<T> => new HttpRequest<T>('GET', url);
const dans = <T>(faire: () => T): T => TestBed.runInInjectionContext(faire);

describe('lire', () => {
  it('keeps the last value, its ETag and its age while the next one is on its way', () => {
    const id = signal('1');
    const lecture = dans(() => lire<{ nom: string }>(() => get(`/api/clients/${id()}`)));
    TestBed.tick();
    expect(lecture.enCours()).toBe(true);
    http.expectOne('/api/clients/1').flush({ nom: 'A' }, { headers: { ETag: '"1"' } });
    expect([lecture.valeur(), lecture.etag(), lecture.enCours()]).toEqual([{ nom: 'A' }, '"1"', false]);
    id.set('2');
    TestBed.tick();
    expect([lecture.valeur(), lecture.etag(), lecture.enCours()]).toEqual([{ nom: 'A' }, '"1"', true]);
    http.expectOne('/api/clients/2').flush({ nom: 'B' });
    expect(lecture.valeur()).toEqual({ nom: 'B' });
  });

  it('aborts a request that is overtaken', () => {
    const id = signal('1');
    const lecture = dans(() => lire(() => get(`/api/clients/${id()}`)));
    TestBed.tick();
    const premiere = http.expectOne('/api/clients/1');
    id.set('2');
    TestBed.tick();
    expect(premiere.cancelled).toBe(true);
    http.expectOne('/api/clients/2').flush('deux');
    expect(lecture.valeur()).toBe('deux');
  });

  it('marks the value as out of date when its service is out, asks again, and recovers by itself', () => {
    const disponibilite = TestBed.inject(Disponibilite);
    const lecture = dans(() => lire(() => get('/api/factures/1')));
    TestBed.tick();
    http.expectOne('/api/factures/1').flush('avant');
    lecture.recharger();
    TestBed.tick();
    http
      .expectOne('/api/factures/1')
      .flush(
        { title: 'Service indisponible', code: 'service-indisponible' },
        { status: 503, statusText: '', headers: { 'Retry-After': '5', 'X-Degraded': 'facture-service' } },
      );
    expect([lecture.valeur(), lecture.perimee()]).toEqual(['avant', true]);
    expect(disponibilite.pannes()[0]?.service).toBe('facture-service');
    vi.advanceTimersByTime(4_999);
    TestBed.tick();
    http.expectNone('/api/factures/1');
    vi.advanceTimersByTime(1);
    TestBed.tick();
    http.expectOne('/api/factures/1').flush('après');
    expect([lecture.valeur(), lecture.perimee(), disponibilite.pannes()]).toEqual(['après', false, []]);
  });

  it.each([
    ['/exploitation/configuration/batch/default', 'config-server'],
    ['/exploitation/registre/apps', 'discovery'],
    ['/exploitation', 'gateway'],
  ])('knows who is out when %s does not answer', (url, service) => {
    dans(() => lire(() => get(url)));
    TestBed.tick();
    http.expectOne(url).flush({ title: 'Injoignable', code: 'x' }, { status: 502, statusText: '' });
    expect(TestBed.inject(Disponibilite).pannes()[0]?.service).toBe(service);
  });

  it('points to parameters of a query as to fields of a body', () => {
    const lecture = dans(() => lire(() => get('/api/factures?tri=x')));
    TestBed.tick();
    const errors = [{ parameter: 'tri', code: 'valeur-inconnue', detail: 'tri inconnu.' }];
    http
      .expectOne('/api/factures?tri=x')
      .flush({ title: 'Requête invalide', code: 'requete-invalide', errors }, { status: 400, statusText: '' });
    expect(lecture.probleme()?.erreurs).toEqual([{ pointer: '/tri', code: 'valeur-inconnue', detail: 'tri inconnu.' }]);
  });

  it('does not repeat what was refused', () => {
    const lecture = dans(() => lire(() => get('/api/factures/x')));
    TestBed.tick();
    http.expectOne('/api/factures/x').flush({ title: 'Introuvable', code: 'facture-introuvable' }, { status: 404, statusText: '' });
    vi.advanceTimersByTime(60_000);
    TestBed.tick();
    expect(lecture.probleme()?.code).toBe('facture-introuvable');
  });
});

describe('lireListe', () => {
  const page = (elements: number[], suivant: string | null): Page<number> => ({ elements, suivant, total: 5 });

  it('adds page after page and starts again when a filter changes', () => {
    const filtre = signal('a');
    const liste = dans(() => lireListe<number>((curseur) => get(`/api/factures?f=${filtre()}${curseur ? '&curseur=' + curseur : ''}`)));
    TestBed.tick();
    http.expectOne('/api/factures?f=a').flush(page([1, 2], 'c1'));
    TestBed.tick();
    liste.suite();
    liste.suite();
    http.expectOne('/api/factures?f=a&curseur=c1').flush(page([3], null));
    expect([liste.lignes(), liste.total(), liste.complete()]).toEqual([[1, 2, 3], 5, true]);
    liste.suite();
    filtre.set('b');
    TestBed.tick();
    expect(liste.lignes()).toEqual([1, 2, 3]);
    http.expectOne('/api/factures?f=b').flush(page([9], null));
    TestBed.tick();
    expect(liste.lignes()).toEqual([9]);
  });

  it('is read to its end when that is asked for, a failed page stopping it', () => {
    const liste = dans(() => jusquAuBout(lireListe<number>((curseur) => get(`/api/factures${curseur ? '?curseur=' + curseur : ''}`))));
    TestBed.tick();
    http.expectOne('/api/factures').flush(page([1, 2], 'c1'));
    TestBed.tick();
    http.expectOne('/api/factures?curseur=c1').flush(page([3, 4], 'c2'));
    TestBed.tick();
    http.expectOne('/api/factures?curseur=c2').flush('', { status: 500, statusText: '' });
    TestBed.tick();
    expect([liste.lignes(), liste.complete()]).toEqual([[1, 2, 3, 4], false]);
  });
});

describe('Ecritures', () => {
  const post = new HttpRequest('POST', '/api/paiements', {}) as HttpRequest<{ id: string }>;

  it('sends the key and If-Match and forgets the key with a definite answer', async () => {
    const cle = cleDeFormulaire('paiement');
    expect(cleDeFormulaire('paiement').valeur).toBe(cle.valeur);
    const envoi = TestBed.inject(Ecritures).envoyer(post, { cle, etag: '"3"' });
    const requete = http.expectOne('/api/paiements');
    expect(requete.request.headers.get('Idempotency-Key')).toBe(cle.valeur);
    expect(requete.request.headers.get('If-Match')).toBe('"3"');
    requete.flush({ id: 'p' }, { headers: { ETag: '"4"', 'X-Degraded': 'facture-service' }, status: 202, statusText: '' });
    expect(await envoi).toEqual({ corps: { id: 'p' }, etag: '"4"', statut: 202, degrade: 'facture-service' });
    expect(cleDeFormulaire('paiement').valeur).not.toBe(cle.valeur);
  });

  it('repeats the same key until the outcome is known', async () => {
    const cle = cleDeFormulaire('paiement');
    const inconnus: string[] = [];
    const envoi = TestBed.inject(Ecritures).envoyer(post, { cle, surInconnu: (p) => inconnus.push(p.code) });
    http.expectOne('/api/paiements').error(new ProgressEvent('error'));
    await vi.advanceTimersByTimeAsync(1_000);
    http
      .expectOne('/api/paiements')
      .flush({ title: 'En cours', code: 'idempotency-key-en-cours' }, { status: 409, statusText: '', headers: { 'Retry-After': '1' } });
    await vi.advanceTimersByTimeAsync(2_000);
    const derniere = http.expectOne('/api/paiements');
    expect(derniere.request.headers.get('Idempotency-Key')).toBe(cle.valeur);
    derniere.flush({ id: 'p' }, { status: 201, statusText: '' });
    expect((await envoi).corps.id).toBe('p');
    expect(inconnus).toEqual(['sans-reponse', 'idempotency-key-en-cours']);
  });

  it.each([
    [412, { title: 'Modifiée', code: 'version-perimee' }],
    [422, { title: 'Invalide', code: 'corps-invalide', errors: [{ pointer: '/a', code: 'x', detail: 'y' }] }],
    [428, { title: 'If-Match', code: 'if-match-requis' }],
    [429, { title: 'Trop', code: 'trop-de-requetes' }],
  ])('throws what was refused with %i, once', async (statut, document) => {
    const cle = cleDeFormulaire('paiement');
    const envoi = TestBed.inject(Ecritures).envoyer(post, { cle });
    http
      .expectOne('/api/paiements')
      .flush(document, { status: statut, statusText: '', headers: { ETag: '"9"', 'Retry-After': '3', traceparent: '00-abc-def-01' } });
    const probleme = await envoi.catch((erreur: ProblemeError) => erreur.probleme);
    expect(probleme).toMatchObject({ statut, code: document.code, etag: '"9"', attendreS: 3, trace: 'abc' });
  });

  it('does not repeat a write without a key', async () => {
    const envoi = TestBed.inject(Ecritures)
      .envoyer(post)
      .catch((erreur: ProblemeError) => erreur.probleme.statut);
    http.expectOne('/api/paiements').flush('', { status: 504, statusText: '' });
    expect(await envoi).toBe(504);
  });
});
