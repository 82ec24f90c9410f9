import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { GAMMA, paiement } from '../exemples';
import { routes } from '../routes';

const PAGE = {
  elements: [
    paiement(),
    paiement({ id: 'p2', etat: 'REJETE', rejet: { date: '2026-11-21', motif: 'Compte clos' }, non_affecte_centimes: 0 }),
  ],
  suivant: null,
  total: 2,
  totaux: [{ devise: 'EUR', montant_centimes: 48_000, non_affecte_centimes: 12_000 }],
};
const VIDE = { elements: [], suivant: null, total: 0, totaux: [] };

async function ouvrir(adresse = '/paiements'): Promise<PageEssayee> {
  const page = await essayer(routes, adresse, { voisines: ['clients', 'factures'] });
  await page.repondre('/api/paiements/compteurs', { onglets: [{ nom: 'rejetes', total: 1, totaux: [] }] });
  await page.repondre('/api/paiements/vues', VIDE);
  return page;
}

describe('ListePaiements', () => {
  it('shows payments with the names of their clients, states in words, and sums of the whole set', async () => {
    const page = await ouvrir();
    await page.repondre('/api/paiements', PAGE, { limit: '200' });
    await page.apres();
    await page.repondre('/api/clients', { elements: [GAMMA], suivant: null, total: 1 }, { ids: 'c1' });
    const rangs = screen.getAllByRole('row').slice(1);
    expect(within(rangs[0]!).getByRole('link', { name: 'Gamma SARL' }).getAttribute('href')).toBe('/clients/c1');
    expect(rangs[0]!.textContent).toContain('FA-2026-000001');
    expect(rangs[1]!.textContent).toContain('Rejeté par la banque');
    expect(screen.getByText(/Reçu 480,00\s€/)).toBeTruthy();
    expect(screen.getByText(/Non affecté 120,00\s€/)).toBeTruthy();
    expect(screen.getByRole('button', { name: /Rejetés\s*1/ })).toBeTruthy();
  });

  it('opens a payment with Enter and begins one with n, for the client that is filtered', async () => {
    const page = await ouvrir('/paiements?client_id=c1');
    await page.repondre('/api/paiements', PAGE, { client_id: 'c1' });
    page.http.match(({ url }) => url === '/api/clients');
    const qui = userEvent.setup();
    screen.getAllByRole('row')[1]!.focus();
    await qui.keyboard('{Enter}');
    await vi.waitFor(() => expect(page.router.url).toBe('/paiements/p1'), 4_000);
    await page.router.navigateByUrl('/paiements?client_id=c1');
    await page.apres();
    await qui.keyboard('n');
    await vi.waitFor(() => expect(page.router.url).toBe('/paiements/nouveau?client=c1'), 4_000);
  });

  it.each([
    ['/paiements', 'Pas encore de paiement'],
    ['/paiements?onglet=a-traiter', 'Rien à traiter'],
    ['/paiements?onglet=rembourses', 'Cet onglet est vide'],
    ['/paiements?moyen=CHEQUE', 'Rien ne correspond'],
  ])('says why %s shows nothing', async (adresse, titre) => {
    const page = await ouvrir(adresse);
    await page.repondre('/api/paiements', VIDE);
    expect(screen.getByText(titre)).toBeTruthy();
  });

  it('keeps what it shows when its service is out, greyed and with its age', async () => {
    const page = await ouvrir();
    await page.repondre('/api/paiements', PAGE);
    await userEvent.setup().click(screen.getByRole('button', { name: 'Reçu le' }));
    await page.apres();
    await page.panne('/api/paiements', 'paiement-service', { tri: 'date_paiement' });
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(screen.getAllByRole('row')).toHaveLength(3);
  });

  it('says what went wrong when there is nothing to show instead', async () => {
    const page = await ouvrir();
    (await page.attendre('/api/paiements')).flush({ title: 'Filtre inconnu', code: 'requete-invalide' }, { status: 400, statusText: '' });
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Filtre inconnu');
  });
});
