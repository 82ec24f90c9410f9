import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { annuaire, CORPS_INJOIGNABLE, INJOIGNABLE } from '../exemples';
import { routes } from '../routes';

const F1 = '/exploitation/facture-service/f%3A1/loggers';
const F2 = '/exploitation/facture-service/f%3A2/loggers';
const ADRESSE = '/supervision/journaux?application=facture-service';

const niveau = (effectiveLevel: string, configuredLevel: string | null = null) => ({ configuredLevel, effectiveLevel });
const journaux = (changements: object = {}) => ({
  levels: ['OFF', 'ERROR', 'WARN', 'INFO', 'DEBUG'],
  loggers: {
    ROOT: niveau('INFO', 'INFO'),
    alembic: niveau('INFO'),
    'ressort.data': niveau('INFO'),
    'facture_service.app': niveau('INFO'),
    ...changements,
  },
  groups: { sql: { configuredLevel: null, members: ['sqlalchemy.engine'] } },
});

async function ouvrir(adresse = ADRESSE, seconde: object = journaux()) {
  const page = await essayer(routes, adresse);
  await page.repondre('/exploitation', annuaire());
  page.un(F1).flush(journaux());
  await page.repondre(F2, seconde);
  return page;
}

async function relire(page: PageEssayee) {
  page.un(F1).flush(journaux());
  await page.repondre(F2, journaux());
}

const noms = () =>
  within(screen.getByRole('table', { name: 'Niveaux des journaux' }))
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent?.trim().split(/\s/)[0]);
const choix = (nom: string) => screen.getByLabelText<HTMLSelectElement>(`Niveau de ${nom}`);

beforeEach(() => history.replaceState(null, ''));

describe('Journaux', () => {
  it('shows ROOT, groups, the modules of the application and of the platform first', async () => {
    await ouvrir();
    expect(noms()).toEqual(['ROOT', 'sql', 'facture_service.app', 'ressort.data', 'alembic']);
    expect(screen.getByText('groupe de sqlalchemy.engine')).toBeTruthy();
    expect([choix('ROOT').value, choix('alembic').value]).toEqual(['INFO', '']);
    expect(screen.getByText('5 journaux')).toBeTruthy();
  });

  it('counts where the levels of instances differ', async () => {
    await ouvrir(ADRESSE, journaux({ alembic: niveau('DEBUG', 'DEBUG') }));
    expect(choix('alembic').selectedOptions[0]?.textContent).toBe('différents');
    expect(screen.getByRole('row', { name: /^alembic/ }).textContent?.replace(/\s+/g, ' ')).toContain('INFO × 1 , DEBUG × 1');
  });

  it('changes nothing while one only chooses; Escape goes back', async () => {
    const page = await ouvrir();
    await userEvent.selectOptions(choix('alembic'), 'DEBUG');
    await page.apres();
    page.http.expectNone(`${F1}/alembic`);
    expect(screen.getByRole('button', { name: 'Appliquer à 2 instances alembic' })).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await page.apres();
    expect(choix('alembic').value).toBe('');
    expect(screen.queryByRole('button', { name: /Appliquer/ })).toBeNull();
  });

  it('changes the level of all instances, each with its own answer even when one is down, and back', async () => {
    const page = await ouvrir();
    await userEvent.selectOptions(choix('alembic'), 'DEBUG');
    await userEvent.click(screen.getByRole('button', { name: 'Appliquer à 2 instances alembic' }));
    const demande = page.un(`${F1}/alembic`);
    expect([demande.request.method, demande.request.body]).toEqual(['POST', { configuredLevel: 'DEBUG' }]);
    demande.flush(null, { status: 204, statusText: '' });
    page.un(`${F2}/alembic`).flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    const issues = within(screen.getByRole('list', { name: 'Réponses des instances' })).getAllByRole('listitem');
    expect(issues.map(({ textContent }) => textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'f:1 ✓ fait',
      expect.stringMatching(/^f:2 ✕ injoignable ou refusé ?Instance injoignable/),
    ]);
    await relire(page);
    await userEvent.click(screen.getByRole('button', { name: 'Revenir au niveau hérité' }));
    expect(page.un(`${F1}/alembic`).request.body).toEqual({ configuredLevel: null });
  });

  it('changes one instance only where the address names one', async () => {
    const page = await essayer(routes, `${ADRESSE}&instance=f:2`);
    await page.repondre('/exploitation', annuaire());
    page.http.expectNone(F1);
    await page.repondre(F2, journaux());
    await userEvent.selectOptions(choix('ROOT'), 'WARN');
    await userEvent.click(screen.getByRole('button', { name: 'Appliquer ROOT' }));
    expect(page.un(`${F2}/ROOT`).request.body).toEqual({ configuredLevel: 'WARN' });
    page.http.expectNone(`${F1}/ROOT`);
  });

  it('finds by name without putting it into the address, and clears', async () => {
    const page = await ouvrir(`${ADRESSE}&fixes=oui`);
    expect(noms()).toEqual(['ROOT']);
    await userEvent.keyboard('/');
    await userEvent.keyboard('alem');
    await vi.waitFor(async () => {
      await page.apres();
      expect(screen.getByText('Aucun journal ne répond à ces conditions')).toBeTruthy();
    });
    expect(page.router.url).not.toContain('alem');
    await userEvent.click(screen.getByRole('button', { name: 'Tout effacer' }));
    await page.apres();
    expect(noms()).toHaveLength(5);
  });

  it('takes the first registered application without one in the address', async () => {
    const page = await essayer(routes, '/supervision/journaux');
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    await page.repondre('/exploitation', annuaire());
    page.un(F1);
    page.un(F2);
    page.http.expectNone('/exploitation/gateway/g%3A1/loggers');
  });

  it('says who does not answer, and why nothing can be changed while the gateway is out', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrir();
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    await page.apres();
    page.un('/exploitation').error(new ProgressEvent('error'));
    await page.apres();
    expect(choix('ROOT').disabled).toBe(true);
    expect(document.getElementById(choix('ROOT').getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      'La passerelle ne répond pas',
    );
  });

  it('tells when nobody answers at all', async () => {
    const page = await essayer(routes, `${ADRESSE}&instance=f:1`);
    await page.repondre('/exploitation', annuaire());
    page.un(F1).flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    expect(screen.getByText('Aucun journal lu')).toBeTruthy();
    expect(screen.getByRole('status', { name: 'Instances sans réponse' }).textContent).toContain('Instance injoignable');
  });
});
