import { screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { annuaire, CORPS_INJOIGNABLE, CORPS_SANS_POINT, INJOIGNABLE, SANS_POINT } from '../exemples';
import { routes } from '../routes';
import { formaterOctets, valeursDe } from './mesures';
import { enDefaut, enTexte } from './sante-json';
import { taches } from './taches';

const F1 = '/exploitation/facture-service/f%3A1';
const F2 = '/exploitation/facture-service/f%3A2';
const UNE = '/supervision/sante?application=facture-service&instance=f:1';
const BONNE = { status: 'UP', components: { clientConfigServer: { status: 'UP', details: { version: 'abcdef0123' } } } };
const MAUVAISE = {
  status: 'DOWN',
  components: {
    db: { status: 'DOWN', details: { error: 'OperationalError: disque plein' } },
    diskSpace: { status: 'UP', details: { free: 78_800_000_000 } },
    binders: { status: 'UP', components: { local: { status: 'UP', details: { version: 'SQLite 3.40.1' } } } },
  },
};

async function ouvrirLeParc() {
  const page = await essayer(routes, '/supervision/sante?application=facture-service');
  await page.repondre('/exploitation', annuaire());
  return page;
}

async function repondreAuParc(page: PageEssayee) {
  page.un(`${F1}/health`).flush(BONNE);
  page.un(`${F2}/health`).flush(MAUVAISE, { status: 503, statusText: '' });
  page.un(`${F1}/info`).flush({ build: { version: '0.1.0' } });
  await page.repondre(`${F2}/info`, {});
}

async function ouvrirLInstance(sante: object = BONNE, adresse = UNE) {
  const page = await essayer(routes, adresse);
  await page.repondre('/exploitation', annuaire());
  page.un(`${F1}/health`).flush(sante);
  page.un(`${F1}/info`).flush({ build: { version: '0.1.0' }, python: '3.12' });
  page.un(`${F1}/scheduledtasks`).flush(CORPS_SANS_POINT, SANS_POINT);
  await page.repondre(`${F1}/metrics`, { names: ['process.cpu.usage', 'logback.events', 'autre.mesure'] });
  return page;
}

const mesure = (name: string, changements: object = {}) => ({
  name,
  measurements: [{ statistic: 'VALUE', value: 0.1234 }],
  availableTags: [],
  ...changements,
});
const rang = (nom: RegExp) => screen.getByRole('row', { name: nom }).textContent?.replace(/\s+/g, ' ').trim();

describe('Santé of several instances', () => {
  it('shows each one with what is wrong, its version and the configuration it has read', async () => {
    const page = await ouvrirLeParc();
    expect(rang(/f:1/)).toContain('demandée');
    await repondreAuParc(page);
    expect(rang(/f:1/)).toBe('facture-servicef:1✓ bonne0.1.0abcdef01');
    expect(rang(/f:2/)).toBe('facture-servicef:2✕ en pannedb––');
  });

  it('says who gives no answer and why; old answers are greyed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrirLeParc();
    await repondreAuParc(page);
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    await page.apres();
    page.un(`${F1}/health`).flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    expect(rang(/f:1/)).toContain('Instance injoignable');
    expect(screen.getByRole('row', { name: /f:1/ }).className).toContain('perime');
    expect(screen.getByRole('row', { name: /f:2/ }).className).not.toContain('perime');
  });

  it('opens one from the keyboard', async () => {
    const page = await ouvrirLeParc();
    await repondreAuParc(page);
    screen.getByRole('row', { name: /f:1/ }).focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await page.apres();
    expect(page.router.url).toBe('/supervision/sante?application=facture-service&instance=f:2');
  });

  it('has a skeleton, then why it failed', async () => {
    const page = await essayer(routes, '/supervision/sante');
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    page.un('/exploitation').flush({ title: 'Hôte étranger', code: 'hote-etranger' }, { status: 403, statusText: '' });
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Hôte étranger');
  });
});

