import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer } from '../../../kernel/essai';
import { politique } from '../exemples';
import { routes } from '../routes';

const ROUTES = [{ path: 'politiques', children: routes }];
const URL = '/api/politiques';

describe('ListePolitiques', () => {
  it('shows each policy with its ladder, its penalties and its version, leading to its editor', async () => {
    const { repondre } = await essayer(ROUTES, '/relances/politiques');
    await repondre(URL, { elements: [politique()], suivant: null, total: 1 });
    const table = await screen.findByRole('table', { name: 'Politiques de relance' });
    const ligne = await within(table).findByRole('row', { name: /Relances standard/ });
    for (const texte of ['5, 15, 30 et 45 jours', 'dès le niveau 2', '3']) expect(within(ligne).getByText(texte)).toBeTruthy();
    const volets = within(screen.getByRole('navigation', { name: 'Relances' }));
    expect(volets.getByRole('link', { current: 'page' }).textContent).toBe('Politiques');
    expect(volets.getByRole('link', { name: 'Campagnes' }).getAttribute('href')).toBe('/relances/campagnes');
    expect(within(ligne).getByRole('link').getAttribute('href')).toBe('/relances/politiques/standard');
  });

  it('opens by keyboard', async () => {
    const { repondre, router } = await essayer(ROUTES, '/relances/politiques');
    await repondre(URL, { elements: [politique()], suivant: null, total: 1 });
    const qui = userEvent.setup();
    const ligne = await screen.findByRole('row', { name: /Relances standard/ });
    await qui.keyboard('{ArrowDown}');
    await vi.waitFor(() => expect(document.activeElement).toBe(ligne));
    await qui.keyboard('{Enter}');
    await vi.waitFor(() => expect(router.url).toBe('/relances/politiques/standard'));
  });

  it('explains where policies come from when there is none', async () => {
    const { repondre } = await essayer(ROUTES, '/relances/politiques');
    await repondre(URL, { elements: [], suivant: null, total: 0 });
    expect(screen.getByText('Aucune politique')).toBeTruthy();
  });

  it('says why it cannot be read, then shows it greyed with its age when the service goes out later', async () => {
    const { un, apres } = await essayer(ROUTES, '/relances/politiques');
    un(URL).flush({ title: 'Panne', code: 'erreur-interne' }, { status: 500, statusText: '' });
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('Panne');
    await userEvent.click(screen.getByRole('button', { name: 'Réessayer' }));
    await apres();
    un(URL).flush({ elements: [politique()], suivant: null, total: 1 });
    await apres();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(await screen.findByRole('link', { name: 'Relances standard' })).toBeTruthy();
  });
});
