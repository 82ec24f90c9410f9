import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FactureVue } from '../../../api';
import { client } from '../../../api/client.gen';
import { provideHeyApiClient } from '../../../api/client/client.gen';
import { facture } from '../exemples';
import { totaliser } from './calcul';
import { Contenu, contenuDe } from './contenu';
import { Sauvegarde } from './sauvegarde';

const BROUILLON = facture({ statut_document: 'BROUILLON', numero: null });

let http: HttpTestingController;
let sauvegarde: Sauvegarde;
const revision = signal(0);
const saisie = signal<Contenu | undefined>(undefined);
const totaux = signal(totaliser([{ taux_tva: '20', montant_ht_centimes: 20000 }]));

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  revision.set(1);
  saisie.set(undefined);
  totaux.set(totaliser([{ taux_tva: '20', montant_ht_centimes: 20000 }]));
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting(), provideHeyApiClient(client), Sauvegarde] });
  http = TestBed.inject(HttpTestingController);
  sauvegarde = TestBed.inject(Sauvegarde);
  TestBed.runInInjectionContext(() => sauvegarde.suivre({ contenu: saisie, revision, totaux }));
});

afterEach(() => {
  http.verify();
  vi.useRealTimers();
});

/** Type a commande number, as the page would. */
function taper(numero_commande: string): void {
  const contenu = contenuDe(BROUILLON);
  saisie.set({ ...contenu, entete: { ...contenu.entete, numero_commande } });
  revision.update((n) => n + 1);
  TestBed.tick();
}

const tempsPasse = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const stocke = (numero_commande: string, etag: string): [FactureVue, { headers: Record<string, string> }] => [
  { ...BROUILLON, numero_commande },
  { headers: { ETag: etag } },
];

async function ouvert(): Promise<void> {
  sauvegarde.partir(BROUILLON, '"1"');
  TestBed.tick();
  await tempsPasse(0);
}