describe('Santé of one instance', () => {
  it('shows components as a tree with their details, in words', async () => {
    await ouvrirLInstance(MAUVAISE);
    expect(rang(/^db/)).toContain('✕ en panne');
    expect(rang(/^db/)).toContain('disque plein');
    expect(rang(/^diskSpace/)).toContain('78,8\u00a0Go'.replace('\u00a0', ' '));
    expect(rang(/local/)).toContain('SQLite 3.40.1');
    expect(screen.getByText('3.12')).toBeTruthy();
  });

  it('reads the metrics that matter and are there, and one more that the address names', async () => {
    const page = await ouvrirLInstance(BONNE, `${UNE}&mesure=autre.mesure`);
    page.un(`${F1}/metrics/process.cpu.usage`).flush(mesure('process.cpu.usage'));
    page.un(`${F1}/metrics/logback.events`, { tag: 'level:error' }).flush(CORPS_SANS_POINT, SANS_POINT);
    await page.repondre(
      `${F1}/metrics/autre.mesure`,
      mesure('autre.mesure', { description: 'Une autre', availableTags: [{ tag: 'uri', values: ['/a'] }] }),
    );
    expect(rang(/^Processeur/)).toContain('12,3 %');
    expect(rang(/^Erreurs au journal/)).toContain('–');
    expect(rang(/^autre\.mesure/)).toContain('Une autre');
    await userEvent.selectOptions(screen.getByLabelText('Voir aussi'), '');
    await page.apres();
    expect(page.router.url).toBe(UNE);
  });

  it('says that it does not expose its tasks', async () => {
    await ouvrirLInstance();
    expect(screen.getByText("Cette instance n'expose pas ses tâches.")).toBeTruthy();
  });

  it('keeps the last answer with its age when it no longer answers', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrirLInstance(MAUVAISE);
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    await page.apres();
    page.un(`${F1}/health`).flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(rang(/^db/)).toContain('disque plein');
    expect(screen.getByRole('table', { name: 'Santé des composants' }).parentElement?.className).toContain('perime');
  });

  it('says that the instance of the address is gone', async () => {
    const page = await essayer(routes, '/supervision/sante?application=facture-service&instance=f:9');
    await page.repondre('/exploitation', annuaire());
    await userEvent.click(screen.getByRole('button', { name: 'Montrer toutes les instances' }));
    await page.apres();
    expect(page.router.url).toBe('/supervision/sante');
  });
});

describe('words of health', () => {
  it('names the deepest component at fault', () => {
    const components = {
      a: { status: 'DOWN', components: { b: { status: 'DOWN' }, c: { status: 'UNKNOWN' } } },
      d: { status: 'OUT_OF_SERVICE' },
    };
    expect(enDefaut({ status: 'DOWN', components })).toEqual(['a/b', 'd']);
  });

  it('writes any value in a line', () => {
    expect(enTexte({ a: [1, 2], b: { c: null } })).toBe('a: 1, 2, b: c: null');
    expect(enTexte([])).toBe('–');
  });

  it('writes counts, means and maxima of timers, and bytes', () => {
    const measurements = [
      { statistic: 'COUNT', value: 20 },
      { statistic: 'TOTAL_TIME', value: 10.06 },
      { statistic: 'MAX', value: 1.9 },
    ];
    expect(valeursDe({ name: 'http.server.requests', baseUnit: 'seconds', measurements, availableTags: [] })).toBe(
      '20 · moyenne 503\u00a0ms · maximum 1,9\u00a0s',
    );
    expect([formaterOctets(0), formaterOctets(1_500), formaterOctets(110_500_000)]).toEqual([
      '0\u00a0octets',
      '1,5\u00a0ko',
      '110,5\u00a0Mo',
    ]);
  });

  it('lists tasks, the next one first', () => {
    const tache = (target: string, time?: string) => ({ runnable: { target }, interval: 500, ...(time && { nextExecution: { time } }) });
    const json = {
      fixedDelay: [tache('sans'), tache('tard', '2026-12-01T10:00:00Z')],
      cron: [{ ...tache('tot', '2026-12-01T09:00:00Z'), expression: '0 0 9' }],
    };
    expect(taches(json).map(({ nom, rythme }) => [nom, rythme])).toEqual([
      ['tot', '0 0 9'],
      ['tard', '500 ms'],
      ['sans', '500 ms'],
    ]);
  });
});
