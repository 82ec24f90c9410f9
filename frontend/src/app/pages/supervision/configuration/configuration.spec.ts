import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer } from '../../../kernel/essai';
import { annuaire, CORPS_INJOIGNABLE, INJOIGNABLE } from '../exemples';
import { routes } from '../routes';
import { adresseDe, clesDe, EnvironnementJson } from './environnement';

const CONFIG = '/exploitation/configuration';
const ADRESSE = '/supervision/configuration?application=facture-service';
const VERSION = 'abcdef0123456789';
const source = (name: string, valeurs: Record<string, unknown>) => ({
  name: `file:///depot/${name}`,
  source: Object.fromEntries(Object.entries(valeurs).map(([cle, value], i) => [cle, { value, origin: `${i + 1}:22` }])),
});

function environnement(...propertySources: EnvironnementJson['propertySources']): EnvironnementJson {
  return { name: 'facture-service', profiles: ['default'], label: null, version: VERSION, propertySources };
}

const FACTURE = environnement(
  source('facture-service.yml', { 'server.port': 8082, 'db.password': 'secret', 'db.url': 'mariadb://u:mdp@hote/base' }),
  source('application.yml', { 'server.port': 8080, 'entreprise.nom': 'Fictive' }),
);
const CLIENT = environnement(source('application.yml', { 'server.port': 8080, 'entreprise.nom': 'Fictive' }));

async function ouvrir(adresse = ADRESSE) {
  const page = await essayer(routes, adresse);
  await page.repondre('/exploitation', annuaire());
  await page.repondre(`${CONFIG}/facture-service/default`, FACTURE);
  return page;
}

/** What both instances of facture-service say of the configuration they have read. */
async function sante(page: Awaited<ReturnType<typeof ouvrir>>, f1 = VERSION, f2 = VERSION) {
  const corps = (version: string) => ({ status: 'UP', components: { clientConfigServer: { status: 'UP', details: { version } } } });
  page.un('/exploitation/facture-service/f%3A1/health').flush(corps(f1));
  await page.repondre('/exploitation/facture-service/f%3A2/health', corps(f2));
}

const texte = (nom: RegExp) => screen.getByRole('row', { name: nom }).textContent?.replace(/\s+/g, ' ').trim();

beforeEach(() => history.replaceState(null, ''));

