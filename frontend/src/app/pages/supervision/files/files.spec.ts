import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { annuaire, CORPS_INJOIGNABLE, CORPS_SANS_POINT, INJOIGNABLE, instance, SANS_POINT } from '../exemples';
import { Annuaire } from '../parc/modele';
import { routes } from '../routes';

const NOTIFICATION = '/exploitation/notification-service/n%3A1/deadletters';
const BATCH = '/exploitation/batch/b%3A1/deadletters';
const LETTRES = `${NOTIFICATION}/relance-topic/notification-service`;
const FILE = 'notification-service n:1 relance-topic notification-service';
const OUVERTE = `/supervision/files?file=${encodeURIComponent(FILE)}`;

const PARC: Annuaire = annuaire({
  applications: [
    { nom: 'batch', instances: [instance('b:1', {}, 'batch')] },
    { nom: 'notification-service', instances: [instance('n:1', {}, 'notification-service')] },
  ],
});
const groupe = (destination: string, dead: number, waiting = 0) => ({ destination, group: 'notification-service', waiting, dead });
const lettre = (id: string, changements: object = {}) => ({
  id,
  type: 'relance.demandee',
  headers: { 'partition-key': 'C-12' },
  payload: '{"client":12}',
  error: 'ValueError: niveau inconnu',
  stacktrace: 'Traceback (most recent call last)',
  attempts: 3,
  diedAt: '2026-11-30T21:18:20Z',
  ...changements,
});

async function ouvrir(adresse = '/supervision/files', groupes = [groupe('facture-topic', 0, 1_204), groupe('relance-topic', 2)]) {
  const page = await essayer(routes, adresse);
  await page.repondre('/exploitation', PARC);
  page.un(BATCH).flush(CORPS_SANS_POINT, SANS_POINT);
  await page.repondre(NOTIFICATION, { groups: groupes });
  return page;
}

async function ouvrirLaFile(lettres = [lettre('a'), lettre('b', { diedAt: null })]) {
  const page = await ouvrir(OUVERTE);
  await page.repondre(LETTRES, { letters: lettres }, { limit: '500' });
  return page;
}

/** Confirm what is asked about, and answer it. */
async function confirmer(page: PageEssayee, action: string, corps: object, options?: object) {
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: action }));
  const requete = page.un(LETTRES);
  requete.flush(corps, options);
  await page.apres();
  return requete.request;
}

const rangs = () =>
  within(screen.getByRole('table', { name: 'Files par instance' }))
    .getAllByRole('row')
    .slice(1);
const bouton = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

