import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer } from '../../../kernel/essai';
import { annuaire, CORPS_INJOIGNABLE, CORPS_SANS_POINT, INJOIGNABLE, SANS_POINT } from '../exemples';
import { routes } from '../routes';
import { observer } from './disjoncteurs-json';

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
      '5',
      '31',
      '0',
      '7',
      'lecture seule',
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

  it('is forced open after saying what that does, and closed again', async () => {
    const page = await ouvrir('/supervision/disjoncteurs?application=facture-service&instance=f:1');
    await page.repondre(URL.f1, { circuitBreakers: { 'client-service': disjoncteur() } });
    await userEvent.click(screen.getByRole('button', { name: 'Forcer… client-service, f:1' }));
    const dialogue = within(screen.getByRole('dialog', { name: 'Disjoncteur client-service de f:1' }));
    expect(dialogue.getByText(/Cela dure jusqu'à ce que/)).toBeTruthy();
    await userEvent.click(dialogue.getByRole('button', { name: 'Ouvrir de force' }));
    const { request } = page.un(`${URL.f1}/client-service`);
    expect([request.method, request.body]).toEqual(['POST', { updateState: 'FORCE_OPEN' }]);
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
