import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { fireEvent, screen, waitFor, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { client } from '../../../api/client.gen';
import { provideHeyApiClient } from '../../../api/client/client.gen';
import { periodes } from '../../../kernel/liste/periodes';
import { facture } from '../exemples';
import { ListeFactures } from './liste';

let http: HttpTestingController;

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, '');
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideHeyApiClient(client),
      provideRouter([
        { path: 'factures', component: ListeFactures },
        { path: '**', children: [] },
      ]),
    ],
  });
  http = TestBed.inject(HttpTestingController);
});

const chemin = (url: string): string => url.split('?')[0] ?? '';
const liste = (): TestRequest => http.expectOne((r) => chemin(r.url) === '/api/factures' && r.method === 'GET');
const page = (elements: object[], total = elements.length, suivant: string | null = null) => ({
  elements,
  suivant,
  total,
  totaux: [{ devise: 'EUR', total_ttc_centimes: 123456, reste_centimes: 23456 }],
});
const DEUX = [
  facture({ id: 'f1', numero: 'FA-2026-000001', reste_centimes: 10000 }),
  facture({ id: 'f2', numero: null, statut_document: 'BROUILLON', reste_centimes: 5000 }),
];

async function ouvrir(url = '/factures') {
  const harness = await RouterTestingHarness.create(url);
  http
    .match((r) => ['/api/factures/compteurs', '/api/factures/vues'].includes(chemin(r.url)))
    .forEach((r) => r.flush({ onglets: [], elements: [], suivant: null, total: 0 }));
  return { harness, qui: userEvent.setup() };
}

async function avecDeux(url = '/factures') {
  const monte = await ouvrir(url);
  liste().flush(page(DEUX, 2));
  await monte.harness.fixture.whenStable();
  return monte;
}

