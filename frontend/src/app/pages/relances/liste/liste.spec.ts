import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { relance } from '../exemples';
import { routes } from '../routes';

const PAGE = {
  elements: [relance(), relance({ id: 'r2', nom: 'Bêta SAS', etat: 'ECHEC', motif: 'Adresse refusée' })],
  suivant: null,
  total: 2,
};
const VIDE = { elements: [], suivant: null, total: 0 };

async function ouvrir(adresse = '/relances', liste: object = PAGE): Promise<PageEssayee> {
  const page = await essayer(routes, adresse, { voisines: ['clients', 'factures'] });
  await page.repondre('/api/relances/compteurs', { onglets: [{ nom: 'echecs', total: 1 }] });
  await page.repondre('/api/relances/vues', VIDE);
  await page.repondre('/api/relances', liste);
  return page;
}

describe('ListeRelances', () => {
  it('shows what was decided for whom, with its state in words, and how many', async () => {
    await ouvrir();
    const rangs = screen.getAllByRole('row').slice(1);
    expect(rangs[0]!.textContent).toMatch(/30\/11\/2026.*Gamma SARL.*Envoyée.*120,00/);
    expect(within(rangs[0]!).getByRole('link', { name: 'Gamma SARL' }).getAttribute('href')).toBe('/clients/c1');
    expect(rangs[1]!.textContent).toMatch(/Échec.*Adresse refusée/);
    expect(screen.getByText(/^2\s*relances$/)).toBeTruthy();
    expect(screen.getByRole('button', { name: /Échecs et inconnues\s*1/ })).toBeTruthy();
  });

  it('asks for what the address says', async () => {
    const page = await essayer(routes, '/relances?etat=ENVOYEE&niveau=2&du=2026-09-01&au=2026-11-30&onglet=envoyees&tri=-nom');
    const { searchParams } = new URL(page.un('/api/relances').request.urlWithParams, 'http://essai');
    expect(Object.fromEntries(searchParams)).toEqual({
      etat: 'ENVOYEE',
      niveau: '2',
      du: '2026-09-01',
      au: '2026-11-30',
      onglet: 'envoyees',
      tri: '-nom',
      limit: '200',
    });
  });

  it.each([
    ['/relances', 'Pas encore de relance'],
    ['/relances?onglet=echecs', 'Aucun échec'],
    ['/relances?onglet=annulees', 'Cet onglet est vide'],
    ['/relances?niveau=3', 'Rien ne correspond'],
  ])('says why %s shows nothing', async (adresse, titre) => {
    await ouvrir(adresse, VIDE);
    expect(screen.getByText(titre)).toBeTruthy();
  });

  it('opens a reminder beside the list with p, and on its own page with Enter', async () => {
    const page = await ouvrir();
    screen.getAllByRole('row')[2]!.focus();
    await userEvent.keyboard('p');
    await page.repondre('/api/relances/r2', { ...relance({ id: 'r2', nom: 'Bêta SAS', etat: 'ECHEC' }), message: {} });
    expect(within(screen.getByRole('complementary')).getByText('Relance de niveau 1, Bêta SAS')).toBeTruthy();
    expect(page.router.url).toBe('/relances?panneau=oui');
    screen.getAllByRole('row')[2]!.focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(page.router.url).toBe('/relances/r2'));
  });

  it('goes from first use to the simulation', async () => {
    const page = await ouvrir('/relances', VIDE);
    await userEvent.click(screen.getAllByRole('button', { name: 'Préparer une campagne' })[1]!);
    await vi.waitFor(() => expect(page.router.url).toBe('/relances/simulation'));
  });

  it('keeps the old rows greyed while batch is out', async () => {
    const page = await ouvrir();
    await userEvent.click(screen.getByRole('button', { name: 'Niveau' }));
    await page.apres();
    await page.panne('/api/relances', 'batch');
    expect(screen.getAllByRole('row')).toHaveLength(3);
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
  });
});
