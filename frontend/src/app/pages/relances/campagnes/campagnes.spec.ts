import { screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { PasseVue } from '../../../api';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { passe } from '../exemples';
import { routes } from '../routes';

async function ouvrir(passes: readonly PasseVue[]): Promise<PageEssayee> {
  const page = await essayer(routes, '/relances/campagnes');
  await page.repondre('/api/jobs', [{ nom: 'relanceJob', prochain: '2026-12-01T08:00:00Z', parametres: [], cron: null, zone: null }]);
  await page.repondre('/api/jobs/executions', { elements: passes, suivant: null, total: passes.length }, { job: 'relanceJob' });
  return page;
}

describe('Campagnes', () => {
  it('lists the campaigns with their state and numbers, and when the next one starts by itself', async () => {
    await ouvrir([
      passe({ passage: 2, exclusions: ['c1'], declenchement: 'manuel' }),
      passe({ declenchement: 'cron' }, { id: '2', statut: 'FAILED' }),
    ]);
    const rangs = screen.getAllByRole('row').slice(1);
    expect(rangs[0]!.textContent).toMatch(/30\/11\/2026.*Terminé.*à la main/);
    expect(rangs[1]!.textContent).toMatch(/En échec.*automatique/);
    expect(screen.getByText('Prochaine campagne automatique le 01/12/2026 09:00.')).toBeTruthy();
    expect(screen.getAllByRole('link', { name: '30/11/2026' })[0]!.getAttribute('href')).toBe('/relances/campagnes/1');
  });

  it('opens a report with the keyboard', async () => {
    const page = await ouvrir([passe()]);
    screen.getAllByRole('row')[1]!.focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(page.router.url).toBe('/relances/campagnes/1'));
  });

  it('is read again while one runs', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const page = await ouvrir([passe({}, { statut: 'STARTED' })]);
    await vi.advanceTimersByTimeAsync(3_000);
    await page.repondre('/api/jobs/executions', { elements: [passe()], suivant: null, total: 1 }, { job: 'relanceJob' });
    expect(screen.getByText('Terminé')).toBeTruthy();
    vi.useRealTimers();
  });

  it('says on first use what a campaign is', async () => {
    const page = await ouvrir([]);
    expect(screen.getByText('Pas encore de campagne')).toBeTruthy();
    await userEvent.keyboard('n');
    await vi.waitFor(() => expect(page.router.url).toBe('/relances/simulation'));
  });

  it('says why it cannot be read', async () => {
    const page = await essayer(routes, '/relances/campagnes');
    await page.panne('/api/jobs/executions', 'batch', { job: 'relanceJob' });
    expect(screen.getByRole('alert').textContent).toContain('Service indisponible');
  });
});