describe('ListeFactures', () => {
  it('shows the sums of the whole filtered set in the footer', async () => {
    await avecDeux();
    const pied = screen.getByRole('contentinfo');
    expect(pied.textContent).toContain('2\u00a0documents');
    expect(pied.textContent).toContain('1\u202f234,56\u00a0€');
    expect(pied.textContent).toContain('234,56\u00a0€');
  });

  it('explains the first use, and starts an invoice from there', async () => {
    const { qui } = await ouvrir();
    liste().flush(page([], 0));
    expect(await screen.findByText('Pas encore de facture')).toBeTruthy();
    await qui.click(
      within(screen.getByText('Pas encore de facture').closest('.vide') as HTMLElement).getByRole('button', { name: 'Nouvelle facture' }),
    );
    expect(TestBed.inject(Router).url).toBe('/factures/nouvelle');
  });

  it('filters by a usual period, named beside the date it begins with', async () => {
    const { qui } = await avecDeux();
    const groupe = within(screen.getByRole('group', { name: 'Émise du', hidden: true }));
    await qui.click(groupe.getByRole('button', { name: 'Ce trimestre', hidden: true }));
    const [, , trimestre] = periodes();
    await waitFor(() => expect(TestBed.inject(Router).url).toBe(`/factures?emise_du=${trimestre!.du}&emise_au=${trimestre!.au}`));
    expect(groupe.getByRole('button', { name: 'Ce trimestre', hidden: true }).getAttribute('aria-pressed')).toBe('true');
  });

  it('names the filters when nothing matches, and takes them away', async () => {
    const { qui } = await ouvrir('/factures?emise_du=2026-11-01&client_id=c9');
    liste().flush(page([], 0));
    const nom = { elements: [{ id: 'c9', nom_affiche: 'Gamma SARL' }], suivant: null, total: 1 };
    await vi.waitFor(() => http.expectOne('/api/clients?ids=c9&limit=100').flush(nom));
    expect(await screen.findByText(/Client : Gamma SARL, Émise du : 01\/11\/2026/)).toBeTruthy();
    await qui.click(
      within(screen.getByText('Rien ne correspond').closest('.vide') as HTMLElement).getByRole('button', { name: 'Tout effacer' }),
    );
    await waitFor(() => expect(TestBed.inject(Router).url).toBe('/factures'));
    expect(liste().request.url).toBe('/api/factures?limit=200');
  });

  it('says that an empty tab is good news', async () => {
    await ouvrir('/factures?onglet=en-retard');
    liste().flush(page([], 0));
    expect(await screen.findByText('Aucune facture en retard')).toBeTruthy();
    expect(screen.getByText(/vérifié à/)).toBeTruthy();
  });

  it('says why the list cannot be read, and keeps old rows with their age when the service goes out', async () => {
    const { harness } = await ouvrir('/factures?onglet=avoirs');
    liste().flush({ title: 'Onglet inconnu', code: 'requete-invalide' }, { status: 400, statusText: '' });
    expect((await screen.findByRole('alert')).textContent).toContain('Onglet inconnu');
    await harness.navigateByUrl('/factures?onglet=litige');
    liste().flush(page(DEUX, 2));
    await harness.navigateByUrl('/factures?onglet=payees');
    liste().flush('', { status: 503, statusText: '', headers: { 'X-Degraded': 'facture-service' } });
    expect(await screen.findByText(/Chiffres de/)).toBeTruthy();
    expect(await screen.findByText('FA-2026-000001')).toBeTruthy();
  });

  it('previews the present row beside the list with p, and keeps the panel in the address', async () => {
    await avecDeux();
    fireEvent.keyDown(await screen.findByRole('row', { name: /FA-2026-000001/ }), { key: 'p' });
    await waitFor(() => expect(TestBed.inject(Router).url).toContain('panneau=oui'));
    const apercu = await screen.findByRole('complementary', { name: 'Aperçu' });
    expect(within(apercu).getByRole('heading', { name: 'FA-2026-000001' })).toBeTruthy();
    await waitFor(() =>
      http.expectOne((r) => chemin(r.url) === '/api/factures/f1/evenements').flush({ elements: [], suivant: null, total: 0 }),
    );
    expect(await within(apercu).findByText('Rien encore.')).toBeTruthy();
    fireEvent.focus(await screen.findByRole('row', { name: /brouillon/ }));
    expect(await within(apercu).findByRole('heading', { name: '(brouillon)' })).toBeTruthy();
  });

  it('mails what was chosen: says what is left out, shows each result, repeats failures only', async () => {
    const { qui, harness } = await avecDeux();
    fireEvent.keyDown(await screen.findByRole('row', { name: /FA-2026-000001/ }), { key: 'a', ctrlKey: true });
    expect(await screen.findByText('2 documents choisis')).toBeTruthy();
    expect(screen.getByText('150,00 € de reste dû')).toBeTruthy();
    await qui.click(screen.getByRole('button', { name: 'Envoyer par courriel…' }));
    const dialogue = screen.getByRole('dialog', { name: 'Envoyer par courriel' });
    expect(within(dialogue).getByRole('row', { name: /brouillon.*Laissée de côté.*à émettre d'abord/ })).toBeTruthy();
    await qui.click(within(dialogue).getByRole('button', { name: /1.document/ }));
    const refus = http.expectOne('/api/factures/f1/envoi');
    refus.flush({ title: 'Occupé', code: 'x', detail: 'Pas maintenant.' }, { status: 409, statusText: '' });
    expect(await within(dialogue).findByRole('row', { name: /FA-2026-000001.*Refusé.*Pas maintenant/ })).toBeTruthy();
    await qui.click(within(dialogue).getByRole('button', { name: 'Reprendre les 1 échecs' }));
    const envoi = http.expectOne('/api/factures/f1/envoi');
    expect(envoi.request.headers.get('Idempotency-Key')).not.toBe(refus.request.headers.get('Idempotency-Key'));
    envoi.flush({}, { status: 202, statusText: '' });
    expect(await within(dialogue).findByRole('row', { name: /FA-2026-000001.*Fait.*client@exemple.fr/ })).toBeTruthy();
    await qui.click(within(dialogue).getByRole('button', { name: 'Fermer' }));
    harness.detectChanges();
    expect(liste()).toBeTruthy();
  });

  it('opens no dispute without a reason', async () => {
    const { qui } = await avecDeux();
    fireEvent.keyDown(await screen.findByRole('row', { name: /FA-2026-000001/ }), { key: 'x' });
    await qui.click(await screen.findByRole('button', { name: 'Mettre en litige…' }));
    const dialogue = screen.getByRole('dialog', { name: 'Mettre en litige' });
    await qui.click(within(dialogue).getByRole('button', { name: /1.document/ }));
    expect(within(dialogue).getByRole('alert').textContent).toContain('motif');
    await qui.type(within(dialogue).getByLabelText('Motif du litige'), 'Prix contesté{Control>}{Enter}{/Control}');
    expect(http.expectOne('/api/factures/f1/litige').request.body).toEqual({ motif: 'Prix contesté' });
  });

  it('exports the chosen ones in the columns and the order on screen', async () => {
    const { qui } = await avecDeux('/factures?colonnes=numero,reste&tri=-reste_centimes');
    URL.createObjectURL = vi.fn(() => 'blob:x');
    URL.revokeObjectURL = vi.fn();
    fireEvent.keyDown(await screen.findByRole('row', { name: /FA-2026-000001/ }), { key: 'x' });
    await qui.click(await screen.findByRole('button', { name: 'CSV de la sélection' }));
    const requete = http.expectOne((r) => r.url === '/api/factures' && r.headers.get('Accept') === 'text/csv');
    expect(requete.request.params.toString()).toBe('colonnes=numero,reste&tri=-reste_centimes&ids=f1');
    requete.flush(new ArrayBuffer(8));
    await waitFor(() => expect(URL.createObjectURL).toHaveBeenCalled());
  });
});
