import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer } from '../../kernel/essai';
import { routes } from './routes';

const montants = (tranches: number[]) => ({
  devise: 'EUR',
  non_echu_centimes: tranches[0] ?? 0,
  de_1_a_30_centimes: tranches[1] ?? 0,
  de_31_a_60_centimes: 0,
  de_61_a_90_centimes: 0,
  plus_de_90_centimes: 0,
  total_centimes: tranches.reduce((a, b) => a + b, 0),
});
const LIGNES = [
  { client_id: 'a', nom: 'Acier', ...montants([10000, 2500]) },
  { client_id: 'b', nom: 'Béton', ...montants([70000]) },
];
const BALANCE = { au: '2026-06-30', lignes: LIGNES, totaux: [montants([80000, 2500])] };
const VIDE = { au: '2026-06-30', lignes: [], totaux: [] };
const LISTE_VIDE = { elements: [], suivant: null, total: 0, totaux: [] };

async function ouvrir(adresse = '/balance-agee?au=2026-06-30') {
  const page = await essayer(routes, adresse, { voisines: ['factures'] });
  const remplir = async ({ balance = BALANCE as object, reste = 82500, soldes = [] as object[] } = {}) => {
    const totaux = reste ? [{ devise: 'EUR', total_ttc_centimes: reste, reste_centimes: reste }] : [];
    await page.repondre('/api/balance-agee', balance, { au: '2026-06-30' });
    await page.repondre('/api/factures', { elements: [], suivant: null, total: 3, totaux }, { ouverte_au: '2026-06-30', type: 'FACTURE' });
    await page.repondre('/api/factures', LISTE_VIDE, { type: 'AVOIR' });
    await page.repondre('/api/paiements/soldes', soldes, { au: '2026-06-30' });
  };
  return { ...page, remplir };
}

const tableau = () => screen.getByRole('table', { name: /Balance âgée/ });
const cellules = (rang: HTMLElement) => [...(rang as HTMLTableRowElement).cells].map((c) => c.textContent?.replace(/\s+/g, ' ').trim());