describe('Files', () => {
  it('shows what waits and what died, queues with dead letters first, and who has none', async () => {
    await ouvrir();
    expect(rangs()[0]?.textContent).toContain('relance-topic');
    expect(rangs()[0]?.textContent).toContain('✕ 2');
    expect(rangs()[1]?.textContent?.replace(/\s/g, ' ')).toContain('1 204');
    expect(screen.getByText('2 files, 2 messages morts')).toBeTruthy();
    expect(screen.getByText(/N'exposent pas leurs files/).textContent).toContain('batch (b:1)');
  });

  it('opens a queue from the keyboard, and Escape closes it', async () => {
    const page = await ouvrir();
    rangs()[0]?.focus();
    await userEvent.keyboard('{Enter}');
    await page.apres();
    expect(page.router.url).toContain('file=');
    await page.repondre(LETTRES, { letters: [lettre('a')] });
    expect(screen.getByRole('heading', { name: 'Messages morts de relance-topic pour notification-service' })).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await page.apres();
    expect(page.router.url).toBe('/supervision/files');
  });

  it('unfolds a letter: headers, payload as lines, the trace of the error', async () => {
    const page = await ouvrirLaFile();
    await userEvent.click(bouton('Contenu a'));
    await page.apres();
    expect(screen.getByText('C-12')).toBeTruthy();
    expect(screen.getByLabelText('Contenu du message').textContent).toBe('{\n  "client": 12\n}');
    expect(screen.getByText('Traceback (most recent call last)')).toBeTruthy();
    expect(bouton('Contenu a').getAttribute('aria-expanded')).toBe('true');
  });

  it('replays the chosen ones after a question, and looks again', async () => {
    const page = await ouvrirLaFile();
    expect(bouton('Rejouer les choisis (0)').disabled).toBe(true);
    expect(screen.getByText("Rien n'est choisi.")).toBeTruthy();
    await userEvent.click(screen.getByLabelText('Choisir b'));
    await userEvent.click(bouton('Rejouer les choisis (1)'));
    expect(screen.getByRole('dialog').textContent?.replace(/\s+/g, ' ')).toContain('1 message : de nouveau dans la file');
    const demande = await confirmer(page, 'Rejouer', { count: 1 });
    expect([demande.method, demande.headers.get('X-Requested-With'), demande.body]).toEqual([
      'POST',
      'ressort',
      { action: 'replay', ids: ['b'] },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
    page.un(NOTIFICATION).flush({ groups: [groupe('relance-topic', 1)] });
    await page.repondre(LETTRES, { letters: [lettre('a')] });
    expect(screen.queryByLabelText('Choisir b')).toBeNull();
    expect(bouton('Rejouer les choisis (0)').disabled).toBe(true);
  });

  it('discards all that are shown, never what comes meanwhile', async () => {
    const page = await ouvrirLaFile();
    await userEvent.click(bouton('Écarter tous'));
    expect(screen.getByRole('dialog').textContent).toContain('Cela ne peut pas être défait');
    expect((await confirmer(page, 'Écarter définitivement', { count: 2 })).body).toEqual({ action: 'discard', ids: ['a', 'b'] });
  });

  it('does not move chosen letters that are gone: the selection keeps those that are there', async () => {
    const page = await ouvrirLaFile();
    await userEvent.click(screen.getByLabelText('Choisir tous les messages'));
    await userEvent.click(bouton('Écarter les choisis (2)'));
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Ne rien faire' }));
    await page.apres();
    page.http.expectNone(LETTRES);
    expect(bouton('Écarter les choisis (2)').disabled).toBe(false);
  });

  it('keeps the question open with the reason when it fails', async () => {
    const page = await ouvrirLaFile();
    await userEvent.click(bouton('Rejouer tous'));
    await confirmer(page, 'Rejouer', CORPS_INJOIGNABLE, INJOIGNABLE);
    expect(within(screen.getByRole('dialog')).getByRole('alert').textContent).toContain('Instance injoignable');
  });

  it('tells a queue without dead letters, and one that cannot be read', async () => {
    const page = await ouvrirLaFile([]);
    expect(screen.getByText('Aucun message mort')).toBeTruthy();
    await userEvent.click(bouton('Messages morts facture-topic, notification-service, n:1'));
    await page.apres();
    page.un(`${NOTIFICATION}/facture-topic/notification-service`).flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Instance injoignable');
  });

  it('greys old figures when an instance no longer answers, and says why', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrir();
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    await page.apres();
    page.un(BATCH).flush(CORPS_SANS_POINT, SANS_POINT);
    page.un(NOTIFICATION).flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    expect(rangs()[0]?.className).toContain('perime');
    expect(screen.getByRole('status', { name: 'Instances sans réponse' }).textContent).toContain('notification-service, n:1');
  });

  it('lets nobody act while the gateway is out, and says so', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrirLaFile();
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    await page.apres();
    page.un('/exploitation').error(new ProgressEvent('error'));
    await page.apres();
    expect(bouton('Rejouer tous').disabled).toBe(true);
    expect(screen.getByText(/La passerelle ne répond pas/)).toBeTruthy();
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
  });

  it('has a skeleton, and explains when nobody has queues', async () => {
    const page = await essayer(routes, '/supervision/files?application=batch');
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    await page.repondre('/exploitation', PARC);
    page.un(BATCH).flush(CORPS_SANS_POINT, SANS_POINT);
    await page.apres();
    expect(screen.getByText('Aucune file ici')).toBeTruthy();
  });
});