describe('Configuration', () => {
  it('shows each key with the value in force, its file and line, and what it overrides struck through', async () => {
    await ouvrir();
    expect(texte(/^server\.port/)).toBe('server.port8082Sans effet :8080facture-service.yml:1application.yml:1');
    expect(
      within(screen.getByRole('row', { name: /^server\.port/ }))
        .getByText('8080')
        .closest('s'),
    ).toBeTruthy();
    expect(screen.getByText('4 clés')).toBeTruthy();
    expect(screen.getByText(/lue au commit/).textContent).toContain('abcdef01');
  });

  it('masks secrets and passwords in addresses', async () => {
    await ouvrir();
    expect(texte(/^db\.password/)).toContain('******');
    expect(texte(/^db\.password/)).toContain('masquée');
    expect(texte(/^db\.url/)).toContain('mariadb://u:******@hote/base');
    expect(document.body.textContent).not.toMatch(/secret|mdp/);
  });

  it('compares with another application: only what differs, all on demand', async () => {
    const page = await ouvrir(`${ADRESSE}&comparer=oui&avec_application=client-service`);
    await page.repondre(`${CONFIG}/client-service/default`, CLIENT);
    expect(screen.getByText('3 différences')).toBeTruthy();
    expect(texte(/^server\.port/)).toContain('différente');
    expect(texte(/^db\.url/)).toContain("d'un côté seulement");
    expect(screen.queryByRole('row', { name: /^entreprise\.nom/ })).toBeNull();
    await userEvent.click(screen.getByLabelText('Montrer aussi ce qui est pareil'));
    await page.apres();
    expect(texte(/^entreprise\.nom/)).toContain('pareille');
  });

  it('says that there is no difference', async () => {
    const page = await ouvrir();
    await userEvent.keyboard('d');
    await page.apres();
    await page.repondre(`${CONFIG}/facture-service/default`, FACTURE);
    expect(page.router.url).toContain('comparer=oui');
    expect(screen.getByText('Aucune différence')).toBeTruthy();
  });

  it('asks for profiles and label of the address; a label that is not there is named', async () => {
    const page = await essayer(routes, `${ADRESSE}&profil=dev,demo&etiquette=essai/1`);
    (await page.attendre(`${CONFIG}/facture-service/dev%2Cdemo/essai(_)1`)).flush(
      { status: 404, error: 'Not Found' },
      { status: 404, statusText: '' },
    );
    await page.apres();
    expect(screen.getByRole('alert').textContent).toMatch(/«\sessai\/1\s»/);
  });

  it('finds keys and values without putting what is sought into the address', async () => {
    const page = await ouvrir();
    await userEvent.type(screen.getByLabelText('Chercher une clé'), 'fictive');
    await vi.waitFor(async () => {
      await page.apres();
      expect(screen.getByText('1 clé')).toBeTruthy();
    });
    expect(page.router.url).toBe(ADRESSE);
    await userEvent.type(screen.getByLabelText('Chercher une clé'), 'xx');
    await vi.waitFor(async () => {
      await page.apres();
      expect(screen.getByText('Aucune clé ne répond')).toBeTruthy();
    });
  });

  it('says who has read another version, and has them read again after a question, each with its answer', async () => {
    const page = await ouvrir();
    await sante(page, VERSION, '0000000011');
    expect(screen.getByText('2 instances, dont 1 avec une autre version')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Faire relire par toutes (2)' }));
    page.http.expectNone('/exploitation/facture-service/f%3A1/refresh');
    expect(screen.getByRole('dialog').textContent).toContain('f:1, f:2');
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Faire relire' }));
    await page.apres();
    page.un('/exploitation/facture-service/f%3A1/refresh').flush([]);
    page.un('/exploitation/facture-service/f%3A2/refresh').flush(['server.port']);
    await page.apres();
    expect(texte(/^f:1/)).toContain("rien n'avait changé");
    expect(texte(/^f:2/)).toMatch(/ont changé : ?server\.port/);
    await sante(page);
    expect(texte(/^f:2/)).toContain('à jour');
  });

  it('tells which instance could not read again', async () => {
    const page = await ouvrir(`${ADRESSE}&instance=f:2`);
    await sante(page);
    await userEvent.click(screen.getByRole('button', { name: 'Faire relire f:2' }));
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Faire relire' }));
    await page.apres();
    page.http.expectNone('/exploitation/facture-service/f%3A1/refresh');
    page.un('/exploitation/facture-service/f%3A2/refresh').flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    expect(texte(/^f:2/)).toContain('Instance injoignable');
  });

  it('has a skeleton, then why it failed', async () => {
    const page = await essayer(routes, ADRESSE);
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    await page.repondre('/exploitation', annuaire());
    page
      .un(`${CONFIG}/facture-service/default`)
      .flush({ title: 'Serveur de configuration injoignable', code: 'configuration-injoignable' }, { status: 502, statusText: '' });
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Serveur de configuration injoignable');
  });

  it('explains an empty repository', async () => {
    const page = await essayer(routes, ADRESSE);
    await page.repondre('/exploitation', annuaire());
    await page.repondre(`${CONFIG}/facture-service/default`, environnement());
    expect(screen.getByText('Aucune clé')).toBeTruthy();
  });
});

describe('clesDe', () => {
  it.each(['spring.datasource.password', 'api-key', 'jwt.private_key', 'x.secrets[0]', 'oauth.token', 'credentials'])('masks %s', (cle) => {
    expect(clesDe(environnement(source('a.yml', { [cle]: 'v' })))[0]?.gagnante.texte).toBe('******');
  });

  it.each(['monkey.name', 'token-validity', 'server.port'])('shows %s', (cle) => {
    expect(clesDe(environnement(source('a.yml', { [cle]: 'v' })))[0]?.gagnante.texte).toBe('v');
  });
});

describe('adresseDe', () => {
  it('writes a slash of a label as the server wants it', () => {
    expect(adresseDe({ application: 'a', profil: '', etiquette: 'x/y' })).toBe(`${CONFIG}/a/default/x(_)y`);
  });
});
