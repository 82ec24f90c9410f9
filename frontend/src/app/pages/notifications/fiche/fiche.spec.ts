import { screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { NotificationEntiereJson } from '../../../api';
import { essayer } from '../../../kernel/essai';
import { entiere } from '../exemples';
import { routes } from '../routes';

async function ouvrir(change: Partial<NotificationEntiereJson> = {}) {
  sessionStorage.clear();
  const page = await essayer(routes, '/notifications/n1', { voisines: ['clients', 'factures'] });
  (await page.attendre('/api/notifications/n1')).flush(entiere(change), { headers: { ETag: '"3"' } });
  await page.apres();
  return { page, qui: userEvent.setup() };
}

describe('FicheNotification', () => {
  it('shows the mail in a sandboxed frame, to whom, and every attempt', async () => {
    await ouvrir();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Rappel, 120,00 € à régler');
    const cadre = screen.getByTitle("Message tel qu'il est écrit");
    expect([cadre.getAttribute('src'), cadre.getAttribute('sandbox')]).toEqual(['/api/notifications/n1', '']);
    expect(screen.getByText(/compta@gamma.example/)).toBeTruthy();
    expect(screen.getByText(/Acceptée par le serveur du destinataire/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'FA-2026-000001' }).getAttribute('href')).toBe('/factures/f1');
  });

  it('asks why it is sent again and shows what was received', async () => {
    const { page, qui } = await ouvrir();
    await qui.keyboard('r');
    await page.apres();
    expect(screen.getByText(/reçue le 20\/11\/2026 10:00/)).toBeTruthy();
    await qui.keyboard('{Control>}{Enter}{/Control}');
    await qui.click(screen.getByRole('button', { name: 'Renvoyer la notification' }));
    await page.apres();
    expect(screen.getByRole('button', { name: 'Le motif manque.' })).toBeTruthy();
    await qui.type(screen.getByLabelText('Motif'), 'Le client ne la trouve pas{Control>}{Enter}{/Control}');
    const envoi = await page.attendre('/api/notifications/n1/renvoi');
    expect(envoi.request.body).toEqual({ motif: 'Le client ne la trouve pas', destinataire: null });
    expect(envoi.request.headers.get('If-Match')).toBe('"3"');
    envoi.flush({ ...entiere({ etat: 'EN_FILE' }), deja_envoyee_le: '2026-11-20T09:00:00Z' }, { status: 202, statusText: '' });
    await page.apres();
    await page.repondre('/api/notifications/n1', entiere({ etat: 'EN_FILE' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText(/Elle attend déjà d'être envoyée/)).toBeTruthy();
  });

  it('sends it elsewhere this time only, and brings a wrong address to its field', async () => {
    const { page, qui } = await ouvrir();
    await qui.keyboard('r');
    await page.apres();
    await qui.type(screen.getByLabelText('Motif'), 'Autre contact');
    await qui.click(screen.getByRole('checkbox', { name: /cette fois seulement/ }));
    await page.apres();
    await qui.click(screen.getByRole('button', { name: 'Renvoyer la notification' }));
    await page.apres();
    expect(screen.getByRole('button', { name: /Une adresse ou un téléphone manque/ })).toBeTruthy();
    await qui.type(screen.getByLabelText('Courriel'), 'x@y{Control>}{Enter}{/Control}');
    const envoi = await page.attendre('/api/notifications/n1/renvoi');
    expect(envoi.request.body).toEqual({ motif: 'Autre contact', destinataire: { email: 'x@y', telephone: null } });
    const errors = [{ pointer: '/destinataire/email', code: 'email-invalide', detail: 'Adresse invalide.' }];
    envoi.flush({ title: 'Invalide', code: 'corps-invalide', errors }, { status: 422, statusText: '' });
    await page.apres();
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Courriel')));
  });

  it('says that it changed meanwhile, in the dialog, with what was typed still there', async () => {
    const { page, qui } = await ouvrir();
    await qui.keyboard('r');
    await page.apres();
    await qui.type(screen.getByLabelText('Motif'), 'Encore{Control>}{Enter}{/Control}');
    page
      .un('/api/notifications/n1/renvoi')
      .flush({ title: 'Modifiée entre-temps', code: 'version-perimee' }, { status: 412, statusText: '' });
    expect(await screen.findByText(/Modifiée entre-temps/)).toBeTruthy();
    expect(screen.getByLabelText('Motif')).toHaveProperty('value', 'Encore');
  });

  it('asks again with the same key when nobody knows', async () => {
    const { page, qui } = await ouvrir();
    await qui.keyboard('r');
    await page.apres();
    await qui.type(screen.getByLabelText('Motif'), 'Encore{Control>}{Enter}{/Control}');
    const premiere = await page.attendre('/api/notifications/n1/renvoi');
    premiere.error(new ProgressEvent('error'));
    expect(await screen.findByText('Résultat inconnu, vérification en cours')).toBeTruthy();
    const seconde = await page.attendre('/api/notifications/n1/renvoi');
    expect(seconde.request.headers.get('Idempotency-Key')).toBe(premiere.request.headers.get('Idempotency-Key'));
  });

  it('leads to the form of a client who has no address', async () => {
    await ouvrir({
      etat: 'A_TRAITER',
      destinataire: { nom: 'Zoé Durand', email: null, telephone: null, langue: 'fr' },
      html: null,
      texte: null,
      tentatives: [],
    });
    expect(screen.getByText(/ni courriel ni téléphone/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Compléter la fiche du client' }).getAttribute('href')).toBe('/clients/c1/modification');
    expect(screen.getByText("Il s'écrit au moment de l'envoi.")).toBeTruthy();
  });

  it('lets a person confirm a formal notice, which can be printed first', async () => {
    await ouvrir({ etat: 'A_TRAITER', niveau: 4, tentatives: [] });
    expect(screen.getByText(/ne part jamais d'elle-même/)).toBeTruthy();
    expect(screen.getByRole('button', { name: "Confirmer l'envoi…" })).toBeTruthy();
    const lettre = screen.getByRole('link', { name: /pour l'imprimer/ });
    expect([lettre.getAttribute('href'), lettre.getAttribute('target')]).toEqual(['/api/notifications/n1', '_blank']);
  });

  it('writes down that the letter of somebody without address is posted, with day and note', async () => {
    const destinataire = { nom: 'Zoé Durand', email: null, telephone: null, langue: 'fr' };
    const { page, qui } = await ouvrir({ etat: 'A_TRAITER', destinataire, tentatives: [] });
    expect(screen.getByText(/l'imprimer et la poster/)).toBeTruthy();
    await qui.keyboard('l');
    await page.apres();
    const date = screen.getByLabelText('Postée le');
    await qui.clear(date);
    await qui.type(date, '29/11/2026');
    await qui.type(screen.getByLabelText('Note'), ' 1A 234 {Control>}{Enter}{/Control}');
    const envoi = await page.attendre('/api/notifications/n1/envoi-postal');
    expect(envoi.request.body).toEqual({ postee_le: '2026-11-29', note: '1A 234' });
    expect([envoi.request.headers.get('If-Match'), !!envoi.request.headers.get('Idempotency-Key')]).toEqual(['"3"', true]);
    envoi.flush(entiere());
    await page.apres();
    const detail = 'Lettre postée le 29/11/2026 : 1A 234';
    const tentatives = [{ le: '2026-11-30T09:00:00Z', resultat: 'POSTEE' as const, detail }];
    await page.repondre('/api/notifications/n1', entiere({ canal: 'COURRIER', tentatives }));
    expect([screen.queryByRole('dialog'), screen.queryByRole('button', { name: /Lettre postée/ })]).toEqual([null, null]);
    expect(screen.getByText(detail)).toBeTruthy();
  });

  it('brings an impossible day of posting to its field, and nothing typed is lost', async () => {
    const { page, qui } = await ouvrir({ etat: 'ECHEC', tentatives: [] });
    await qui.click(screen.getByRole('button', { name: 'Lettre postée…' }));
    await page.apres();
    await qui.type(screen.getByLabelText('Note'), 'recommandé{Control>}{Enter}{/Control}');
    const errors = [{ pointer: '/postee_le', code: 'date-anterieure', detail: 'Pas encore demandée ce jour-là.' }];
    (await page.attendre('/api/notifications/n1/envoi-postal')).flush(
      { title: 'Données invalides', code: 'donnees-invalides', errors },
      { status: 422, statusText: '' },
    );
    await page.apres();
    expect(screen.getAllByText(/Pas encore demandée ce jour-là/).length).toBeGreaterThan(0);
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Postée le')));
    expect(screen.getByLabelText('Note')).toHaveProperty('value', 'recommandé');
  });

  it('offers no letter of what was sent or is not written', async () => {
    const { qui, page } = await ouvrir();
    await qui.keyboard('l');
    await page.apres();
    expect([screen.queryByRole('button', { name: /Lettre postée/ }), screen.queryByRole('dialog')]).toEqual([null, null]);
  });

  it('is read again while it waits to be sent', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { page } = await ouvrir({ etat: 'EN_FILE' });
    await vi.advanceTimersByTimeAsync(3_000);
    await page.repondre('/api/notifications/n1', entiere());
    expect(screen.getByText('Envoyée')).toBeTruthy();
    vi.useRealTimers();
  });

  it('says that there is no such notification', async () => {
    const page = await essayer(routes, '/notifications/n9');
    page
      .un('/api/notifications/n9')
      .flush({ title: 'Notification introuvable', code: 'notification-introuvable' }, { status: 404, statusText: '' });
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Notification introuvable');
  });
});
