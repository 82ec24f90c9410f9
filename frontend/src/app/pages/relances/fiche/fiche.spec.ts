import { screen } from '@testing-library/angular';
import { RelanceVue } from '../../../api';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { ligne, relance } from '../exemples';
import { routes } from '../routes';

async function ouvrir(change: Partial<RelanceVue> = {}): Promise<PageEssayee> {
  const page = await essayer(routes, '/relances/r1', { voisines: ['clients', 'factures', 'notifications'] });
  await page.repondre('/api/relances/r1', { ...relance(change), message: {} });
  return page;
}

describe('FicheRelance', () => {
  it('shows what was sent, to whom, for which invoices and why, with the exact message', async () => {
    await ouvrir({ factures: [ligne({ niveau: 2, jours_retard: 16 })], credits_centimes: 500 });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Relance de niveau 1, Gamma SARL');
    expect(screen.getByText('c1@clients.example')).toBeTruthy();
    expect(screen.getByText(/16\s*jours de retard\s: niveau 2, le niveau 1 est parti/)).toBeTruthy();
    expect(screen.getByText('Avoirs et acomptes déduits')).toBeTruthy();
    const cadre = screen.getByTitle("Message tel qu'il est écrit");
    expect([cadre.getAttribute('src'), cadre.getAttribute('sandbox')]).toEqual(['/api/notifications/n1', '']);
    expect(screen.getByRole('link', { name: 'Chronologie du client' }).getAttribute('href')).toBe('/clients/c1?onglet=relances');
    expect(screen.getByRole('link', { name: 'Sa campagne' }).getAttribute('href')).toBe('/relances/campagnes/7');
  });

  it.each([
    [{ etat: 'DEMANDEE', notification_id: null }, "Elle attend son tour d'envoi."],
    [{ etat: 'ECHEC' }, "Vérifier l'adresse dans la fiche du client, puis renvoyer le message."],
    [{ etat: 'INCONNU' }, "Peut-être reçue : renvoyer le message si le client ne l'a pas."],
    [{ etat: 'A_TRAITER', envoi: 'MANUEL' }, 'Relire la lettre, puis confirmer son envoi.'],
    [{ etat: 'A_TRAITER', destinataire: null }, 'Compléter la fiche du client, puis renvoyer le message.'],
  ] as const)('says what remains to be done: %o', async (change, suite) => {
    await ouvrir(change);
    expect(screen.getByRole('status').textContent).toContain(suite);
  });

  it('says that a message is not written yet', async () => {
    await ouvrir({ etat: 'DEMANDEE', notification_id: null });
    expect(screen.getByText("Il s'écrit au moment de l'envoi.")).toBeTruthy();
    expect(screen.queryByTitle("Message tel qu'il est écrit")).toBeNull();
  });

  it('says that there is no such reminder', async () => {
    const page = await essayer(routes, '/relances/r9');
    const absente = { title: 'Relance introuvable', code: 'relance-introuvable' };
    (await page.attendre('/api/relances/r9')).flush(absente, { status: 404, statusText: '' });
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Relance introuvable');
  });
});
