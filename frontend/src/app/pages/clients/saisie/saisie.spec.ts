import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer } from '../../../kernel/essai';
import { client, page } from '../exemples';
import { routes } from '../routes';

const OK = { niveau: 'OK', code: null, detail: null, propose: null, propose_pour: null };

async function ouvrir(adresse = '/clients/nouveau') {
  sessionStorage.clear();
  const essai = await essayer(routes, adresse);
  if (adresse.includes('modification')) {
    essai.un('/api/clients/a').flush(client('a', { telephone: '+33140000000' }), { headers: { ETag: '"1"' } });
    await essai.apres();
  }
  await essai.repondre(
    '/api/politiques',
    page([
      { nom: 'standard', libelle: 'Standard' },
      { nom: 'souple', libelle: 'Souple' },
    ]),
  );
  const qui = userEvent.setup();
  const champ = (nom: RegExp | string) => screen.getByLabelText<HTMLInputElement>(nom);
  const enregistrer = async () => {
    await qui.click(screen.getByRole('button', { name: 'Enregistrer' }));
    await essai.apres();
  };
  /** Answers a question asked at a pause in typing. */
  const constater = (url: string, corps: object[]) => vi.waitFor(() => essai.repondre(url, corps), { timeout: 2_000 });
  return { ...essai, qui, champ, enregistrer, constater };
}

