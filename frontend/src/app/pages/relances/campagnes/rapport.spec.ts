import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { ExecutionVue, RelanceVue } from '../../../api';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { OUVRIR_FLUX } from '../../../kernel/travaux';
import { etape, execution } from '../../../kernel/travaux/exemples';
import { ecartee, relance } from '../exemples';
import { routes } from '../routes';

const FINIE = execution({
  statut: 'COMPLETED',
  fin: '2026-12-01T08:00:05Z',
  duree_ms: 65_000,
  etapes: [{ ...etape('relances', 10, 10, 'COMPLETED'), ecrits: 3, filtres: 7 }],
});
const RELANCES = [
  relance(),
  relance({ id: 'r2', nom: 'Bêta SAS', etat: 'ECHEC', motif: 'Adresse refusée (550)', notification_id: 'n2' }),
  relance({ id: 'r3', nom: 'Delta', etat: 'A_TRAITER', envoi: 'MANUEL', niveau: 4, notification_id: 'n3' }),
];

function comptes(demandees = 0): object {
  return {
    onglets: [
      { nom: 'toutes', total: 3 },
      { nom: 'echecs', total: 1 },
      { nom: 'demandees', total: demandees },
    ],
  };
}

async function ouvrir(corps: ExecutionVue = FINIE, relances: readonly RelanceVue[] = RELANCES, demandees = 0): Promise<PageEssayee> {
  sessionStorage.clear();
  localStorage.clear();
  const page = await essayer(routes, '/relances/campagnes/7', {
    voisines: ['clients', 'notifications'],
    providers: [{ provide: OUVRIR_FLUX, useValue: () => ({ addEventListener: () => undefined, close: () => undefined }) }],
  });
  await page.repondre('/api/relances/compteurs', comptes(demandees), { execution_id: '7' });
  await page.repondre('/api/relances', { elements: relances, suivant: null, total: relances.length }, { execution_id: '7' });
  await page.repondre('/api/jobs/executions/7', corps);
  return page;
}

