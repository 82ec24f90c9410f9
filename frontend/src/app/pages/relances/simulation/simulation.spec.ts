import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { PasseVue, SimulationVue } from '../../../api';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { execution } from '../../../kernel/travaux/exemples';
import { OUVRIR_FLUX } from '../../../kernel/travaux';
import { ecartee, ligne, passe, simulation, simulee } from '../exemples';
import { routes } from '../routes';

const JOUR = '2026-11-30';
const ALPHA = simulee();
const BETA = simulee({
  client_id: 'c2',
  nom: 'Bêta SAS',
  niveau: 4,
  envoi: 'MANUEL',
  total_du_centimes: 50_000,
  factures: [ligne({ niveau: 4, jours_retard: 50 }), ligne({ facture_id: 'f2', numero: 'FA-2026-000002', niveau: null, jours_retard: 2 })],
});
const DEUX = simulation({ relances: [ALPHA, BETA] });
const FLUX = { addEventListener: () => undefined, close: () => undefined };

async function ouvrir(
  parametres = '',
  corps: SimulationVue = DEUX,
  passes: readonly PasseVue[] = [],
): Promise<{ page: PageEssayee; qui: ReturnType<typeof userEvent.setup> }> {
  vi.useFakeTimers({ now: new Date('2026-11-30T10:00:00Z'), shouldAdvanceTime: true });
  sessionStorage.clear();
  localStorage.clear();
  const page = await essayer(routes, `/relances/simulation${parametres}`, {
    voisines: ['clients', 'factures'],
    providers: [{ provide: OUVRIR_FLUX, useValue: () => FLUX }],
  });
  await page.repondre('/api/jobs/executions', { elements: passes, suivant: null, total: passes.length });
  await page.repondre('/api/politiques', { elements: [], suivant: null, total: 0 });
  await page.repondre('/api/relances/simulation', corps);
  return { page, qui: userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) }) };
}

function lancer(): HTMLButtonElement {
  return screen.getByRole('button', { name: 'Lancer la campagne…' });
}

