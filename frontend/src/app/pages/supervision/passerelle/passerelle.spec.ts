import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer } from '../../../kernel/essai';
import { annuaire, CORPS_INJOIGNABLE, INJOIGNABLE, instance } from '../exemples';
import { routes } from '../routes';
import { filtreDe, parametresDe, predicatsDe } from './routes-json';

const ROUTES = '/exploitation/gateway/g%3A1/gateway/routes';
const ESSAI = '/exploitation/routes/essai';
const route = (route_id: string, order: number, changements: object = {}) => ({
  route_id,
  uri: 'lb://facture-service',
  order,
  predicate: '(Paths: [/api/factures/**], match trailing slash: false && Methods: [GET])',
  filters: ['[[StripPrefix parts = 1], order = 3]'],
  ...changements,
});
const PRISE = {
  requete: { methode: 'GET', chemin: '/api/factures/12', parametres: 'etat=emise', hote: 'localhost:8080', entetes: [] },
  par: 'route',
  ecartees: [{ id: 'interne', uri: 'forward:/not-found', ordre: -100, predicats: [{ texte: 'Paths: [/api/lots/**]', passe: false }] }],
  route: {
    id: 'factures',
    uri: 'lb://facture-service',
    ordre: 0,
    predicats: [{ texte: 'Paths: [/api/factures/**]', passe: true }],
    filtres: [{ ordre: 1, texte: 'StripPrefix parts = 1' }],
    metadonnees: {},
  },
  amont: { uri: 'lb://facture-service', chemin: '/factures/12', parametres: 'etat=emise' },
  sans_amont: null,
};

beforeEach(() => history.replaceState(null, ''));

async function ouvrir(adresse = '/supervision/routes', table: object[] = [route('factures', 0), route('interne', -100, { filters: [] })]) {
  const page = await essayer(routes, adresse);
  await page.repondre('/exploitation', annuaire());
  await page.repondre(ROUTES, table);
  return page;
}

const resultat = () => screen.getByRole('region', { name: "Résultat de l'essai" }).textContent?.replace(/\s+/g, ' ');

