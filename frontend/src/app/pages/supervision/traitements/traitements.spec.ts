import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer } from '../../../kernel/essai';
import { annuaire } from '../exemples';
import { routes } from '../routes';
import { execution, JOBS, passe } from './exemples';

const EXECUTIONS = "Exécutions, la plus récente d'abord";
const PASSES = '/api/jobs/executions';
/** The list below, and the week above it. */
const [LISTE, SEMAINE] = [{ limit: '50' }, { limit: '200' }];
const page_ = (elements: object[], suivant: string | null = null, total = elements.length) => ({ elements, suivant, total });
const INTERROMPUES = [passe('3', { statut: 'FAILED', rejets: 2 }), passe('2', { job: 'repriseJob' })];

beforeEach(() => sessionStorage.clear());

async function ouvrir(adresse = '/supervision/traitements', passes: object[] = INTERROMPUES) {
  const page = await essayer(routes, adresse, { voisines: ['relances'] });
  page.un('/exploitation').flush(annuaire());
  page.un('/api/jobs').flush(JOBS);
  await page.repondre(PASSES, page_(passes), LISTE);
  await page.repondre(PASSES, page_(passes), SEMAINE);
  return page;
}

const table = (name: string) => within(screen.getByRole('table', { name }));
const texte = (rang: HTMLElement) => rang.textContent?.replace(/\s+/g, ' ').trim();
const dialogue = () => within(screen.getByRole('dialog'));