describe('SaisieClient', () => {
  it('requires a type, leads to what is missing, and sends nothing before', async () => {
    const { http, enregistrer, champ } = await ouvrir();
    await enregistrer();
    expect(document.activeElement).toBe(champ(/^Type/));
    expect(screen.getAllByText('La raison sociale manque.').length).toBeGreaterThan(0);
    http.expectNone((r) => r.method === 'POST');
  });

  it('has the fields of the type only', async () => {
    const { qui, champ } = await ouvrir();
    await qui.selectOptions(champ(/^Type/), 'PARTICULIER');
    expect([screen.queryByLabelText('SIREN'), screen.queryByLabelText(/Raison/)]).toEqual([null, null]);
    expect(champ(/^Nom/)).toBeTruthy();
    await qui.selectOptions(champ(/^Type/), 'PUBLIC');
    expect([screen.queryByLabelText(/Mode de calcul/), champ('SIREN').tagName]).toEqual([null, 'INPUT']);
  });

  it('shows what the service thinks of a field, proposes the VAT number, and never waits', async () => {
    const { qui, champ, constater } = await ouvrir();
    await qui.selectOptions(champ(/^Type/), 'ENTREPRISE');
    await qui.type(champ('SIREN'), '732829320');
    await constater('/api/clients/verification', [{ ...OK, champ: 'siren', propose: 'FR44732829320', propose_pour: 'tva_intracom' }]);
    expect(screen.getByText('✓ vérifié')).toBeTruthy();
    await qui.click(screen.getByRole('button', { name: 'Utiliser FR44732829320' }));
    expect(champ('TVA intracommunautaire').value).toBe('FR44732829320');
    expect(screen.queryByRole('button', { name: /Utiliser/ })).toBeNull();
  });

  it('keeps the finding to the text it was made of', async () => {
    const { qui, champ, constater } = await ouvrir();
    const faux = { ...OK, champ: 'email', niveau: 'ERREUR', code: 'courriel-invalide', detail: 'Adresse invalide.' };
    await qui.type(champ('Courriel'), 'a@');
    await qui.tab();
    await constater('/api/clients/verification', [faux]);
    expect(screen.getByText('Adresse invalide.')).toBeTruthy();
    await qui.type(champ('Courriel'), 'b.fr');
    expect(screen.queryByText('Adresse invalide.')).toBeNull();
  });

  it('warns of clients that may be the same, with links', async () => {
    const { qui, champ, constater } = await ouvrir();
    await qui.selectOptions(champ(/^Type/), 'ENTREPRISE');
    await qui.type(champ(/Raison sociale/), 'ACME');
    await constater('/api/clients/doublons', [
      { id: 'z', nom_affiche: 'Acme SA', siren: null, ville: 'Lyon', motif: 'NOM', archive: true },
    ]);
    const alerte = screen.getByText('Peut-être déjà connu').closest<HTMLElement>('[role="status"]')!;
    expect(alerte.textContent?.replace(/\s+/g, ' ')).toContain('même nom , Lyon , archivé');
    expect(within(alerte).getByRole('link').getAttribute('href')).toBe('/clients/z');
  });

  it('holds terms to the law of the type', async () => {
    const { qui, champ } = await ouvrir();
    await qui.selectOptions(champ(/^Type/), 'PUBLIC');
    await qui.clear(champ(/Délai/));
    await qui.type(champ(/Délai/), '45');
    await qui.tab();
    expect(screen.getByText(/De 0 à 30 jours/)).toBeTruthy();
    await qui.selectOptions(champ(/^Type/), 'ENTREPRISE');
    expect(screen.queryByText(/De 0 à/)).toBeNull();
  });

  it('creates a client once, Ctrl+S included, and goes to its sheet', async () => {
    const { qui, champ, un, apres, router } = await ouvrir();
    await qui.selectOptions(champ(/^Type/), 'ENTREPRISE');
    await qui.type(champ(/Raison sociale/), '  ACME ');
    await qui.keyboard('{Control>}s{/Control}');
    await apres();
    const requete = un('/api/clients');
    expect(requete.request.headers.get('Idempotency-Key')).toBeTruthy();
    expect(JSON.parse(JSON.stringify(requete.request.body))).toMatchObject({
      type: 'ENTREPRISE',
      raison_sociale: 'ACME',
      adresse: null,
      siren: null,
    });
    requete.flush(client('n'), { status: 201, statusText: '' });
    await vi.waitFor(() => expect(router.url).toBe('/clients/n'), { timeout: 5_000 });
  });

  it('puts the errors of the service at their fields', async () => {
    const { qui, champ, un, apres, enregistrer } = await ouvrir();
    await qui.selectOptions(champ(/^Type/), 'ENTREPRISE');
    await qui.type(champ(/Raison sociale/), 'ACME');
    await enregistrer();
    const errors = [{ pointer: '/conditions_paiement/delai_jours', code: 'delai-illegal', detail: 'Délai trop long.' }];
    un('/api/clients').flush({ title: 'Invalide', code: 'corps-invalide', errors }, { status: 422, statusText: '' });
    await apres();
    expect(document.activeElement).toBe(champ(/Délai/));
    expect(screen.getByRole('alert').textContent).toContain('Délai trop long.');
  });

  it('says that the outcome is unknown, never that it failed, and asks again with the same key', async () => {
    const { qui, champ, un, apres, enregistrer, router } = await ouvrir();
    await qui.selectOptions(champ(/^Type/), 'ENTREPRISE');
    await qui.type(champ(/Raison sociale/), 'ACME');
    await enregistrer();
    const premiere = un('/api/clients');
    premiere.error(new ProgressEvent('error'));
    await apres();
    expect(screen.getByText(/Résultat inconnu, vérification en cours/)).toBeTruthy();
    await vi.waitFor(
      () => {
        const seconde = un('/api/clients');
        expect(seconde.request.headers.get('Idempotency-Key')).toBe(premiere.request.headers.get('Idempotency-Key'));
        seconde.flush(client('n'), { status: 201, statusText: '' });
      },
      { timeout: 2_000 },
    );
    await vi.waitFor(() => expect(router.url).toBe('/clients/n'), { timeout: 5_000 });
  });

  it('changes a client under its version', async () => {
    const { qui, champ, un, enregistrer } = await ouvrir('/clients/a/modification');
    expect(champ(/Raison sociale/).value).toBe('Société a');
    await qui.clear(champ('Ville'));
    await qui.type(champ('Ville'), 'Lyon');
    await enregistrer();
    const requete = un('/api/clients/a');
    expect([requete.request.method, requete.request.headers.get('If-Match')]).toEqual(['PUT', '"1"']);
    expect(requete.request.body).toMatchObject({ adresse: { ville: 'Lyon' }, telephone: '+33140000000' });
  });

  it('merges what somebody else changed elsewhere, without a question', async () => {
    const { qui, champ, un, apres, enregistrer } = await ouvrir('/clients/a/modification');
    await qui.clear(champ('Ville'));
    await qui.type(champ('Ville'), 'Lyon');
    await enregistrer();
    un('/api/clients/a').flush({ title: 'Modifiée', code: 'version-perimee' }, { status: 412, statusText: '' });
    await apres();
    un('/api/clients/a').flush(client('a', { telephone: '+33611111111' }), { headers: { ETag: '"2"' } });
    await apres();
    const seconde = un('/api/clients/a');
    expect(seconde.request.headers.get('If-Match')).toBe('"2"');
    expect(seconde.request.body).toMatchObject({ adresse: { ville: 'Lyon' }, telephone: '+33611111111' });
  });

  it('asks field by field where both changed the same', async () => {
    const { qui, champ, un, apres, enregistrer } = await ouvrir('/clients/a/modification');
    await qui.clear(champ('Ville'));
    await qui.type(champ('Ville'), 'Lyon');
    await enregistrer();
    un('/api/clients/a').flush({ title: 'Modifiée', code: 'version-perimee' }, { status: 412, statusText: '' });
    await apres();
    const autre = client('a', { adresse: { ligne1: '1 rue A', ligne2: null, code_postal: '75001', ville: 'Nice', pays: 'FR' } });
    un('/api/clients/a').flush(autre, { headers: { ETag: '"2"' } });
    await apres();
    const panneau = screen.getByRole('dialog', { name: 'Modifié entre-temps' });
    expect(within(panneau).getByRole('row', { name: /Ville/ }).textContent).toMatch(/Paris.*Lyon.*Nice/s);
    await qui.click(within(panneau).getByRole('radio', { name: /leur version/ }));
    await qui.click(within(panneau).getByRole('button', { name: 'Enregistrer ce choix' }));
    await apres();
    expect(un('/api/clients/a').request.body).toMatchObject({ adresse: { ville: 'Nice' } });
  });

  it('asks before what was typed is lost', async () => {
    const { qui, champ, router, apres } = await ouvrir();
    const question = vi.spyOn(window, 'confirm').mockReturnValue(false);
    await qui.type(champ('Courriel'), 'x');
    await qui.click(screen.getByRole('button', { name: 'Annuler' }));
    await apres();
    expect([question.mock.calls.length, router.url]).toEqual([1, '/clients/nouveau']);
    question.mockRestore();
  });

  it('keeps what is typed while client-service is out', async () => {
    const { qui, champ, panne } = await ouvrir();
    await qui.type(champ('Courriel'), 'a@x.fr');
    await vi.waitFor(() => panne('/api/clients/verification', 'client-service'), { timeout: 2_000 });
    expect(screen.getByText(/client-service ne répond pas\s: votre saisie reste ici/)).toBeTruthy();
    expect(champ('Courriel').value).toBe('a@x.fr');
  });

  it('says why a record cannot be read', async () => {
    sessionStorage.clear();
    const { un, apres } = await essayer(routes, '/clients/a/modification');
    un('/api/clients/a').flush({ title: 'Client introuvable', code: 'client-introuvable' }, { status: 404, statusText: '' });
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('Client introuvable');
  });
});
