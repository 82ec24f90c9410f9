import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { PaiementJson } from '../../../api';
import { essayer } from '../../../kernel/essai';
import { GAMMA, ouverte, paiement } from '../exemples';
import { routes } from '../routes';

async function ouvrir(change: Partial<PaiementJson> = {}) {
  sessionStorage.clear();
  const page = await essayer(routes, '/paiements/p1', { voisines: ['clients', 'factures', 'notifications'] });
  (await page.attendre('/api/paiements/p1')).flush(paiement(change), { headers: { ETag: '"3-2026-11-20"' } });
  await page.apres();
  await page.repondre('/api/clients', { elements: [GAMMA], suivant: null, total: 1 }, { ids: 'c1' });
  return { page, qui: userEvent.setup() };
}

const bouton = (name: string) => screen.getByRole('button', { name }) as HTMLButtonElement;

describe('DetailPaiement', () => {
  it('shows what became of the money, with links to client and invoices', async () => {
    await ouvrir({
      affectations: [
        {
          affectation_id: 'a',
          facture_id: 'f9',
          numero: null,
          montant_centimes: 100,
          etat: 'REFUSEE',
          motif: 'facture-soldee',
          date: '2026-11-20',
        },
      ],
      etat: 'A_TRAITER',
    });
    expect(screen.getByRole('heading', { name: /Paiement de 240,00\s€ du 20\/11\/2026/ })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Gamma SARL' }).getAttribute('href')).toBe('/clients/c1');
    const rang = within(screen.getByRole('table')).getAllByRole('row')[1]!;
    expect(rang.textContent).toContain('Refusée');
    expect(rang.textContent).toContain('Cette facture était déjà réglée.');
    expect(screen.getByText(/reste à dire pour quelle facture/)).toBeTruthy();
  });

  it('says beside each act why it cannot be done', async () => {
    await ouvrir({
      etat: 'REJETE',
      rejet: { date: '2026-11-21', motif: 'Compte clos' },
      non_affecte_centimes: 0,
      remboursable_centimes: 0,
    });
    expect([bouton('Affecter le reste'), bouton('Rembourser…'), bouton('Rejet par la banque…')].every(({ disabled }) => disabled)).toBe(
      true,
    );
    expect(screen.getByText(/Ce paiement est déjà rejeté/)).toBeTruthy();
    expect(screen.getByText(/Rejeté par la banque le 21\/11\/2026 : Compte clos/)).toBeTruthy();
  });

  it('allocates what is left, with the version that was read', async () => {
    const { page, qui } = await ouvrir();
    await qui.keyboard('a');
    await page.apres();
    await page.repondre('/api/paiements/repartition', { affectations: [], non_affecte_centimes: 0, ouvertes: [ouverte(2, 9_000)] });
    await qui.click(bouton('Affecter'));
    expect(await screen.findByText(/Aucune facture ne reçoit rien/)).toBeTruthy();
    screen.getByLabelText('À affecter à FA-2026-000002').focus();
    await qui.keyboard(' {Control>}{Enter}{/Control}');
    const envoi = await page.attendre('/api/paiements/p1/affectations');
    expect(envoi.request.body).toEqual([{ facture_id: 'f2', montant_centimes: 9_000 }]);
    expect(envoi.request.headers.get('If-Match')).toBe('"3-2026-11-20"');
    envoi.flush(paiement(), { headers: { 'X-Degraded': 'facture-service' }, status: 202, statusText: '' });
    await page.apres();
    await page.repondre('/api/paiements/p1', paiement({ non_affecte_centimes: 3_000 }));
    expect(screen.getByText(/sera fait au retour de facture-service/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Affecter' })).toBeNull();
  });

  it('tells a payment changed meanwhile, and keeps what was typed', async () => {
    const { page, qui } = await ouvrir();
    await qui.click(bouton('Affecter le reste'));
    await page.apres();
    await page.repondre('/api/paiements/repartition', { affectations: [], non_affecte_centimes: 0, ouvertes: [ouverte(2, 9_000)] });
    await qui.type(screen.getByLabelText(/FA-2026-000002/), '50');
    await qui.click(bouton('Affecter'));
    page
      .un('/api/paiements/p1/affectations')
      .flush({ title: 'Paiement modifié entre-temps', code: 'version-perimee' }, { status: 412, statusText: '' });
    expect(await screen.findByText(/Paiement modifié entre-temps/)).toBeTruthy();
    expect(screen.getByLabelText(/FA-2026-000002/)).toHaveProperty('value', '50,00');
  });

  it('refunds at most what may be given back, and says which invoices reopen', async () => {
    const { page, qui } = await ouvrir();
    await qui.keyboard('r');
    await page.apres();
    const montant = screen.getByLabelText('Montant à rendre');
    expect(montant).toHaveProperty('value', '120,00');
    expect(screen.getByText(/aucune facture ne change/)).toBeTruthy();
    await qui.clear(montant);
    await qui.type(montant, '250');
    await qui.type(screen.getByLabelText('Motif'), 'Double paiement');
    expect(screen.getByText(/130,00\s€ sont pris sur les dernières affectations/)).toBeTruthy();
    await qui.keyboard('{Control>}{Enter}{/Control}');
    await page.apres();
    expect(screen.getByRole('button', { name: /Au plus 240,00/ })).toBeTruthy();
    await qui.clear(montant);
    await qui.type(montant, '50');
    await qui.keyboard('{Control>}{Enter}{/Control}');
    const envoi = await page.attendre('/api/paiements/p1/remboursements');
    expect(envoi.request.body).toMatchObject({ montant_centimes: 5_000, motif: 'Double paiement' });
    expect(envoi.request.headers.get('Idempotency-Key')).toBeTruthy();
    envoi.flush(paiement({ etat: 'PARTIELLEMENT_REMBOURSE' }), { status: 201, statusText: '' });
    await page.apres();
    await page.repondre('/api/paiements/p1', paiement({ etat: 'PARTIELLEMENT_REMBOURSE' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('Remboursé en partie')).toBeTruthy();
  });

  it('records a bank return with its reason and date', async () => {
    const { page, qui } = await ouvrir();
    await qui.click(bouton('Rejet par la banque…'));
    await page.apres();
    await qui.click(screen.getByRole('button', { name: 'Rejet par la banque' }));
    await page.apres();
    expect(screen.getByRole('button', { name: 'Le motif manque.' })).toBeTruthy();
    await qui.click(screen.getByRole('button', { name: 'Provision insuffisante' }));
    await qui.click(screen.getByRole('button', { name: 'Rejet par la banque' }));
    const envoi = await page.attendre('/api/paiements/p1/rejet');
    expect(envoi.request.body).toMatchObject({ motif: 'Provision insuffisante' });
    envoi.flush(paiement({ etat: 'ANNULATION_EN_ATTENTE' }), { status: 202, statusText: '', headers: { 'X-Degraded': 'facture-service' } });
    await page.apres();
    await page.repondre('/api/paiements/p1', paiement({ etat: 'ANNULATION_EN_ATTENTE' }));
    expect(screen.getByText(/les factures rouvriront au retour de facture-service/)).toBeTruthy();
  });

  it('says that there is no such payment', async () => {
    const page = await essayer(routes, '/paiements/p9');
    (await page.attendre('/api/paiements/p9')).flush(
      { title: 'Paiement introuvable', code: 'paiement-introuvable' },
      { status: 404, statusText: '' },
    );
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Paiement introuvable');
  });

  it('greys what it shows and disables acts while its service is out', async () => {
    const { page, qui } = await ouvrir();
    await qui.keyboard('r');
    await page.apres();
    await qui.type(screen.getByLabelText('Motif'), 'x');
    await qui.keyboard('{Control>}{Enter}{/Control}');
    (await page.attendre('/api/paiements/p1/remboursements')).flush(paiement(), { status: 201, statusText: '' });
    await page.apres();
    await page.panne('/api/paiements/p1', 'paiement-service');
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(bouton('Rembourser…').disabled).toBe(true);
  });
});