describe('Traitements', () => {
  it('shows the jobs with when they run next and how they last ended', async () => {
    await ouvrir();
    const relances = table('Traitements').getByRole('row', { name: /^relanceJob/ });
    expect(texte(relances)).toContain('01/12/2026 09:00');
    expect(texte(relances)).toContain('✕ échouée');
    expect(texte(table('Traitements').getByRole('row', { name: /^repriseJob/ }))).toContain('sur demande');
    expect(within(relances).getByRole('link', { name: 'Simuler' }).getAttribute('href')).toBe('/relances/simulation');
  });

  it('shows the runs: figures, what was left out, parameters that were given', async () => {
    await ouvrir();
    const [, premiere] = table(EXECUTIONS).getAllByRole('row');
    expect(texte(premiere!)).toContain('7 498');
    expect(texte(premiere!)).toContain('16,1 s');
    expect(texte(premiere!)).toContain('⚠ 2');
    expect(within(premiere!).getByText('date_reference: 2026-11-30')).toBeTruthy();
  });

  it('filters by the address, and still tells the last run of every job', async () => {
    const page = await essayer(routes, '/supervision/traitements?job=repriseJob&statut=FAILED');
    page.un('/api/jobs').flush(JOBS);
    page.un(PASSES, { job: 'repriseJob', statut: 'FAILED' }).flush(page_([]));
    await page.repondre(PASSES, page_(INTERROMPUES), SEMAINE);
    expect(texte(table('Traitements').getByRole('row', { name: /^relanceJob/ }))).toContain('✕ échouée');
    await userEvent.click(screen.getByRole('button', { name: 'Tout effacer' }));
    await vi.waitFor(() => expect(page.router.url).toBe('/supervision/traitements'));
    await page.attendre(PASSES, LISTE);
  });

  it('opens a run from the keyboard, and simulates with s', async () => {
    const page = await ouvrir();
    table(EXECUTIONS).getAllByRole('row')[1]?.focus();
    await userEvent.keyboard('j{Enter}');
    await vi.waitFor(() => expect(page.router.url).toBe('/supervision/traitements/2'));
    await page.repondre(`${PASSES}/2`, execution('2'));
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(page.router.url).toBe('/supervision/traitements'));
    await userEvent.keyboard('s');
    await vi.waitFor(() => expect(page.router.url).toBe('/relances/simulation'));
  });

  it('goes on with an interrupted run after a question, once only, and follows it', async () => {
    const page = await ouvrir();
    await userEvent.click(screen.getByRole('button', { name: "Reprendre l'exécution 3" }));
    expect(screen.getByRole('dialog').textContent).toContain("Rien de ce qui est fait n'est refait");
    await userEvent.click(dialogue().getByRole('button', { name: 'Reprendre' }));
    await page.apres();
    const requete = page.un(`${PASSES}/3/redemarrage`);
    expect(requete.request.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
    requete.flush(execution('4', { statut: 'STARTED' }), { status: 202, statusText: '' });
    await vi.waitFor(() => expect(page.router.url).toBe('/supervision/traitements/4'));
  });

  it('never calls an unknown outcome a failure: it asks again with the same key', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    const page = await ouvrir();
    const qui = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    await qui.click(screen.getByRole('button', { name: "Reprendre l'exécution 3" }));
    await qui.click(dialogue().getByRole('button', { name: 'Reprendre' }));
    await page.apres();
    const premiere = page.un(`${PASSES}/3/redemarrage`);
    const cle = premiere.request.headers.get('Idempotency-Key');
    premiere.flush({ title: 'Délai dépassé', code: 'delai-depasse' }, { status: 504, statusText: '' });
    await page.apres();
    expect(screen.getByText('Résultat inconnu, vérification en cours.')).toBeTruthy();
    expect(screen.getByRole('dialog').textContent).not.toMatch(/échec|Délai dépassé/);
    vi.advanceTimersByTime(1_000);
    await page.apres();
    const seconde = await page.attendre(`${PASSES}/3/redemarrage`);
    vi.useRealTimers();
    expect(seconde.request.headers.get('Idempotency-Key')).toBe(cle);
    seconde.flush(execution('4', { statut: 'STARTED' }), { status: 202, statusText: '' });
    await vi.waitFor(() => expect(page.router.url).toBe('/supervision/traitements/4'));
  });

  it('keeps the question open with the reason when it is refused', async () => {
    const page = await ouvrir();
    await userEvent.click(screen.getByRole('button', { name: "Abandonner l'exécution 3" }));
    await userEvent.click(dialogue().getByRole('button', { name: 'Abandonner' }));
    await page.apres();
    page.un(`${PASSES}/3/abandon`).flush({ title: 'Déjà terminée', code: 'execution-terminee' }, { status: 409, statusText: '' });
    await page.apres();
    expect(dialogue().getByRole('alert').textContent).toContain('Déjà terminée');
  });

  it('looks again every two seconds while something runs', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrir('/supervision/traitements', [passe('5', { statut: 'STARTED' })]);
    expect(screen.getByRole('button', { name: "Arrêter l'exécution 5" })).toBeTruthy();
    vi.advanceTimersByTime(2_000);
    vi.useRealTimers();
    await page.apres();
    await page.repondre(PASSES, page_([passe('5')]), LISTE);
    expect(screen.queryByRole('button', { name: /Arrêter/ })).toBeNull();
  });

  it('keeps rows greyed while batch is out, and says why nothing can be done', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrir('/supervision/traitements', [passe('5', { statut: 'STARTED' })]);
    vi.advanceTimersByTime(2_000);
    vi.useRealTimers();
    await page.apres();
    await page.panne(PASSES, 'batch', LISTE);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: "Arrêter l'exécution 5" }).disabled).toBe(true);
    expect(screen.getByText('Le service des traitements ne répond pas.')).toBeTruthy();
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(screen.getByRole('table', { name: EXECUTIONS }).parentElement?.className).toContain('perime');
  });

  it('reads older runs on demand', async () => {
    const page = await essayer(routes, '/supervision/traitements');
    page.un('/api/jobs').flush(JOBS);
    await page.repondre(PASSES, page_([passe('9')], 'suite', 2), LISTE);
    await userEvent.click(screen.getByRole('button', { name: 'Exécutions plus anciennes' }));
    await page.apres();
    await page.repondre(PASSES, page_([passe('8')], null, 2), { ...LISTE, curseur: 'suite' });
    expect(table(EXECUTIONS).getAllByRole('row')).toHaveLength(3);
    expect(screen.queryByRole('button', { name: 'Exécutions plus anciennes' })).toBeNull();
  });

  it('has skeletons, and explains when nothing ever ran', async () => {
    const page = await essayer(routes, '/supervision/traitements');
    expect(screen.getAllByText('Lecture en cours')).toHaveLength(2);
    page.un('/api/jobs').flush(JOBS);
    await page.repondre(PASSES, page_([]), LISTE);
    await page.repondre(PASSES, page_([]), SEMAINE);
    expect(screen.getByText('Aucune exécution ces sept derniers jours.')).toBeTruthy();
    expect(screen.getByText('Aucune exécution')).toBeTruthy();
  });

  it('reads the week back to its first midnight, and no further', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-30T21:00:00Z') });
    const page = await essayer(routes, '/supervision/traitements?job=autre');
    page.un('/api/jobs').flush(JOBS);
    page.un(PASSES, { job: 'autre' }).flush(page_([]));
    const le = (jour: string) => ({ cree_le: `${jour}T08:00:00Z`, debut: `${jour}T08:00:00Z`, fin: `${jour}T08:01:00Z` });
    await page.repondre(PASSES, page_([passe('9', le('2026-11-30'))], 'b', 9), SEMAINE);
    await page.repondre(PASSES, page_([passe('8', le('2026-11-25')), passe('7', le('2026-11-23'))], 'c', 9), { ...SEMAINE, curseur: 'b' });
    vi.useRealTimers();
    page.http.expectNone(({ urlWithParams }) => urlWithParams.includes('curseur=c'));
    const frise = within(screen.getByRole('group', { name: 'Exécutions des sept derniers jours' }));
    expect(frise.getAllByRole('link').map((barre) => barre.getAttribute('href'))).toEqual(
      [8, 9].map((id) => `/supervision/traitements/${id}`),
    );
  });
});
