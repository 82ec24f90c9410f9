import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer } from '../../../kernel/essai';
import { client, page } from '../exemples';
import { routes } from '../routes';

const COMPTEURS = {
  onglets: [
    { nom: 'tous', total: 2 },
    { nom: 'suspendus', total: 1 },
  ],
};
const BALANCE = {
  au: '2026-11-30',
  lignes: [{ client_id: 'a', nom: 'A', devise: 'EUR', non_echu_centimes: 2_500, total_centimes: 10_000 }],
  totaux: [],
};

async function ouvrir(clients = [client('a'), client('b')], adresse = '/clients') {
  sessionStorage.clear();
  const essai = await essayer(routes, adresse);
  const remplir = async () => {
    await essai.repondre('/api/clients', page(clients));
    await essai.repondre('/api/clients/compteurs', COMPTEURS);
    await essai.repondre('/api/clients/vues', page([]));
    await essai.repondre('/api/balance-agee', BALANCE);
  };
  return { ...essai, remplir, qui: userEvent.setup() };
}

const rangs = () =>
  within(screen.getByRole('table', { name: 'Clients' }))
    .getAllByRole('row')
    .slice(1);

describe('ListeClients', () => {
  it('shows what each client owes beside the record, tabs with counts, and opens one with Enter', async () => {
    const { remplir, router, qui } = await ouvrir();
    await remplir();
    expect(rangs()[0]!.textContent).toMatch(/Société a.*Entreprise.*100,00\s€.*75,00\s€.*Actif/);
    expect(rangs()[1]!.textContent).not.toContain('€');
    expect(screen.getByRole('button', { name: /Relances suspendues\s+1/ })).toBeTruthy();
    rangs()[1]!.focus();
    await qui.keyboard('{Enter}');
    await vi.waitFor(() => expect(router.url).toBe('/clients/b'), { timeout: 5_000 });
  });

  it('shows the list although facture-service is out, and says what is unknown', async () => {
    const { repondre, panne } = await ouvrir();
    await repondre('/api/clients', page([client('a')]));
    await panne('/api/balance-agee', 'facture-service');
    expect(rangs()).toHaveLength(1);
    expect(screen.getByText(/Encours inconnus/)).toBeTruthy();
  });

  it('suspends the reminders of several clients, and says what came of each', async () => {
    const { remplir, un, apres, qui } = await ouvrir();
    await remplir();
    rangs()[0]!.focus();
    await qui.keyboard('{Control>}a{/Control}');
    await apres();
    const barre = screen.getByRole('region', { name: 'Clients choisis' });
    expect(barre.textContent).toMatch(/2\sclients choisis.*100,00\s€ d'encours/);
    await qui.click(within(barre).getByRole('button', { name: /Suspendre/ }));
    const dialogue = screen.getByRole('dialog', { name: 'Suspendre les relances' });
    await qui.click(within(dialogue).getByRole('button', { name: /Suspendre les relances\s: 2/ }));
    expect(within(dialogue).getByRole('alert').textContent).toContain('Le motif est à dire');
    await qui.type(within(dialogue).getByLabelText(/Motif/), 'accord');
    await qui.type(within(dialogue).getByLabelText(/Jusqu'au/), '+30');
    await qui.click(within(dialogue).getByRole('button', { name: /Suspendre les relances\s: 2/ }));
    const premiere = un('/api/clients/lots/suspension');
    expect(premiere.request.body).toMatchObject({ ids: ['a', 'b'], motif: 'accord', jusqu_au: expect.stringMatching(/^\d{4}-/) });
    expect(premiere.request.headers.get('Idempotency-Key')).toBeTruthy();
    premiere.flush([
      { id: 'a', etat: 'FAIT', code: null, detail: null },
      { id: 'b', etat: 'REFUSE', code: 'client-introuvable', detail: 'Le client a disparu.' },
    ]);
    await apres();
    expect(within(dialogue).getByRole('row', { name: /Société a/ }).textContent).toContain('Fait');
    expect(within(dialogue).getByRole('row', { name: /Société b/ }).textContent).toMatch(/Refusé\s+Le client a disparu/);
    await qui.click(within(dialogue).getByRole('button', { name: 'Reprendre les 1 échecs' }));
    expect(un('/api/clients/lots/suspension').request.body).toMatchObject({ ids: ['b'] });
  });

  it('shows a refusal of the whole bulk change as such', async () => {
    const { remplir, repondre, un, apres, qui } = await ouvrir();
    await remplir();
    rangs()[0]!.focus();
    await qui.keyboard('x');
    await qui.click(await screen.findByRole('button', { name: /Politique de relance/ }));
    await apres();
    await repondre('/api/politiques', page([{ nom: 'souple', libelle: 'Souple' }]));
    const dialogue = screen.getByRole('dialog');
    await qui.selectOptions(within(dialogue).getByRole('combobox'), 'souple');
    await qui.click(within(dialogue).getByRole('button', { name: /Changer la politique/ }));
    un('/api/clients/lots/politique').flush({ title: 'Politique inconnue', code: 'corps-invalide' }, { status: 422, statusText: '' });
    await apres();
    expect(within(dialogue).getByRole('alert').textContent).toContain('Politique inconnue');
    expect(within(dialogue).getByRole('row', { name: /Société a/ }).textContent).toContain('Prêt');
  });

  it('exports the whole filtered set with what each client owes', async () => {
    const { remplir, un, apres, qui } = await ouvrir();
    await remplir();
    const contenus: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((contenu) => (contenus.push(contenu as Blob), 'blob:x'));
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    await qui.click(screen.getByRole('button', { name: 'CSV' }));
    un('/api/clients').flush({ ...page([client('a')]), suivant: 'c1' });
    await apres();
    un('/api/clients', { curseur: 'c1' }).flush(page([client('b')]));
    await vi.waitFor(() => expect(contenus).toHaveLength(1));
    expect((await contenus[0]!.text()).split('\r\n')).toEqual([
      expect.stringContaining('Nom;Type;SIREN;Ville;Encours;En retard;Politique;État'),
      'Société a;Entreprise;;Paris;100,00;75,00;standard;Actif',
      'Société b;Entreprise;;Paris;0,00;0,00;standard;Actif',
      '',
    ]);
    vi.restoreAllMocks();
  });

  it.each([
    ['/clients', 'Pas encore de client'],
    ['/clients?type=PUBLIC', 'Rien ne correspond'],
    ['/clients?onglet=suspendus', "Aucun client n'est suspendu"],
  ])('is empty for a reason: %s', async (adresse, titre) => {
    const { remplir } = await ouvrir([], adresse);
    await remplir();
    expect(screen.getByText(titre)).toBeTruthy();
  });

  it('loads, fails with a reason, and keeps old rows greyed while client-service is out', async () => {
    const { un, apres, panne, router } = await ouvrir();
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    un('/api/clients').flush(page([client('a')]));
    await apres();
    await router.navigateByUrl('/clients?tri=-ville');
    await apres();
    await panne('/api/clients', 'client-service', { tri: '-ville' });
    expect([rangs().length, screen.getByText(/Chiffres de/).tagName]).toEqual([1, 'P']);
  });
});
