import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer } from '../../../kernel/essai';
import { annuaire, CORPS_INJOIGNABLE, CORPS_SANS_POINT, INJOIGNABLE, SANS_POINT } from '../exemples';
import { routes } from '../routes';
import { observer } from './disjoncteurs-json';
import { FENETRE_MS, parMinute, retenir } from './tendance';

const disjoncteur = (changements: object = {}) => ({
  state: 'CLOSED',
  failureRate: '-1.0%',
  slowCallRate: '-1.0%',
  failureRateThreshold: '50.0%',
  slowCallRateThreshold: '100.0%',
  bufferedCalls: 5,
  failedCalls: 0,
  slowCalls: 0,
  notPermittedCalls: 0,
  ...changements,
});
const OUVERT = disjoncteur({ state: 'OPEN', failureRate: '62.5%', slowCallRate: '0.0%', failedCalls: 31, notPermittedCalls: 7 });
const URL = {
  discovery: '/exploitation/discovery/h%3A8761/circuitbreakers',
  f1: '/exploitation/facture-service/f%3A1/circuitbreakers',
  f2: '/exploitation/facture-service/f%3A2/circuitbreakers',
  gateway: '/exploitation/gateway/g%3A1/circuitbreakers',
};

async function ouvrir(adresse = '/supervision/disjoncteurs') {
  const page = await essayer(routes, adresse);
  await page.repondre('/exploitation', annuaire());
  return page;
}

async function remplir(page: Awaited<ReturnType<typeof ouvrir>>) {
  page.un(URL.discovery).flush(CORPS_SANS_POINT, SANS_POINT);
  page.un(URL.f1).flush({ circuitBreakers: { 'client-service': disjoncteur() } });
  page.un(URL.f2).flush(CORPS_INJOIGNABLE, INJOIGNABLE);
  await page.repondre(URL.gateway, { circuitBreakers: { clients: disjoncteur({ failureRate: '0.0%' }), factures: OUVERT } });
}

const rangs = () =>
  within(screen.getByRole('table', { name: 'Disjoncteurs par instance' }))
    .getAllByRole('row')
    .slice(1);
const textes = (rang: HTMLElement) => [...(rang as HTMLTableRowElement).cells].map((c) => c.textContent?.replace(/\s+/g, ' ').trim());

