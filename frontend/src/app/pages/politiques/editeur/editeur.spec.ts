import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { PolitiqueVue } from '../../../api';
import { essayer } from '../../../kernel/essai';
import { politique, relance, simulation } from '../exemples';
import { routes } from '../routes';

const ROUTES = [{ path: 'politiques', children: routes }];
const URL = '/api/politiques/standard';
const SIMULATION = '/api/relances/simulation';
const AVANT = simulation([relance('a', 1), relance('b', 1)]);
const DISPARUE = {
  changement: 'DISPARUE' as const,
  client_id: 'b',
  nom: 'Client b',
  devise: 'EUR',
  niveau_avant: 1,
  niveau: null,
  total_du_avant_centimes: 10_000,
  total_du_centimes: null,
  motif: 'delai-non-atteint' as const,
  detail: '6 jours de retard, le niveau 1 commence à 8.',
};
const APRES = simulation([relance('a', 1)], {
  comparaison: { date_reference: '2026-11-30', apparues: 0, disparues: 1, niveaux_changes: 0, inchangees: 1, differences: [DISPARUE] },
});

afterEach(() => sessionStorage.clear());

async function ouvrir(lue: PolitiqueVue = politique()) {
  const essai = await essayer(ROUTES, '/relances/politiques/standard', { voisines: ['clients'] });
  essai.un(URL).flush(lue, { headers: { ETag: `"${lue.version}"` } });
  await essai.apres();
  await essai.repondre(SIMULATION, AVANT);
  const vieille = politique({ version: 2, intervalle_min_jours: 10, modifie_le: '2026-10-01T08:00:00Z' });
  await essai.repondre(`${URL}/versions`, { elements: [lue, vieille], suivant: null, total: 2 });
  vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined);
  await essai.repondre('/api/notifications/apercu', { sujet: 'Rappel, 42,00 €', texte: 'Bonjour', html: '<p>Bonjour</p>' });
  const qui = userEvent.setup();
  const delai = (niveau: number) => screen.getAllByRole<HTMLInputElement>('textbox', { name: /Jours de retard/ })[niveau - 1]!;
  const taper = async (niveau: number, jours: string) => {
    await qui.clear(delai(niveau));
    await qui.type(delai(niveau), jours);
  };
  const enregistrer = async () => {
    await qui.keyboard('{Control>}s{/Control}');
    await essai.apres();
    return essai.un(URL);
  };
  return { ...essai, qui, delai, taper, enregistrer };
}

const corps = (requete: { request: { body: unknown } }) => JSON.parse(JSON.stringify(requete.request.body)) as Record<string, unknown>;