describe('RapportDeCampagne', () => {
  afterEach(() => void vi.useRealTimers());

  it('says what came of every reminder and what remains to be done, with the way to its message', async () => {
    const page = await ouvrir();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Campagne du 01/12/2026');
    expect(screen.getByText('1 min 5 s')).toBeTruthy();
    const [envoyee, echec, aConfirmer] = screen.getAllByRole('row').slice(1);
    expect(envoyee!.textContent).toContain('Envoyée');
    expect(echec!.textContent).toMatch(/Échec.*Adresse refusée.*Vérifier l'adresse/);
    expect(within(echec!).getByRole('link', { name: 'Lire' }).getAttribute('href')).toBe('/notifications/n2');
    expect(aConfirmer!.textContent).toMatch(/À traiter.*confirmer son envoi/);
    await userEvent.click(screen.getByRole('button', { name: /Échecs et inconnues\s*1/ }));
    await page.attendre('/api/relances', { onglet: 'echecs' });
    expect(page.router.url).toBe('/relances/campagnes/7?onglet=echecs');
  });

  it('says why the others were left out, as it was when it ran, and which invoices they are', async () => {
    const page = await ouvrir();
    await page.repondre('/api/jobs/executions/7/ecartees/compteurs', [
      { motif: 'niveau-deja-demande', total: 6 },
      { motif: 'litige', total: 1 },
    ]);
    const raisons = within(screen.getByRole('region', { name: /n'ont pas été relancées/ }));
    expect(raisons.getAllByRole('button').map((bouton) => bouton.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Niveau déjà demandé 6',
      'Litige 1',
    ]);
    await userEvent.click(raisons.getByRole('button', { name: /Litige/ }));
    await page.apres();
    expect(page.router.url).toBe('/relances/campagnes/7?motif=litige');
    await page.repondre('/api/jobs/executions/7/ecartees', { elements: [ecartee()], suivant: null, total: 1 }, { motif: 'litige' });
    expect(raisons.getByRole('table').textContent).toContain(ecartee().detail);
  });

  it('says when an older campaign did not keep its reasons', async () => {
    const page = await ouvrir();
    await page.repondre('/api/jobs/executions/7/ecartees/compteurs', []);
    expect(screen.getByText(/n'ont pas été gardées/)).toBeTruthy();
  });

  it('names those whom a person left out, and why', async () => {
    const exclusions = [
      { client_id: 'c9', motif: 'Accord en cours' },
      { client_id: 'c8', motif: null },
    ];
    const page = await ouvrir(execution({ ...FINIE, exclusions }));
    await page.repondre('/api/clients', { elements: [{ id: 'c9', nom_affiche: 'Zeta SAS' }], suivant: null, total: 1 });
    expect(screen.getByRole('link', { name: 'Zeta SAS' }).getAttribute('href')).toBe('/clients/c9');
    const dits = screen.getAllByRole('listitem').map((un) => un.textContent?.replace(/\s+/g, ' ').trim());
    expect(dits).toEqual(['Zeta SAS : Accord en cours', 'c8 : sans motif']);
  });

  it('shows the progress, stops at will, and is read again to its end', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const page = await ouvrir(execution({ etapes: [etape('relances', 5, 10)] }), []);
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('50');
    expect(screen.getByText('Pas encore de relance')).toBeTruthy();
    await userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) }).click(screen.getByRole('button', { name: 'Arrêter' }));
    expect((await page.attendre('/api/jobs/executions/7/arret')).request.method).toBe('POST');
    await vi.advanceTimersByTimeAsync(3_000);
    await page.repondre('/api/jobs/executions/7', FINIE);
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(screen.getByText('Terminé')).toBeTruthy();
  });

  it('is read again while messages are on their way', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const page = await ouvrir(FINIE, [relance({ etat: 'DEMANDEE', notification_id: null })], 1);
    expect(screen.getByText("Elle attend son tour d'envoi.")).toBeTruthy();
    await vi.advanceTimersByTimeAsync(3_000);
    await page.repondre('/api/relances/compteurs', comptes(0), { execution_id: '7' });
    await page.repondre('/api/relances', { elements: [relance()], suivant: null, total: 1 }, { execution_id: '7' });
    expect(screen.getByText('Envoyée')).toBeTruthy();
  });

  it('takes up one that failed where it stopped, with one key until the outcome is known', async () => {
    const page = await ouvrir(execution({ statut: 'FAILED', echecs: ['paiement-service ne répond pas.'] }), []);
    expect(screen.getByText(/paiement-service ne répond pas/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: "Reprendre où elle s'est arrêtée" }));
    const premiere = await page.attendre('/api/jobs/executions/7/redemarrage');
    premiere.error(new ProgressEvent('error'));
    expect(await screen.findByText(/Résultat inconnu, vérification en cours/)).toBeTruthy();
    const seconde = await page.attendre('/api/jobs/executions/7/redemarrage');
    expect(seconde.request.headers.get('Idempotency-Key')).toBe(premiere.request.headers.get('Idempotency-Key'));
    seconde.flush(execution({ id: '8' }), { status: 202, statusText: '' });
    await vi.waitFor(() => expect(page.router.url).toBe('/relances/campagnes/8'));
  });

  it('abandons one that failed, or says why not', async () => {
    const page = await ouvrir(execution({ statut: 'FAILED' }), []);
    await userEvent.click(screen.getByRole('button', { name: 'Abandonner' }));
    const refus = { title: 'Impossible dans cet état', code: 'execution-etat' };
    (await page.attendre('/api/jobs/executions/7/abandon')).flush(refus, { status: 409, statusText: '' });
    expect(await screen.findByText('Impossible dans cet état')).toBeTruthy();
  });

  it('says that nobody was reminded', async () => {
    await ouvrir(FINIE, []);
    expect(screen.getByText("Personne n'a été relancé")).toBeTruthy();
  });

  it('says that there is no such campaign', async () => {
    const page = await essayer(routes, '/relances/campagnes/99');
    const absente = { title: 'Exécution introuvable', code: 'execution-introuvable' };
    (await page.attendre('/api/jobs/executions/99')).flush(absente, { status: 404, statusText: '' });
    await page.apres();
    expect(screen.getByText('Exécution introuvable')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Toutes les campagnes' })).toBeTruthy();
  });

  it('keeps its figures greyed while batch is out, and changes nothing', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const page = await ouvrir(execution({ etapes: [etape('relances', 5, 10)] }));
    await vi.advanceTimersByTimeAsync(3_000);
    await page.panne('/api/jobs/executions/7', 'batch');
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Arrêter' }).disabled).toBe(true);
    expect(screen.getByText(/rien ne peut être changé/)).toBeTruthy();
  });
});