describe('Disjoncteurs', () => {
  it('shows those of every instance, open ones first, with rates beside their thresholds', async () => {
    const page = await ouvrir();
    await remplir(page);
    expect(textes(rangs()[0]!)).toEqual([
      'g:1',
      'factures',
      '✕ ouvert',
      expect.stringMatching(/^avant \d\d:\d\d:\d\d$/),
      '62,5 % / 50 %',
      '0 % / 100 %',
      'Relevés factures, g:1',
      '5',
      '31',
      '0',
      '7',
      'Forcer… factures, g:1',
    ]);
    expect(rangs().map((rang) => textes(rang)[1])).toEqual(['factures', 'client-service', 'clients']);
    expect(textes(rangs()[1]!)[4]).toBe('– / 50 %');
    expect(screen.getByText(/^3 disjoncteurs, 1 non fermé$/)).toBeTruthy();
  });

  it('says who does not expose them and who could not be reached, each with the reason', async () => {
    const page = await ouvrir();
    await remplir(page);
    expect(screen.getByText(/N'exposent pas leurs disjoncteurs/).textContent).toContain('discovery (h:8761)');
    const muettes = screen.getByRole('status', { name: 'Instances sans réponse' });
    expect(muettes.textContent?.replace(/\s+/g, ' ')).toContain(
      'facture-service, f:2 : Instance injoignable : « f:1 » refuse la connexion.',
    );
  });

  it('asks only the application or the instance that the address names', async () => {
    const page = await ouvrir('/supervision/disjoncteurs?application=facture-service&instance=f:1');
    page.http.expectNone(URL.gateway);
    page.http.expectNone(URL.f2);
    await page.repondre(URL.f1, { circuitBreakers: { 'client-service': disjoncteur() } });
    await userEvent.selectOptions(screen.getByLabelText('Instance'), '');
    await page.apres();
    expect(page.router.url).toBe('/supervision/disjoncteurs?application=facture-service');
    page.un(URL.f2);
  });

  async function demanderAForcer() {
    const page = await ouvrir('/supervision/disjoncteurs?application=facture-service&instance=f:1');
    await page.repondre(URL.f1, { circuitBreakers: { 'client-service': disjoncteur() } });
    await userEvent.click(screen.getByRole('button', { name: 'Forcer… client-service, f:1' }));
    return { page, dialogue: within(screen.getByRole('dialog', { name: 'Disjoncteur client-service de f:1' })) };
  }

  it('is forced open with a reason and an end that the instance keeps', async () => {
    const { page, dialogue } = await demanderAForcer();
    expect(dialogue.getByText(/L'instance garde cette heure/)).toBeTruthy();
    await userEvent.click(dialogue.getByRole('button', { name: 'Ouvrir de force' }));
    page.http.expectNone(`${URL.f1}/client-service`);
    const motif = dialogue.getByLabelText('Motif (obligatoire)');
    expect(dialogue.getByRole('alert').textContent).toContain('Dites pourquoi');
    expect(document.activeElement).toBe(motif);
    await userEvent.type(motif, ' base en maintenance ');
    await userEvent.selectOptions(dialogue.getByLabelText('Durée'), '1 heure');
    await userEvent.click(dialogue.getByRole('button', { name: 'Ouvrir de force' }));
    const ordre = page.un(`${URL.f1}/client-service`);
    const corps = { updateState: 'FORCE_OPEN', reason: 'base en maintenance', duration: '1h' };
    expect([ordre.request.method, ordre.request.body]).toEqual(['POST', corps]);
    const forced = { reason: 'base en maintenance', since: '2026-11-30T21:18:00.000Z', until: '2026-11-30T22:18:00.000Z' };
    ordre.flush({ currentState: 'FORCED_OPEN', forced });
    await page.apres();
    expect(screen.queryByRole('dialog')).toBeNull();
    const tenu = disjoncteur({ state: 'FORCED_OPEN', stateSince: forced.since, forced });
    await page.repondre(URL.f1, { circuitBreakers: { 'client-service': tenu } });
    expect(textes(rangs()[0]!)[2]).toMatch(/^✕ ouvert de force\s?jusqu'à 23:18:00\s?motif : base en maintenance$/);
    expect(textes(rangs()[0]!)[3]).toContain('30/11/2026');
  });

  it('says when the instance did it without keeping the end', async () => {
    const { page, dialogue } = await demanderAForcer();
    await userEvent.type(dialogue.getByLabelText('Motif (obligatoire)'), 'essai');
    await userEvent.click(dialogue.getByRole('button', { name: 'Ouvrir de force' }));
    page.un(`${URL.f1}/client-service`).flush({ currentState: 'FORCED_OPEN' });
    await page.apres();
    expect(dialogue.getByRole('alert').textContent).toContain("n'a pas retenu l'heure de fin");
  });

  it('sends no end when there is to be none', async () => {
    const { page, dialogue } = await demanderAForcer();
    await userEvent.type(dialogue.getByLabelText('Motif (obligatoire)'), 'essai');
    await userEvent.selectOptions(dialogue.getByLabelText('Durée'), "jusqu'à nouvel ordre");
    expect(dialogue.getByText(/Cela dure jusqu'à ce que/)).toBeTruthy();
    await userEvent.click(dialogue.getByRole('button', { name: 'Ouvrir de force' }));
    expect(page.un(`${URL.f1}/client-service`).request.body).toEqual({ updateState: 'FORCE_OPEN', reason: 'essai' });
  });

  it('closes what was forced, looks again and goes', async () => {
    const page = await ouvrir('/supervision/disjoncteurs?application=facture-service&instance=f:1');
    await page.repondre(URL.f1, { circuitBreakers: { 'client-service': disjoncteur({ state: 'FORCED_OPEN' }) } });
    await userEvent.click(screen.getByRole('button', { name: /^Forcer/ }));
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Fermer le disjoncteur' }));
    const requete = page.un(`${URL.f1}/client-service`);
    expect(requete.request.body).toEqual({ updateState: 'CLOSE' });
    requete.flush({ currentState: 'CLOSED' });
    await page.apres();
    expect(screen.queryByRole('dialog')).toBeNull();
    await page.repondre(URL.f1, { circuitBreakers: { 'client-service': disjoncteur() } });
    expect(textes(rangs()[0]!)[2]).toBe('✓ fermé');
  });

  it('keeps the question open with the reason when the instance does not let it', async () => {
    const page = await ouvrir('/supervision/disjoncteurs?application=facture-service&instance=f:1');
    await page.repondre(URL.f1, { circuitBreakers: { 'client-service': disjoncteur() } });
    await userEvent.click(screen.getByRole('button', { name: /^Forcer/ }));
    const dialogue = within(screen.getByRole('dialog'));
    await userEvent.click(dialogue.getByLabelText('Désactiver'));
    await userEvent.type(dialogue.getByLabelText('Motif (obligatoire)'), 'essai');
    await userEvent.click(dialogue.getByRole('button', { name: 'Désactiver' }));
    page.un(`${URL.f1}/client-service`).flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    expect(dialogue.getByRole('alert').textContent).toContain('Instance injoignable');
  });

  it('tells good news when only open ones are asked for', async () => {
    const page = await ouvrir('/supervision/disjoncteurs?application=facture-service&instance=f:1&ouverts=oui');
    await page.repondre(URL.f1, { circuitBreakers: { 'client-service': disjoncteur() } });
    await userEvent.click(screen.getByRole('button', { name: 'Les montrer' }));
    await page.apres();
    expect(rangs()).toHaveLength(1);
  });

  it('looks again every five seconds, keeps old figures greyed, and sees when the state changes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrir('/supervision/disjoncteurs?application=facture-service&instance=f:1');
    await page.repondre(URL.f1, { circuitBreakers: { 'client-service': disjoncteur() } });
    vi.advanceTimersByTime(5_000);
    await page.apres();
    await page.repondre(URL.f1, { circuitBreakers: { 'client-service': OUVERT } });
    expect(textes(rangs()[0]!)[3]).toMatch(/^\d\d:\d\d:\d\d$/);
    vi.advanceTimersByTime(5_000);
    await page.apres();
    vi.useRealTimers();
    page.un(URL.f1).flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    expect(rangs()[0]?.className).toContain('perime');
    expect(textes(rangs()[0]!)[2]).toBe('✕ ouvert');
  });

  it('has a skeleton, and explains when there is none', async () => {
    const page = await ouvrir('/supervision/disjoncteurs?application=facture-service&instance=f:1');
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    await page.repondre(URL.f1, { circuitBreakers: {} });
    expect(screen.getByText('Aucun disjoncteur ici')).toBeTruthy();
  });
});

describe('observer', () => {
  it('forgets breakers that are gone', () => {
    const avant = new Map([['x', { etat: 'OPEN', le: new Date(0), exacte: true }]]);
    expect(observer(avant, [], new Date()).size).toBe(0);
  });
});

describe('tendance', () => {
  const T = Date.UTC(2026, 10, 30, 12);
  const ligne = (le: number, failureRate: string) =>
    ({ cle: 'x', lueLe: new Date(le), brut: disjoncteur({ failureRate }) }) as unknown as Parameters<typeof retenir>[1][number];

  it('keeps one sample a look for ten minutes', () => {
    let connus = retenir(new Map(), [ligne(T, '-1.0%')]);
    connus = retenir(connus, [ligne(T, '-1.0%')]);
    expect(connus.get('x')).toEqual([{ le: T, echec: undefined, lenteur: undefined }]);
    connus = retenir(connus, [ligne(T + FENETRE_MS, '50.0%')]);
    expect(connus.get('x')).toHaveLength(2);
    connus = retenir(connus, [ligne(T + FENETRE_MS + 1, '40.0%')]);
    expect(connus.get('x')?.map(({ echec }) => echec)).toEqual([50, 40]);
  });

  it('shows the worst of each minute, latest first', () => {
    const releve = (s: number, echec: number | undefined) => ({ le: T + s * 1000, echec, lenteur: undefined });
    expect(parMinute([releve(0, 10), releve(30, 60), releve(59, undefined), releve(60, 5)])).toEqual([
      { le: T + 60_000, echec: 5, lenteur: undefined },
      { le: T, echec: 60, lenteur: undefined },
    ]);
  });

  it('is drawn, told in words, and unfolds as a table', async () => {
    const page = await ouvrir('/supervision/disjoncteurs?application=gateway');
    await page.repondre(URL.gateway, { circuitBreakers: { factures: OUVERT } });
    await page.apres();
    expect(screen.getByRole('img').getAttribute('aria-label')).toMatch(/^Taux d'échec depuis .* : au plus 62,5\s%, maintenant 62,5\s%$/);
    expect(screen.queryByRole('table', { name: 'Au plus haut de chaque minute' })).toBeNull();
    await userEvent.click(screen.getByText('Relevés'));
    await page.apres();
    const releves = await screen.findByRole('table', { name: 'Au plus haut de chaque minute' });
    expect(textes(within(releves).getAllByRole('row')[1]!).slice(1)).toEqual(['62,5 %', '0 %']);
  });
});
