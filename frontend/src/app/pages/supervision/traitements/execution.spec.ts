import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { ExecutionVue } from '../../../api';
import { essayer } from '../../../kernel/essai';
import { routes } from '../routes';
import { avancement, parametresEnMots, reprisePar } from './executions';
import { etape, execution, passe } from './exemples';

const URL = '/api/jobs/executions/7';
const rejet = (ligne: number) => ({
  ligne,
  etape: 'lecture',
  motif: 'montant-illisible',
  detail: 'Montant illisible',
  contenu: `l${ligne}`,
});

beforeEach(() => sessionStorage.clear());

async function ouvrir(changements: Partial<ExecutionVue> = {}) {
  const page = await essayer(routes, '/supervision/traitements/7');
  await page.repondre(URL, execution('7', changements));
  return page;
}

const texte = (nom: RegExp) => screen.getByRole('row', { name: nom }).textContent?.replace(/\s+/g, ' ').trim();

describe('Exécution', () => {
  it('shows how it went step by step, and leads to its reminders', async () => {
    await ouvrir({ etapes: [etape('lecture', { lus: 2_466, ecrits: 2_352, filtres: 114 })] });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Exécution 7');
    expect(texte(/^lecture/)).toContain('2 352');
    expect(texte(/^lecture/)).toContain('639 ms');
    expect(screen.getByRole('link', { name: 'Relances de cette exécution' }).getAttribute('href')).toBe('/relances?execution_id=7');
    expect(screen.getByText('Aucune ligne refusée')).toBeTruthy();
    expect(screen.queryByText('exclusions')).toBeNull();
  });

  it('shows how far the step that runs is, looks again, and stops when it has ended', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrir({ statut: 'STARTED', fin: null, etapes: [etape('envoi', { statut: 'STARTED', lus: 4, attendus: 16 })] });
    expect(screen.getByRole<HTMLProgressElement>('progressbar', { name: 'Avancement de envoi' }).value).toBe(0.25);
    vi.advanceTimersByTime(2_000);
    await page.apres();
    await page.repondre(URL, execution('7'));
    vi.advanceTimersByTime(2_000);
    vi.useRealTimers();
    await page.apres();
    page.http.expectNone(URL);
  });

  it('stops it after a question, and stays to see it end', async () => {
    const page = await ouvrir({ statut: 'STARTED' });
    await userEvent.click(screen.getByRole('button', { name: "Arrêter l'exécution 7" }));
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Arrêter' }));
    await page.apres();
    page.un(`${URL}/arret`).flush(execution('7', { statut: 'STARTED' }), { status: 202, statusText: '' });
    await page.apres();
    expect(page.router.url).toBe('/supervision/traitements/7');
    await page.repondre(URL, execution('7', { statut: 'STOPPED' }));
    expect(screen.getByRole('button', { name: "Reprendre l'exécution 7" })).toBeTruthy();
  });

  it('does not offer to go on with what another run went on with, and leads there', async () => {
    const page = await ouvrir({ statut: 'FAILED' });
    expect(screen.getByRole('button', { name: "Reprendre l'exécution 7" })).toBeTruthy();
    const elements = [
      passe('12', { parametres: { date_reference: '2026-12-01', exclusions: null } }),
      passe('9'),
      passe('7', { statut: 'FAILED' }),
    ];
    page.un('/api/jobs/executions', { job: 'relanceJob' }).flush({ elements, suivant: null, total: 3 });
    await page.apres();
    expect(screen.queryByRole('button', { name: /^Reprendre/ })).toBeNull();
    expect(screen.getByRole('link', { name: "reprise par l'exécution 9" }).getAttribute('href')).toBe('/supervision/traitements/9');
  });

  it('shows what failed, and the rows left out page by page', async () => {
    const page = await ouvrir({ statut: 'FAILED', echecs: ['ValueError: fichier illisible'], rejets: 2 });
    expect(screen.getByText('ValueError: fichier illisible')).toBeTruthy();
    await page.repondre(`${URL}/rejets`, { elements: [rejet(12)], suivant: 'suite', total: 2 }, { limit: '100' });
    expect(texte(/^12/)).toContain('montant-illisible');
    await userEvent.click(screen.getByRole('button', { name: 'Lignes suivantes' }));
    await page.apres();
    await page.repondre(`${URL}/rejets`, { elements: [rejet(40)], suivant: null, total: 2 }, { curseur: 'suite' });
    expect(texte(/^40/)).toContain('l40');
    expect(screen.queryByRole('button', { name: 'Lignes suivantes' })).toBeNull();
  });

  it('has a skeleton, then why it cannot be shown', async () => {
    const page = await essayer(routes, '/supervision/traitements/7');
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    page.un(URL).flush({ title: 'Exécution introuvable', code: 'execution-introuvable' }, { status: 404, statusText: '' });
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Exécution introuvable');
  });

  it('keeps what it knows, greyed, while batch is out', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrir({ statut: 'STARTED' });
    vi.advanceTimersByTime(2_000);
    vi.useRealTimers();
    await page.apres();
    await page.panne(URL, 'batch');
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: "Arrêter l'exécution 7" }).disabled).toBe(true);
    expect(texte(/^envoi/)).toContain('10');
  });
});

describe('words of runs', () => {
  it('knows how far a step is only where the end is known', () => {
    expect(avancement(etape('a', { statut: 'STARTED', attendus: null }))).toBeUndefined();
    expect(avancement(etape('a', { statut: 'STARTED', lus: 8, ignores: 4, attendus: 10 }))).toBe(1);
    expect(avancement(etape('a', { attendus: null }))).toBe(1);
  });

  it('knows the latest run that went on, by job and parameters', () => {
    const [deux, trois] = [passe('2'), passe('10')];
    const autres = [passe('11', { job: 'repriseJob' }), passe('12', { parametres: {} })];
    expect(reprisePar(passe('1'), [deux, trois, ...autres])).toBe('10');
    expect(reprisePar(trois, [deux, trois, ...autres])).toBeUndefined();
  });

  it('leaves out parameters that nobody gave', () => {
    expect(parametresEnMots({ passage: 1, exclusions: null, clients: ['a', 'b'] })).toBe('passage: 1, clients: a, b');
  });
});
