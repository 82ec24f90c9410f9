import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { entiere, notification } from '../exemples';
import { routes } from '../routes';

const PAGE = {
  elements: [
    notification(),
    notification({ id: 'n2', etat: 'ECHEC', envoyee_le: null }),
    notification({ id: 'n3', etat: 'EN_FILE', envoyee_le: null }),
  ],
  suivant: null,
  total: 3,
};
const VIDE = { elements: [], suivant: null, total: 0 };

async function ouvrir(adresse = '/notifications', liste: object = PAGE): Promise<PageEssayee> {
  sessionStorage.clear();
  const page = await essayer(routes, adresse, { voisines: ['clients', 'factures'] });
  await page.repondre('/api/notifications/compteurs', { onglets: [{ nom: 'echecs', total: 1 }] });
  await page.repondre('/api/notifications/vues', VIDE);
  await page.repondre('/api/notifications', liste);
  return page;
}

describe('ListeNotifications', () => {
  it('shows what was written to whom, with its state in words, and how many', async () => {
    await ouvrir();
    const rangs = screen.getAllByRole('row').slice(1);
    expect(rangs[0]!.textContent).toContain('Gamma SARL');
    expect(
      rangs.map((rang) =>
        within(rang)
          .getByText(/Envoyée|Échec|En file/)
          .textContent?.trim(),
      ),
    ).toEqual(['● Envoyée', '✕ Échec', '◷ En file']);
    expect(screen.getByText(/^3\s*notifications$/)).toBeTruthy();
  });

  it.each([
    ['/notifications', 'Pas encore de notification'],
    ['/notifications?onglet=echecs', 'Aucun échec'],
    ['/notifications?onglet=aujourd-hui', 'Cet onglet est vide'],
    ['/notifications?canal=SMS', 'Rien ne correspond'],
  ])('says why %s shows nothing', async (adresse, titre) => {
    await ouvrir(adresse, VIDE);
    expect(screen.getByText(titre)).toBeTruthy();
  });

  it('sends several again with one reason, and says what came of each', async () => {
    const page = await ouvrir();
    const qui = userEvent.setup();
    screen.getAllByRole('row')[1]!.focus();
    await qui.keyboard('{Control>}a{/Control}');
    await page.apres();
    await qui.click(screen.getByRole('button', { name: 'Renvoyer…' }));
    await page.apres();
    expect(screen.getByText(/1 ont déjà été reçues/)).toBeTruthy();
    const motif = screen.getByLabelText('Motif du renvoi');
    motif.focus();
    await qui.keyboard('{Control>}{Enter}{/Control}');
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Le motif manque');
    await qui.type(motif, 'Adresse corrigée{Control>}{Enter}{/Control}');
    const envoi = await page.attendre('/api/notifications/lots/renvoi');
    expect(envoi.request.body).toEqual({ ids: ['n1', 'n2'], motif: 'Adresse corrigée' });
    envoi.flush([
      { id: 'n1', etat: 'FAIT', code: null, detail: null, deja_envoyee_le: '2026-11-20T09:00:00Z' },
      { id: 'n2', etat: 'REFUSE', code: 'notification-introuvable', detail: 'Elle a disparu.', deja_envoyee_le: null },
    ]);
    await page.apres();
    const lignes = within(screen.getByRole('dialog')).getAllByRole('row').slice(1);
    expect(lignes.map((ligne) => ligne.textContent?.replace(/\s+/g, ' ').trim().split('1 ').pop())).toEqual([
      expect.stringContaining('Remise en file ; elle avait déjà été reçue.'),
      expect.stringContaining('Elle a disparu.'),
      expect.stringContaining("Elle attend déjà d'être envoyée."),
    ]);
    await qui.click(screen.getByRole('button', { name: /Reprendre les 1 échecs/ }));
    expect((await page.attendre('/api/notifications/lots/renvoi')).request.body).toEqual({ ids: ['n2'], motif: 'Adresse corrigée' });
  });

  it('shows the message beside the list, for the row that has the focus', async () => {
    const page = await ouvrir('/notifications?panneau=oui');
    await page.repondre('/api/notifications/n1', entiere());
    expect(within(screen.getByRole('complementary')).getByTitle("Message tel qu'il est écrit").getAttribute('src')).toBe(
      '/api/notifications/n1',
    );
    screen.getAllByRole('row')[2]!.focus();
    await page.apres();
    await page.repondre('/api/notifications/n2', entiere({ id: 'n2', sujet: 'Autre' }));
    expect(within(screen.getByRole('complementary')).getByRole('link', { name: 'Autre' })).toBeTruthy();
  });

  it('greys what it shows and refuses to send while its service is out', async () => {
    const page = await ouvrir();
    const qui = userEvent.setup();
    screen.getAllByRole('row')[1]!.focus();
    await qui.keyboard('x');
    await qui.click(screen.getByRole('button', { name: 'Heure' }));
    await page.apres();
    await page.panne('/api/notifications', 'notification-service', { tri: 'cree_le' });
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Renvoyer…' })).toHaveProperty('disabled', true);
    expect(screen.getByText(/rien ne peut être renvoyé/)).toBeTruthy();
  });
});