describe('BalanceAgee', () => {
  it('shows debts by age, what is owed to the client beside them, sums, and the control', async () => {
    const { remplir } = await ouvrir();
    await remplir({ soldes: [{ client_id: 'b', devise: 'EUR', non_affecte_centimes: 500, en_attente_centimes: 0 }] });
    const rangs = within(tableau()).getAllByRole('row');
    expect(cellules(rangs[1]!)).toEqual([
      expect.stringContaining('Béton'),
      '700,00 €',
      '–',
      '–',
      '–',
      '–',
      '700,00 €',
      '-5,00 €',
      '695,00 €',
    ]);
    expect(cellules(rangs[2]!)).toEqual([
      expect.stringContaining('Acier'),
      '100,00 €',
      '25,00 €',
      '–',
      '–',
      '–',
      '125,00 €',
      '0,00 €',
      '125,00 €',
    ]);
    expect(cellules(rangs.at(-1)!)).toEqual([
      'Total 2 clients',
      '800,00 €',
      '25,00 €',
      '0,00 €',
      '0,00 €',
      '0,00 €',
      '825,00 €',
      '-5,00 €',
      '820,00 €',
    ]);
    expect(screen.getByText(/Contrôle juste/).textContent).toContain('825,00');
    expect(within(rangs[2]!).getByRole('link', { name: /25,00/, hidden: true }).getAttribute('href')).toBe(
      '/factures?ouverte_au=2026-06-30&client_id=a&echue_du=2026-05-31&echue_au=2026-06-29',
    );
  });

  it('says in words when the balance and the list do not agree', async () => {
    const { remplir } = await ouvrir();
    await remplir({ reste: 82501 });
    expect(screen.getByText(/Contrôle faux/).textContent).toMatch(/écart\s+-0,01/);
  });

  it('is walked by keyboard: right unfolds the open invoices, left folds them, Enter opens their list', async () => {
    const { remplir, repondre, router, apres } = await ouvrir();
    await remplir();
    const qui = userEvent.setup();
    within(tableau()).getAllByRole('row')[1]!.focus();
    await qui.keyboard('{ArrowDown}{ArrowRight}');
    await apres();
    await repondre(
      '/api/factures',
      {
        elements: [
          {
            id: 'f1',
            numero: 'FA-1',
            date_emission: '2026-05-01',
            date_echeance: '2026-05-31',
            jours_retard: 30,
            devise: 'EUR',
            total_ttc_centimes: 2500,
            reste_centimes: 2500,
          },
        ],
        suivant: null,
        total: 1,
        totaux: [],
      },
      { client_id: 'a', ouverte_au: '2026-06-30' },
    );
    expect(screen.getByRole('link', { name: 'FA-1' }).getAttribute('href')).toBe('/factures/f1');
    await qui.keyboard('{ArrowLeft}');
    await apres();
    expect(screen.queryByRole('link', { name: 'FA-1' })).toBeNull();
    await qui.keyboard('{Enter}');
    await apres();
    expect(router.url).toBe('/factures?ouverte_au=2026-06-30&client_id=a');
  });

  it('keeps its filters in the address and names them', async () => {
    const { remplir, apres } = await ouvrir('/balance-agee?au=2026-06-30&anciennete=retard');
    await remplir();
    expect(within(tableau()).getAllByRole('row')).toHaveLength(3);
    expect(cellules(within(tableau()).getAllByRole('row').at(-1)!)[0]).toBe('Total 1 client');
    expect(screen.getByText('En retard', { selector: 'span' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Tout effacer' }));
    await apres();
    expect(within(tableau()).getAllByRole('row')).toHaveLength(4);
  });

  it('asks again for another date', async () => {
    const { remplir, http, router, apres } = await ouvrir();
    await remplir();
    await userEvent.click(screen.getByRole('button', { name: "Aujourd'hui" }));
    await apres();
    expect(router.url).toBe('/balance-agee');
    expect(http.match((r) => r.url.startsWith('/api/balance-agee'))).toHaveLength(1);
    expect(within(tableau()).getAllByRole('row')).toHaveLength(4);
  });

  it('tells good news from a first use', async () => {
    const { remplir, repondre } = await ouvrir();
    await remplir({ balance: VIDE, reste: 0 });
    await repondre('/api/factures', { elements: [], suivant: null, total: 4, totaux: [] }, { limit: '1' });
    expect(screen.getByText('Personne ne doit rien à cette date')).toBeTruthy();
  });

  it('explains itself on first use', async () => {
    const { remplir, repondre } = await ouvrir();
    await remplir({ balance: VIDE, reste: 0 });
    await repondre('/api/factures', { elements: [], suivant: null, total: 0, totaux: [] }, { limit: '1' });
    expect(screen.getByRole('link', { name: 'Nouvelle facture' })).toBeTruthy();
  });

  it('shows a skeleton, then why it failed', async () => {
    const { un, apres } = await ouvrir();
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    un('/api/balance-agee').flush({ title: 'Date refusée', code: 'requete-invalide', detail: 'au' }, { status: 400, statusText: '' });
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('Date refusée');
  });

  it('keeps the rows, greyed and with their age, while facture-service is out', async () => {
    const { remplir, panne, router, apres } = await ouvrir();
    await remplir();
    await router.navigateByUrl('/balance-agee?au=2026-05-31');
    await apres();
    await panne('/api/balance-agee', 'facture-service', { au: '2026-05-31' });
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(tableau().parentElement?.className).toContain('perime');
  });

  it('shows debts although paiement-service is out', async () => {
    const { repondre, panne } = await ouvrir();
    await repondre('/api/balance-agee', BALANCE);
    await panne('/api/paiements/soldes', 'paiement-service');
    await repondre('/api/factures', LISTE_VIDE, { type: 'AVOIR' });
    expect(screen.getByText(/Avoirs et acomptes inconnus/)).toBeTruthy();
    expect(cellules(within(tableau()).getAllByRole('row')[1]!).slice(-2)).toEqual(['inconnu', 'inconnu']);
  });
});