describe('Sauvegarde', () => {
  it('stores two seconds after the last change, each time on top of the version before', async () => {
    await ouvert();
    taper('A');
    expect(sauvegarde.etat()).toBe('modifie');
    await tempsPasse(1_500);
    taper('AB');
    await tempsPasse(1_999);
    http.expectNone('/api/factures/f1');
    await tempsPasse(1);
    const premier = http.expectOne('/api/factures/f1');
    expect([premier.request.method, premier.request.body.numero_commande, premier.request.headers.get('If-Match')]).toEqual([
      'PUT',
      'AB',
      '"1"',
    ]);
    premier.flush(...stocke('AB', '"2"'));
    await tempsPasse(0);
    expect([sauvegarde.etat(), sauvegarde.sale(), sauvegarde.enregistreeLe()]).toEqual(['calme', false, new Date()]);
    taper('ABC');
    await tempsPasse(2_000);
    expect(http.expectOne('/api/factures/f1').request.headers.get('If-Match')).toBe('"2"');
  });

  it('keeps what is typed while a write is on its way for the next one', async () => {
    await ouvert();
    taper('A');
    await tempsPasse(2_000);
    const premier = http.expectOne('/api/factures/f1');
    taper('AB');
    premier.flush(...stocke('A', '"2"'));
    await tempsPasse(0);
    expect([sauvegarde.etat(), sauvegarde.sale()]).toEqual(['modifie', true]);
    await tempsPasse(2_000);
    const second = http.expectOne('/api/factures/f1');
    expect([second.request.body.numero_commande, second.request.headers.get('If-Match')]).toEqual(['AB', '"2"']);
  });

  it('makes the draft with the first save, once, under a key; what nobody knows is asked again with the same body', async () => {
    taper('A');
    await tempsPasse(2_000);
    const premier = http.expectOne('/api/factures');
    const cle = premier.request.headers.get('Idempotency-Key');
    premier.error(new ProgressEvent('error'));
    await tempsPasse(0);
    expect(sauvegarde.etat()).toBe('inconnu');
    taper('AB');
    await tempsPasse(1_000);
    const second = http.expectOne('/api/factures');
    expect([second.request.headers.get('Idempotency-Key'), second.request.body.numero_commande]).toEqual([cle, 'A']);
    second.flush(...stocke('A', '"1"'));
    await tempsPasse(0);
    expect(sauvegarde.serveur()?.id).toBe('f1');
    await tempsPasse(2_000);
    expect(http.expectOne('/api/factures/f1').request.body.numero_commande).toBe('AB');
  });

  it('stores nothing that is not there yet, nor what is stored already', async () => {
    revision.set(2);
    TestBed.tick();
    await tempsPasse(5_000);
    expect(sauvegarde.sale()).toBe(true);
    await ouvert();
    taper('');
    await tempsPasse(2_000);
    expect(sauvegarde.sale()).toBe(false);
  });

  it('tries again by itself while the service is out, with growing pauses', async () => {
    await ouvert();
    taper('A');
    await tempsPasse(2_000);
    http.expectOne('/api/factures/f1').flush('', { status: 503, statusText: '', headers: { 'Retry-After': '3' } });
    await tempsPasse(0);
    expect([sauvegarde.etat(), sauvegarde.attendreS(), sauvegarde.sale()]).toEqual(['attente', 3, true]);
    await tempsPasse(3_000);
    http.expectOne('/api/factures/f1').flush('', { status: 503, statusText: '' });
    await tempsPasse(4_000);
    http.expectOne('/api/factures/f1').flush(...stocke('A', '"2"'));
    await tempsPasse(0);
    expect([sauvegarde.etat(), sauvegarde.sale()]).toEqual(['calme', false]);
  });

  it('says what is refused, and tries again after the next change', async () => {
    await ouvert();
    taper('A');
    await tempsPasse(2_000);
    http.expectOne('/api/factures/f1').flush({ title: 'Archivé', code: 'client-archive' }, { status: 409, statusText: '' });
    await tempsPasse(10_000);
    expect([sauvegarde.etat(), sauvegarde.probleme()?.code]).toEqual(['refuse', 'client-archive']);
    taper('B');
    await tempsPasse(2_000);
    http.expectOne('/api/factures/f1').flush(...stocke('B', '"2"'));
    await tempsPasse(0);
    expect([sauvegarde.etat(), sauvegarde.probleme()]).toEqual(['calme', undefined]);
  });

  it('reads what somebody else stored, waits for a decision, and goes on from their version', async () => {
    await ouvert();
    taper('A');
    await tempsPasse(2_000);
    http.expectOne('/api/factures/f1').flush({ title: 'Périmée', code: 'version-perimee' }, { status: 412, statusText: '' });
    await tempsPasse(0);
    http.expectOne((r) => r.method === 'GET' && r.url === '/api/factures/f1').flush(...stocke('B', '"7"'));
    await tempsPasse(0);
    expect([sauvegarde.etat(), sauvegarde.leur()?.facture.numero_commande]).toEqual(['conflit', 'B']);
    taper('AA');
    await tempsPasse(10_000);
    expect(sauvegarde.etat()).toBe('conflit');
    sauvegarde.reprendreDe(sauvegarde.leur()!);
    void sauvegarde.enregistrer();
    await tempsPasse(0);
    const suite = http.expectOne('/api/factures/f1');
    expect([suite.request.body.numero_commande, suite.request.headers.get('If-Match')]).toEqual(['AA', '"7"']);
  });

  it('keeps what is typed as another draft when the first one was issued or deleted meanwhile', async () => {
    await ouvert();
    taper('A');
    await tempsPasse(2_000);
    http.expectOne('/api/factures/f1').flush({ title: 'Émise', code: 'facture-emise' }, { status: 409, statusText: '' });
    await tempsPasse(0);
    http.expectOne((r) => r.method === 'GET').flush(facture({ numero: 'FA-1' }));
    await tempsPasse(0);
    expect([sauvegarde.etat(), sauvegarde.leur()?.facture.numero]).toEqual(['emise', 'FA-1']);
    void sauvegarde.commeNouveau();
    await tempsPasse(0);
    const nouveau = http.expectOne('/api/factures');
    expect([nouveau.request.method, nouveau.request.body.numero_commande]).toEqual(['POST', 'A']);
    nouveau.flush({ ...BROUILLON, id: 'f2', numero_commande: 'A' }, { headers: { ETag: '"1"' } });
    await tempsPasse(0);
    taper('AB');
    await tempsPasse(2_000);
    http.expectOne('/api/factures/f2').flush({ title: 'Introuvable', code: 'facture-introuvable' }, { status: 404, statusText: '' });
    await tempsPasse(0);
    expect(sauvegarde.etat()).toBe('disparue');
  });

  it('draws another key when the one it has was used for something else', async () => {
    taper('A');
    await tempsPasse(2_000);
    const premier = http.expectOne('/api/factures');
    premier.flush({ title: 'Clé', code: 'idempotency-key-reutilisee' }, { status: 422, statusText: '' });
    await tempsPasse(0);
    const second = http.expectOne('/api/factures');
    expect(second.request.headers.get('Idempotency-Key')).not.toBe(premier.request.headers.get('Idempotency-Key'));
    second.flush(...stocke('A', '"1"'));
    await tempsPasse(0);
    expect(sauvegarde.etat()).toBe('calme');
  });

  it('raises the alarm when the service counts one cent otherwise, and takes it back', async () => {
    await ouvert();
    totaux.set(totaliser([{ taux_tva: '20', montant_ht_centimes: 20001 }]));
    taper('A');
    await tempsPasse(2_000);
    http.expectOne('/api/factures/f1').flush(...stocke('A', '"2"'));
    await tempsPasse(0);
    expect(sauvegarde.ecartDeTotaux()?.serveur.total_ttc_centimes).toBe(24000);
    totaux.set(totaliser([{ taux_tva: '20', montant_ht_centimes: 20000 }]));
    taper('AB');
    await tempsPasse(2_000);
    http.expectOne('/api/factures/f1').flush(...stocke('AB', '"3"'));
    await tempsPasse(0);
    expect(sauvegarde.ecartDeTotaux()).toBeUndefined();
  });
});
