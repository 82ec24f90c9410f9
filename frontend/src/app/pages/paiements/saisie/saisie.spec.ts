import { screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { aujourdHui } from '../../../kernel/format/date';
import { GAMMA, ouverte, paiement } from '../exemples';
import { routes } from '../routes';

const OUVERTES = { affectations: [], non_affecte_centimes: 0, ouvertes: [ouverte(1, 12_000), ouverte(2, 9_000), ouverte(3, 30_000)] };

async function ouvrir(adresse = '/paiements/nouveau?client=c1') {
  sessionStorage.clear();
  const page = await essayer(routes, adresse, { voisines: ['factures'] });
  return { page, qui: userEvent.setup() };
}

/** The page for a client whose open invoices are there. */
async function ouvrirAvecFactures() {
  const ouvert = await ouvrir();
  await ouvert.page.repondre('/api/clients', { elements: [GAMMA], suivant: null, total: 1 }, { ids: 'c1' });
  await ouvert.page.repondre('/api/paiements/repartition', OUVERTES);
  return ouvert;
}

const cellule = (rang: number) => screen.getByLabelText(`À affecter à FA-2026-00000${rang}`) as HTMLInputElement;
const cellules = (): string[] => [1, 2, 3].map((rang) => cellule(rang).value);
const montant = () => screen.getByLabelText('Montant reçu');
const reste = (): string | undefined => screen.getByText('Reste à affecter').parentElement?.textContent?.trim();
const enregistrer = (page: PageEssayee) => page.attendre('/api/paiements');

describe('SaisiePaiement', () => {
  it('spreads with Space, typing, F8 and F9, and counts what is left', async () => {
    const { page, qui } = await ouvrirAvecFactures();
    await qui.type(montant(), '300');
    cellule(1).focus();
    await qui.keyboard(' ');
    await page.apres();
    expect([cellules(), reste()]).toEqual([['120,00', '', ''], 'Reste à affecter 180,00\u00a0€']);
    await qui.keyboard('{ArrowDown}12.5{Enter} ');
    await page.apres();
    expect([cellules(), reste()]).toEqual([['120,00', '12,50', '167,50'], 'Reste à affecter 0,00\u00a0€']);
    await qui.keyboard('{F9}');
    await page.apres();
    expect(cellules()).toEqual(['', '', '']);
    await qui.keyboard('{F8}');
    const ordre = await page.attendre('/api/paiements/repartition');
    expect(ordre.request.body).toMatchObject({ client_id: 'c1', montant_centimes: 30_000, devise: 'EUR' });
    ordre.flush({ ...OUVERTES, affectations: [{ ...ouverte(2, 9_000), montant_centimes: 9_000 }], non_affecte_centimes: 21_000 });
    await page.apres();
    await page.apres();
    expect(cellules()).toEqual(['', '90,00', '']);
    expect(screen.getByText(/210,00\s€ resteront au crédit du client/)).toBeTruthy();
  });

  it('waits for the legal order before it saves, and does not save without it', async () => {
    const { page, qui } = await ouvrirAvecFactures();
    await qui.type(montant(), '90');
    await qui.keyboard('{F8}{Control>}{Enter}{/Control}');
    (await page.attendre('/api/paiements/repartition')).flush(null, { status: 422, statusText: '' });
    await page.apres();
    page.http.expectNone((requete) => requete.url === '/api/paiements' && requete.method === 'POST');
    await qui.keyboard('{F8}{Control>}{Enter}{/Control}');
    const ordre = await page.attendre('/api/paiements/repartition');
    page.http.expectNone((requete) => requete.url === '/api/paiements' && requete.method === 'POST');
    ordre.flush({ ...OUVERTES, affectations: [{ ...ouverte(2, 9_000), montant_centimes: 9_000 }], non_affecte_centimes: 0 });
    const envoi = await enregistrer(page);
    expect(envoi.request.body).toMatchObject({ affectations: [{ facture_id: 'f2', montant_centimes: 9_000 }] });
  });

  it('saves with Ctrl+Enter under a key, says what came of it, and begins another keeping date and means', async () => {
    const { page, qui } = await ouvrirAvecFactures();
    await qui.clear(screen.getByLabelText('Date de réception'));
    await qui.type(screen.getByLabelText('Date de réception'), '15/11/2026');
    await qui.selectOptions(screen.getByLabelText('Moyen'), 'CHEQUE');
    await qui.type(montant(), '240');
    cellule(1).focus();
    await qui.keyboard(' {Control>}{Enter}{/Control}');
    const envoi = await enregistrer(page);
    expect(envoi.request.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(envoi.request.body).toEqual({
      date_paiement: '2026-11-15',
      montant_centimes: 24_000,
      moyen: 'CHEQUE',
      devise: 'EUR',
      notifier: true,
      client_id: 'c1',
      affectations: [{ facture_id: 'f1', montant_centimes: 12_000 }],
    });
    envoi.flush(paiement(), { status: 201, statusText: '' });
    await page.apres();
    expect(screen.getByRole('heading', { name: /Paiement de 240,00\s€ enregistré/ })).toBeTruthy();
    expect(screen.getByText(/120,00\s€ restent au crédit du client/)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Saisir un autre' }));
    await qui.keyboard('{Enter}');
    await page.apres();
    expect(screen.getByLabelText('Date de réception')).toHaveProperty('value', '15/11/2026');
    expect(screen.getByLabelText('Moyen')).toHaveProperty('value', 'CHEQUE');
    expect([montant(), screen.getByRole('combobox', { name: 'Client' })].map((champ) => (champ as HTMLInputElement).value)).toEqual([
      '',
      '',
    ]);
    await vi.waitFor(() => expect(document.activeElement).toBe(montant()));
  });

  it('says the truth when facture-service is out: kept, to be allocated when it is back; no write-off is tried', async () => {
    const { page, qui } = await ouvrirAvecFactures();
    await qui.type(montant(), '118');
    cellule(1).focus();
    await qui.keyboard(' ');
    await page.apres();
    await qui.selectOptions(screen.getByRole('combobox', { name: /Il manquera 2,00/ }), 'FRAIS_BANCAIRES');
    await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
    (await enregistrer(page)).flush(paiement({ etat: 'EN_ATTENTE' }), {
      status: 202,
      statusText: '',
      headers: { 'X-Degraded': 'facture-service' },
    });
    await page.apres();
    expect(screen.getByRole('heading', { name: /gardé, sera affecté au retour de facture-service/ })).toBeTruthy();
    expect(screen.getByText(/L'écart n'est pas passé/)).toBeTruthy();
    page.http.expectNone('/api/factures/f1/ecarts');
  });

  it('writes a small difference off once the payment is in, and tells a refusal', async () => {
    const { page, qui } = await ouvrirAvecFactures();
    await qui.type(montant(), '118');
    cellule(1).focus();
    await qui.keyboard(' ');
    await page.apres();
    await qui.selectOptions(screen.getByRole('combobox', { name: /Il manquera 2,00/ }), 'FRAIS_BANCAIRES');
    await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
    (await enregistrer(page)).flush(paiement({ non_affecte_centimes: 0 }), { status: 201, statusText: '' });
    await page.apres();
    const ecart = await page.attendre('/api/factures/f1/ecarts');
    expect(ecart.request.body).toEqual({ montant_centimes: 200, motif: 'FRAIS_BANCAIRES' });
    ecart.flush({ title: 'Trop', detail: 'Il ne reste que 1,00 €.', code: 'reste-insuffisant' }, { status: 409, statusText: '' });
    await page.apres();
    expect(screen.getByText(/n'est pas passé : Il ne reste que 1,00 €\./)).toBeTruthy();
  });

  it('refuses what is wrong before sending it, and leads to it', async () => {
    const { page, qui } = await ouvrirAvecFactures();
    await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
    await page.apres();
    expect(document.activeElement).toBe(montant());
    expect(screen.getByRole('button', { name: 'Le montant reçu manque.' })).toBeTruthy();
    await qui.type(montant(), '10');
    await qui.type(cellule(1), '25');
    await qui.keyboard('{Control>}{Enter}{/Control}');
    await page.apres();
    expect(screen.getByRole('button', { name: /dépassent le montant reçu de 15,00/ })).toBeTruthy();
    page.http.expectNone('/api/paiements');
  });

  it('brings a refusal of the service to its field', async () => {
    const { page, qui } = await ouvrirAvecFactures();
    await qui.type(montant(), '10');
    await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
    const errors = [{ pointer: '/date_paiement', code: 'date-future', detail: "Un paiement ne se date pas après aujourd'hui." }];
    (await enregistrer(page)).flush({ title: 'Invalide', code: 'corps-invalide', errors }, { status: 422, statusText: '' });
    await page.apres();
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Date de réception')));
    expect(screen.getAllByText(/ne se date pas après aujourd'hui/)).toHaveLength(2);
  });

  it('never says "failed" when nobody knows: it asks again with the same key', async () => {
    const { page, qui } = await ouvrirAvecFactures();
    await qui.type(montant(), '10');
    await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
    const premiere = await enregistrer(page);
    premiere.error(new ProgressEvent('error'));
    expect(await screen.findByText('Résultat inconnu, vérification en cours')).toBeTruthy();
    const seconde = await enregistrer(page);
    expect(seconde.request.headers.get('Idempotency-Key')).toBe(premiere.request.headers.get('Idempotency-Key'));
    seconde.flush(paiement(), { status: 201, statusText: '' });
    expect(await screen.findByRole('heading', { name: /enregistré/ })).toBeTruthy();
  });

  it('takes a payment while the invoices cannot be read: the legal order will apply', async () => {
    const { page, qui } = await ouvrir();
    await page.panne('/api/paiements/repartition', 'facture-service');
    await qui.type(montant(), '10');
    await page.apres();
    expect(screen.getByText(/Le paiement peut être saisi/)).toBeTruthy();
    expect(screen.getByText("Sera affecté dans l'ordre légal.")).toBeTruthy();
    await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
    expect((await enregistrer(page)).request.body).not.toHaveProperty('affectations');
  });

  it('is disabled with the reason while paiement-service is out, and keeps what is typed', async () => {
    const { page, qui } = await ouvrir();
    await qui.type(montant(), '10');
    await page.panne('/api/paiements/repartition', 'paiement-service');
    expect(screen.getByRole('button', { name: 'Enregistrer' })).toHaveProperty('disabled', true);
    expect(screen.getByText(/paiement-service ne répond pas/)).toBeTruthy();
    expect(montant()).toHaveProperty('value', '10');
  });

  it('begins with an invoice: its client, what it owes, and that allocated to it', async () => {
    const { page } = await ouvrir('/paiements/nouveau?facture=f2');
    await page.repondre('/api/factures/f2', { id: 'f2', client_id: 'c1', devise: 'EUR', reste_centimes: 9_000 });
    await page.repondre('/api/paiements/repartition', OUVERTES);
    await page.apres();
    expect(montant()).toHaveProperty('value', '90,00');
    expect(cellules()).toEqual(['', '90,00', '']);
  });

  it('warns of a payment of the same client under the same reference, with a link', async () => {
    const { page, qui } = await ouvrirAvecFactures();
    await qui.type(screen.getByLabelText('Référence'), 'vir 118');
    const deja = await page.attendre('/api/paiements', { client_id: 'c1', q: 'vir 118' });
    deja.flush({ elements: [paiement()], suivant: null, total: 1, totaux: [] });
    expect((await screen.findByRole('link', { name: /240,00\s€ du 20\/11\/2026/ })).getAttribute('href')).toBe('/paiements/p1');
  });

  it('asks before what was typed is left', async () => {
    const { page, qui } = await ouvrirAvecFactures();
    const demande = vi.spyOn(window, 'confirm').mockReturnValueOnce(false).mockReturnValueOnce(true);
    await qui.type(montant(), '10');
    await page.router.navigateByUrl('/paiements');
    expect(page.router.url).toBe('/paiements/nouveau?client=c1');
    await page.router.navigateByUrl('/paiements');
    expect(page.router.url).toBe('/paiements');
    expect(demande).toHaveBeenCalledTimes(2);
  });

  it('proposes today as the date', async () => {
    await ouvrir();
    const [annee, mois, jour] = aujourdHui().split('-');
    expect(screen.getByLabelText('Date de réception')).toHaveProperty('value', `${jour}/${mois}/${annee}`);
  });
});