describe('EditeurPolitique', () => {
  it('shows what is in force, its reminders of the day, a message of it and its versions in words', async () => {
    const { delai } = await ouvrir();
    expect(screen.getByRole('heading', { level: 1, name: 'Relances standard' })).toBeTruthy();
    expect([1, 2, 3, 4].map((niveau) => delai(niveau).value)).toEqual(['5', '15', '30', '45']);
    expect(screen.getByText(/demanderait 2 relances/)).toBeTruthy();
    expect(screen.getByText('Pour Client a, qui le recevrait ce jour-là.')).toBeTruthy();
    expect(screen.getByText('Rappel, 42,00 €')).toBeTruthy();
    expect(screen.getByTitle(/Message/).getAttribute('sandbox')).toBe('');
    expect(screen.getByText('Intervalle minimal, en jours : 10 → 7')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Enregistrer' }).disabled).toBe(true);
    expect(screen.getByText("Rien n'a changé.")).toBeTruthy();
  });

  it('tells the effect of a draft before it is saved: how many fewer, who and why', async () => {
    const { taper, attendre, apres } = await ouvrir();
    await taper(1, '8');
    const demande = await attendre(SIMULATION);
    expect(corps(demande)).toMatchObject({
      politique_brouillon: { nom: 'standard', niveaux: [{ niveau: 1, delai_jours: 8 }, {}, {}, {}] },
    });
    expect(corps(demande)['compare_a']).toBe(corps(demande)['date_reference']);
    demande.flush(APRES);
    await apres();
    expect(screen.getByText(/demanderait 1 relance le .*, une de moins qu'en vigueur/)).toBeTruthy();
    const ligne = screen.getByRole('row', { name: /^Niveau 1 2 1/ });
    expect(
      within(ligne)
        .getAllByRole('cell')
        .map((cellule) => cellule.textContent),
    ).toEqual(['2', '1', '-1']);
    expect(screen.getByRole('link', { name: /Client b/ }).getAttribute('href')).toBe('/clients/b');
    expect(screen.getByText(DISPARUE.detail)).toBeTruthy();
    expect(screen.getByText('Niveau 1 : 5 → 8 jours')).toBeTruthy();
  });

  it('is edited by keyboard: down, insert, delete, add at the end', async () => {
    const { qui, delai } = await ouvrir();
    await qui.click(delai(1));
    await qui.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(delai(2));
    await qui.keyboard('{Alt>}{Enter}{/Alt}');
    await vi.waitFor(() => expect(document.activeElement).toBe(delai(3)));
    expect([delai(3).value, delai(5).value]).toEqual(['22', '45']);
    await qui.keyboard('{Alt>}{Delete}{/Alt}');
    await vi.waitFor(() => expect(document.activeElement).toBe(delai(3)));
    expect(delai(3).value).toBe('30');
    await qui.click(delai(4));
    await qui.keyboard('{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(delai(5)));
    expect(delai(5).value).toBe('60');
    expect(screen.getByText('Niveau 5 ajouté : 60 jours, avec pénalités')).toBeTruthy();
  });

  it('says what is wrong while one types, simulates nothing then, and leads to it on saving', async () => {
    const { taper, qui, delai, http } = await ouvrir();
    await taper(2, '4');
    expect(screen.getByText('Plus que les 5 jours du niveau 1.')).toBeTruthy();
    expect(delai(2).getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/dès que le brouillon est juste/)).toBeTruthy();
    await new Promise((suite) => setTimeout(suite, 700));
    http.expectNone(SIMULATION);
    await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
    http.expectNone((requete) => requete.method === 'PUT');
    expect(document.activeElement).toBe(delai(2));
  });

  it('saves under the version it was read at, and goes on from what was stored', async () => {
    const { taper, enregistrer, apres, repondre } = await ouvrir();
    await taper(4, '50');
    const requete = await enregistrer();
    expect([requete.request.method, requete.request.headers.get('If-Match')]).toEqual(['PUT', '"3"']);
    expect(corps(requete)).toMatchObject({ niveaux: [{}, {}, {}, { niveau: 4, delai_jours: 50, penalites: true, envoi: 'MANUEL' }] });
    const stockee = { ...politique({ version: 4 }), niveaux: corps(requete)['niveaux'] as PolitiqueVue['niveaux'] };
    requete.flush(stockee, { headers: { ETag: '"4"' } });
    await apres();
    expect(screen.getByText(/version 4, en vigueur/)).toBeTruthy();
    expect(screen.getByText("Rien n'a changé.")).toBeTruthy();
    await repondre(`${URL}/versions`, { elements: [stockee, politique()], suivant: null, total: 2 });
    expect(screen.getByText('Niveau 4 : 45 → 50 jours')).toBeTruthy();
    expect(sessionStorage.getItem('politique standard')).toBeNull();
  });

  it('puts the errors of the service at their levels', async () => {
    const { taper, enregistrer, apres, delai } = await ouvrir();
    await taper(4, '50');
    const errors = [{ pointer: '/niveaux/3/delai_jours', code: 'delai-non-croissant', detail: 'Délai refusé.' }];
    (await enregistrer()).flush({ title: 'Données invalides', code: 'donnees-invalides', errors }, { status: 422, statusText: '' });
    await apres();
    expect(screen.getAllByText(/Délai refusé/).length).toBe(2);
    expect(document.activeElement).toBe(delai(4));
  });

  it('asks, when somebody else saved meanwhile, only about what both changed', async () => {
    const { taper, enregistrer, apres, attendre, qui, un } = await ouvrir();
    await taper(1, '8');
    (await enregistrer()).flush({ title: 'Version périmée', code: 'version-perimee' }, { status: 412, statusText: '' });
    const leur = politique({ version: 4, minimum_centimes: 900, niveaux: politique().niveaux.slice(0, 2) });
    (await attendre(URL)).flush(leur, { headers: { ETag: '"4"' } });
    await apres();
    const panneau = screen.getByRole('dialog', { name: 'Modifié entre-temps' });
    expect(panneau.textContent).toContain('Montant minimal pour relancer');
    expect(within(panneau).getByRole('rowheader').textContent).toBe('Échelle');
    await qui.click(within(panneau).getByRole('button', { name: 'Enregistrer ce choix' }));
    await apres();
    const encore = un(URL);
    expect([encore.request.method, encore.request.headers.get('If-Match')]).toEqual(['PUT', '"4"']);
    expect(corps(encore)).toMatchObject({ minimum_centimes: 900, niveaux: [{ delai_jours: 8 }, {}, {}, {}] });
  });

  it('never says failed of what nobody knows, and asks again with the same key', async () => {
    const { taper, enregistrer, apres, attendre } = await ouvrir();
    await taper(1, '8');
    const premiere = await enregistrer();
    premiere.error(new ProgressEvent('timeout'));
    await apres();
    expect(screen.getByText('Résultat inconnu, vérification en cours')).toBeTruthy();
    const seconde = await attendre(URL);
    expect(seconde.request.headers.get('Idempotency-Key')).toBe(premiere.request.headers.get('Idempotency-Key'));
    seconde.flush(politique({ version: 4 }), { headers: { ETag: '"4"' } });
    await apres();
    expect(screen.getByText(/version 4, en vigueur/)).toBeTruthy();
  });

  it('takes an older version into the draft, unsaved, and can be told to forget it', async () => {
    const { qui, http } = await ouvrir();
    await qui.click(screen.getByRole('button', { name: 'Reprendre la version 2 dans le brouillon' }));
    expect(screen.getByLabelText<HTMLInputElement>(/Intervalle/).value).toBe('10');
    http.expectNone((requete) => requete.method === 'PUT');
    await qui.click(screen.getByRole('button', { name: 'Abandonner le brouillon' }));
    expect(screen.getByLabelText<HTMLInputElement>(/Intervalle/).value).toBe('7');
  });

  it('keeps what was typed over a reload, under the version it was read at', async () => {
    const { taper } = await ouvrir();
    await taper(1, '8');
    await vi.waitFor(() => expect(sessionStorage.getItem('politique standard')).toContain('"8"'));
    const garde = sessionStorage.getItem('politique standard') ?? '';
    document.body.replaceChildren();
    const { TestBed } = await import('@angular/core/testing');
    TestBed.resetTestingModule();
    sessionStorage.setItem('politique standard', garde);
    const { delai, enregistrer } = await ouvrir(politique({ version: 4, libelle: 'Autre' }));
    expect(delai(1).value).toBe('8');
    expect(screen.getByText(/Votre brouillon d'avant est repris/)).toBeTruthy();
    expect((await enregistrer()).request.headers.get('If-Match')).toBe('"3"');
  });

  it('asks before a draft is left', async () => {
    const { taper, router, apres } = await ouvrir();
    await taper(1, '8');
    const demander = vi.spyOn(window, 'confirm').mockReturnValue(false);
    await router.navigateByUrl('/clients');
    expect([demander.mock.calls.length, router.url]).toEqual([1, '/relances/politiques/standard']);
    demander.mockReturnValue(true);
    await router.navigateByUrl('/clients');
    await apres();
    expect([router.url, sessionStorage.getItem('politique standard')]).toEqual(['/clients', null]);
    demander.mockRestore();
  });

  it('keeps its last effect, greyed with its age, and does not save while batch is out', async () => {
    const { taper, panne } = await ouvrir();
    await taper(1, '8');
    await panne(SIMULATION, 'batch');
    expect(screen.getByText(/batch ne répond pas : votre brouillon reste ici/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Enregistrer' }).disabled).toBe(true);
    expect(screen.getAllByText(/le service ne répond pas/).length).toBeGreaterThan(0);
  });

  it('says when there is no such policy', async () => {
    const { un, apres } = await essayer(ROUTES, '/relances/politiques/standard');
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    un(URL).flush({ title: 'Ressource introuvable', code: 'ressource-introuvable' }, { status: 404, statusText: '' });
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('Ressource introuvable');
  });
});