describe('SimulationRelances', () => {
  afterEach(() => void vi.useRealTimers());

  it('says who would be reminded of what, why, and that nothing leaves', async () => {
    await ouvrir();
    expect(screen.getByRole('note').textContent).toContain('rien ne part');
    const population = screen.getByRole('region', { name: 'Population de la campagne' }).textContent ?? '';
    expect(population).toMatch(/2\s*relances à 2\s*clients/);
    expect(population).toMatch(/620,00\s*€/);
    const rangs = screen.getAllByRole('row').slice(1);
    expect(rangs.map((rang) => within(rang).getByRole('link').textContent)).toEqual(['Gamma SARL', 'Bêta SAS']);
    expect(rangs[1]!.textContent).toMatch(/3 → 4.*Lettre à confirmer.*2\s*factures, jusqu'à 50\s*jours de retard/);
    expect(lancer().disabled).toBe(false);
  });

  it('asks for the day, the comparison and the policy of the address', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-30T10:00:00Z'), shouldAdvanceTime: true });
    const page = await essayer(routes, '/relances/simulation?date=2026-11-20&comparer=2026-11-19&politique=douce');
    const { body } = page.un('/api/relances/simulation').request;
    expect(body).toEqual({ date_reference: '2026-11-20', compare_a: '2026-11-19', politique: 'douce' });
  });

  it('says that a day to come is a projection', async () => {
    await ouvrir('?date=2026-12-04', { ...DEUX, date_reference: '2026-12-04' });
    expect(screen.getByText(/partirait le 04\/12\/2026 si rien n'était payé/)).toBeTruthy();
  });

  it('excludes a client with x, keeps it in the address and out of the sums, and takes it back', async () => {
    const { page, qui } = await ouvrir();
    screen.getAllByRole('row')[2]!.focus();
    await qui.keyboard('x');
    await page.apres();
    expect(page.router.url).not.toContain('exclus');
    const dialogue = within(screen.getByRole('dialog', { name: 'Exclure Bêta SAS' }));
    await qui.click(dialogue.getByRole('button', { name: 'Exclure' }));
    await page.apres();
    expect(dialogue.getByRole('alert').textContent).toContain('Le motif est à dire');
    await qui.type(dialogue.getByLabelText('Motif'), 'Accord en cours{Enter}');
    await page.apres();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(page.router.url).toContain('exclus=c2');
    expect(page.router.url).not.toContain('Accord');
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Exclure Bêta SAS' }).checked).toBe(true);
    expect(screen.getByRole('region', { name: 'Population de la campagne' }).textContent).toMatch(/1\s*relance à 1\s*client/);
    await qui.click(screen.getByRole('button', { name: 'Tous les remettre' }));
    await page.apres();
    expect(page.router.url).not.toContain('exclus');
  });

  it('leaves nobody out, and no box ticked, when no reason is given', async () => {
    const { page, qui } = await ouvrir();
    const boite = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Exclure Bêta SAS' });
    await qui.click(boite);
    await page.apres();
    await qui.click(screen.getByRole('button', { name: 'Ne pas exclure' }));
    await page.apres();
    expect(boite.checked).toBe(false);
    expect(page.router.url).not.toContain('exclus');
    expect(lancer().disabled).toBe(false);
  });

  it.each([
    ['2026-11-26T09:00:00Z', 'Dernier paiement saisi le 26/11/2026'],
    ['2026-11-27T09:00:00Z', ''],
    ['', "Aucun paiement n'a encore été saisi"],
  ])('warns when the last payment was entered more than three days ago (%s)', async (cree_le, texte) => {
    const { page } = await ouvrir();
    await page.repondre(
      '/api/paiements',
      { elements: cree_le ? [{ cree_le }] : [], suivant: null, total: 1 },
      { tri: '-cree_le', limit: '1' },
    );
    const lien = screen.queryByRole('link', { name: 'Saisir un paiement' });
    expect(lien?.parentElement?.textContent ?? '').toContain(texte);
    expect(Boolean(lien)).toBe(Boolean(texte));
  });

  it('reads the message as it would be written, with the reason of every invoice', async () => {
    const envois = vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined);
    const { page, qui } = await ouvrir();
    screen.getAllByRole('row')[2]!.focus();
    await qui.keyboard('{Enter}');
    await page.apres();
    const panneau = screen.getByRole('complementary', { name: 'Relance et son message' });
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Bêta SAS'));
    expect(panneau.textContent).toMatch(/50\s*jours de retard\s: niveau 4, le niveau 3 est parti et son délai est passé/);
    expect(panneau.textContent).toMatch(/2\s*jours de retard\s: rappelée pour information/);
    expect(panneau.textContent).toContain("qu'une personne la confirme");
    const demande = await page.attendre('/api/notifications/apercu');
    expect(demande.request.body).toEqual(BETA.message);
    demande.flush({ sujet: 'Mise en demeure', texte: 'Bonjour', html: '<p>Bonjour</p>' });
    await page.apres();
    expect(within(panneau).getByText('Mise en demeure')).toBeTruthy();
    expect(screen.getByTitle("Message tel qu'il serait écrit").getAttribute('sandbox')).toBe('');
    expect(envois).toHaveBeenCalledOnce();
    envois.mockRestore();
  });

  it('says why invoices are left out, one reason at a time', async () => {
    const ecartees = [ecartee(), ecartee({ facture_id: 'f8', nom: 'Êta', motif: 'contact-recent', detail: 'Contacté il y a 3 jours' })];
    const { page, qui } = await ouvrir('?volet=ecartees', simulation({ ecartees }));
    expect(screen.getAllByRole('row')).toHaveLength(3);
    await qui.click(screen.getByRole('button', { name: /Contact récent\s*1/ }));
    await page.apres();
    const rangs = screen.getAllByRole('row').slice(1);
    expect(rangs.map((rang) => rang.textContent)).toEqual([expect.stringContaining('Contacté il y a 3 jours')]);
    expect(page.router.url).toContain('motif=contact-recent');
  });

  it('shows what differs from another simulation', async () => {
    const comparaison = {
      date_reference: '2026-11-29',
      apparues: 1,
      disparues: 0,
      niveaux_changes: 0,
      inchangees: 1,
      differences: [
        {
          changement: 'APPARUE' as const,
          client_id: 'c2',
          nom: 'Bêta SAS',
          devise: 'EUR',
          niveau: 4,
          niveau_avant: null,
          total_du_centimes: 50_000,
          total_du_avant_centimes: null,
          motif: null,
          detail: null,
        },
      ],
    };
    await ouvrir('?comparer=2026-11-29&volet=differences', simulation({ comparaison }));
    expect(screen.getByRole('button', { name: /Différences avec le 29\/11\/2026\s*1/ })).toBeTruthy();
    expect(screen.getAllByRole('row')[1]!.textContent).toMatch(/Nouvelle.*Bêta SAS.*– → 4/);
  });

  it.each([
    ['nothing is late', '', simulation({ relances: [], ecartees: [] }), "Rien n'est en retard"],
    ['everybody has a reason to wait', '', simulation({ relances: [] }), 'Personne à relancer'],
    ['nothing answers the filters', '?niveau=3', DEUX, 'Rien ne correspond'],
    ['no invoice is left out', '?volet=ecartees', simulation({ ecartees: [] }), 'Aucune facture laissée de côté'],
  ])('says in its own words that %s', async (_, parametres, corps, titre) => {
    await ouvrir(parametres, corps);
    expect(screen.getByText(titre)).toBeTruthy();
  });

  it.each([
    ['?date=2026-12-04', [], /jour à venir/],
    ['?date=2026-11-20', [passe()], /terminée pour le 30\/11\/2026/],
    ['', [passe({}, { id: '9', statut: 'STARTED' })], /en cours/],
    ['?politique=douce', [], /suit la politique de chaque client/],
    ['?exclus=c1,c2', [], /personne à relancer/],
  ] as const)('cannot be launched at %s, and says why', async (parametres, passes, raison) => {
    const jour = /date=([\d-]+)/.exec(parametres)?.[1] ?? JOUR;
    await ouvrir(parametres, { ...DEUX, date_reference: jour }, passes);
    expect(lancer().disabled).toBe(true);
    expect(screen.getByText(raison)).toBeTruthy();
  });

  it('keeps the last simulation greyed, and launches nothing, while a service is out', async () => {
    const { page, qui } = await ouvrir();
    await qui.click(screen.getByRole('button', { name: 'La veille' }));
    await page.apres();
    await page.panne('/api/relances/simulation', 'facture-service');
    expect(screen.getAllByRole('row')).toHaveLength(3);
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(lancer().disabled).toBe(true);
    expect(screen.getByText(/simulation de ce jour qui réussisse/)).toBeTruthy();
  });

  it('launches after saying what leaves and to whom, with the exclusions and the next passage, and goes to the report', async () => {
    const { page, qui } = await ouvrir('?exclus=c2', DEUX, [passe()]);
    expect(screen.getByText('Un client est exclu sans motif.')).toBeTruthy();
    await qui.click(screen.getByRole('button', { name: /Donner le motif de 1/ }));
    await page.apres();
    await qui.type(screen.getByLabelText('Motif'), 'Accord en cours{Enter}');
    await page.apres();
    await qui.keyboard('{Control>}{Enter}{/Control}');
    await page.apres();
    await page.repondre('/api/jobs', [{ nom: 'relanceJob', prochain: '2026-12-01T08:00:00Z', parametres: [], cron: null, zone: null }]);
    const dialogue = screen.getByRole('dialog');
    expect(dialogue.textContent).toMatch(/Pour le 30\/11\/2026, passage 2\s: 1\s*relance à 1\s*client, pour 1\s*facture/);
    expect(dialogue.textContent).toMatch(/1\s*courriel part aussitôt/);
    expect(dialogue.textContent).toMatch(/1\s*client est exclu.*Bêta SAS.*: Accord en cours/s);
    expect(dialogue.textContent).toContain('campagne automatique du 01/12/2026 09:00 relancera les exclus');
    expect(within(dialogue).getByText('c1@clients.example')).toBeTruthy();
    await qui.click(within(dialogue).getByRole('button', { name: /Envoyer 1\s*relance/ }));
    const envoi = await page.attendre('/api/jobs/relanceJob/executions');
    expect(envoi.request.body).toEqual({
      parametres: { date_reference: JOUR, passage: 2, exclusions: [{ client_id: 'c2', motif: 'Accord en cours' }] },
    });
    const cle = envoi.request.headers.get('Idempotency-Key');
    envoi.error(new ProgressEvent('error'));
    expect(await screen.findByText(/Résultat inconnu, vérification en cours/)).toBeTruthy();
    const encore = await page.attendre('/api/jobs/relanceJob/executions');
    expect(encore.request.headers.get('Idempotency-Key')).toBe(cle);
    encore.flush(execution({ id: '12' }), { status: 202, statusText: '' });
    await vi.waitFor(() => expect(page.router.url).toBe('/relances/campagnes/12'));
    expect(localStorage.getItem('travaux suivis')).toBe('12');
  });

  it('says why the service refuses, and stays', async () => {
    const { page, qui } = await ouvrir();
    await qui.click(lancer());
    await page.apres();
    await qui.click(within(screen.getByRole('dialog')).getByRole('button', { name: /Envoyer 2/ }));
    const refus = { title: 'Reprise en cours', code: 'reprise-en-cours', detail: "La reprise 3 n'est pas terminée." };
    (await page.attendre('/api/jobs/relanceJob/executions')).flush(refus, { status: 409, statusText: '' });
    expect(await screen.findByText(/La reprise 3/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Voir les campagnes' })).toBeTruthy();
  });

  it('has the number typed back when it is above fifty', async () => {
    const relances = Array.from({ length: 51 }, (_, i) => simulee({ client_id: `c${i}`, nom: `Client ${i}` }));
    const { page, qui } = await ouvrir('', simulation({ relances }));
    await qui.click(lancer());
    await page.apres();
    const dialogue = within(screen.getByRole('dialog'));
    await qui.click(dialogue.getByRole('button', { name: /Envoyer 51/ }));
    await page.apres();
    expect(dialogue.getByRole('alert').textContent).toContain("Ce n'est pas le nombre");
    page.http.expectNone('/api/jobs/relanceJob/executions');
    await qui.type(dialogue.getByLabelText(/Recopiez le nombre/), '51');
    await qui.click(dialogue.getByRole('button', { name: /Envoyer 51/ }));
    await page.attendre('/api/jobs/relanceJob/executions');
  });
});