describe('Routes', () => {
  it('shows the table in the order in which routes are tried, predicates and filters one by one', async () => {
    await ouvrir();
    const rangs = within(screen.getByRole('table', { name: "Routes dans l'ordre où elles sont essayées" }))
      .getAllByRole('row')
      .slice(1);
    expect(rangs.map((rang) => within(rang).getByRole('rowheader').textContent)).toEqual(['interne', 'factures']);
    expect(within(rangs[1]!).getByText('Methods: [GET]')).toBeTruthy();
    expect(within(rangs[1]!).getByText('StripPrefix parts = 1')).toBeTruthy();
    expect(screen.getByText('2 routes')).toBeTruthy();
  });

  it('tells which route takes a request, where it goes, and why the routes before it did not', async () => {
    const page = await ouvrir();
    await userEvent.type(screen.getByLabelText('Chemin'), '/api/factures/12?etat=émise');
    await userEvent.type(screen.getByLabelText('En-têtes, un par ligne'), 'Accept: text/csv');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await page.apres();
    const { request } = page.un(ESSAI, { chemin: '/api/factures/12?etat=%C3%A9mise', methode: 'GET', entete: 'Accept:text/csv' });
    expect(request.method).toBe('GET');
  });

  it('shows the answer in words', async () => {
    const page = await ouvrir();
    await userEvent.type(screen.getByLabelText('Chemin'), '/api/factures/12?etat=emise{Enter}');
    await page.apres();
    await page.repondre(ESSAI, PRISE);
    expect(resultat()).toContain('✓ est prise par la route factures.');
    expect(resultat()).toContain('lb://facture-service/factures/12?etat=emise');
    await userEvent.click(screen.getByText("Routes essayées avant, dans l'ordre (1)"));
    expect(screen.getByRole('row', { name: /interne faux/ })).toBeTruthy();
    expect(page.router.url).toBe('/supervision/routes');
  });

  it.each([
    [{ ...PRISE, par: null, route: null, amont: null }, "n'est prise par aucune route"],
    [{ ...PRISE, par: 'passerelle', route: null, amont: null }, 'est prise par la passerelle elle-même'],
    [{ ...PRISE, amont: null, sans_amont: 'reponse-locale' }, 'La passerelle répond elle-même.'],
    [{ ...PRISE, amont: null, sans_amont: 'actuator-ferme' }, "le chemin mène à l'actuator d'un service"],
  ])('says when nothing is sent on (%#)', async (corps, texte) => {
    const page = await ouvrir();
    await userEvent.type(screen.getByLabelText('Chemin'), '/x{Enter}');
    await page.apres();
    await page.repondre(ESSAI, corps);
    expect(resultat()).toContain(texte);
  });

  it('wants a path, and puts what the gateway refuses to its field', async () => {
    const page = await ouvrir();
    await userEvent.click(screen.getByRole('button', { name: 'Essayer' }));
    await page.apres();
    page.http.expectNone(ESSAI);
    expect(document.activeElement).toBe(screen.getByLabelText('Chemin'));
    expect(screen.getAllByText(/Le chemin manque/).length).toBeGreaterThan(0);
    await userEvent.type(screen.getByLabelText('Chemin'), '/x');
    await userEvent.type(screen.getByLabelText('En-têtes, un par ligne'), 'sans deux points');
    await userEvent.click(screen.getByRole('button', { name: 'Essayer' }));
    await page.apres();
    const errors = [{ parameter: 'entete', code: 'forme', detail: "L'en-tête s'écrit Nom:valeur." }];
    page.un(ESSAI).flush({ title: 'Requête invalide', code: 'requete-invalide', errors }, { status: 400, statusText: '' });
    await page.apres();
    expect(screen.getByLabelText('En-têtes, un par ligne').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getAllByText(/s'écrit Nom:valeur/).length).toBeGreaterThan(0);
  });

  it('tries again on its own what the history entry holds', async () => {
    history.replaceState({ texte: '/api/clients' }, '');
    const page = await essayer(routes, '/supervision/routes?methode=POST&hote=exemple.fr');
    await page.repondre(ESSAI, PRISE, { chemin: '/api/clients', methode: 'POST', hote: 'exemple.fr' });
    expect(resultat()).toContain('factures');
  });

  it('says why the trial failed', async () => {
    const page = await ouvrir();
    await userEvent.type(screen.getByLabelText('Chemin'), '/x{Enter}');
    await page.apres();
    page.un(ESSAI).flush({ title: 'Hôte étranger', code: 'hote-etranger' }, { status: 403, statusText: '' });
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Hôte étranger');
  });

  it('lets one choose among gateways, by the address', async () => {
    const page = await essayer(routes, '/supervision/routes?instance=g:2');
    const deux = [instance('g:1', {}, 'gateway'), instance('g:2', {}, 'gateway')];
    await page.repondre('/exploitation', annuaire({ applications: [{ nom: 'gateway', instances: deux }] }));
    page.http.expectNone(ROUTES);
    await page.repondre('/exploitation/gateway/g%3A2/gateway/routes', [route('factures', 0)]);
    await userEvent.selectOptions(screen.getByLabelText('Passerelle'), 'g:1');
    await page.apres();
    page.un(ROUTES);
  });

  it('has a skeleton, says when there is no route, and who does not answer', async () => {
    const page = await essayer(routes, '/supervision/routes');
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    await page.repondre('/exploitation', annuaire());
    await page.repondre(ROUTES, []);
    expect(screen.getByText('Aucune route')).toBeTruthy();
  });

  it('says why the table cannot be read', async () => {
    const page = await essayer(routes, '/supervision/routes');
    await page.repondre('/exploitation', annuaire());
    page.un(ROUTES).flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    expect(screen.getByRole('status', { name: 'Instances sans réponse' }).textContent).toContain('Instance injoignable');
  });
});

describe('words of routes', () => {
  it('takes predicates and filters apart', () => {
    expect(predicatsDe(route('a', 0))).toEqual(['Paths: [/api/factures/**]', 'Methods: [GET]']);
    expect(filtreDe("[[Retry retries = 2, methods = ['GET']], order = 2]")).toBe("Retry retries = 2, methods = ['GET']");
  });

  it('sends headers one by one and leaves out what is empty', () => {
    expect(parametresDe({ methode: 'GET', chemin: ' /a b%20c ', hote: ' ', entetes: 'A : 1\n\nB:2' })).toEqual({
      chemin: '/a%20b%20c',
      methode: 'GET',
      entete: ['A:1', 'B:2'],
    });
  });
});
