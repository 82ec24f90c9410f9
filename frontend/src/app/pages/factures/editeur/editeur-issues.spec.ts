import { screen, within } from '@testing-library/angular';
import { essayer } from '../../../kernel/essai';
import { routes } from '../routes';
import { actif, BROUILLON, cellule, CLIENT, ouvrirEditeur as ouvrir } from './essai-editeur';

vi.setConfig({ testTimeout: 20_000 });
beforeEach(() =>
  vi.stubGlobal(
    'confirm',
    vi.fn(() => false),
  ),
);
afterEach(() => vi.unstubAllGlobals());

const statut = (): string => document.querySelector('.statut')?.textContent?.trim() ?? '';

/** A new invoice for the client, one line typed. */
async function nouvelle() {
  const page = await ouvrir('/factures/nouvelle');
  await page.qui.type(screen.getByRole('combobox', { name: 'Client' }), 'gam');
  await vi.waitFor(() => page.un('/api/clients').flush({ elements: [CLIENT], suivant: null, total: 1 }));
  await page.apres();
  await page.qui.keyboard('{Enter}');
  await page.apres();
  await page.repondre('/api/clients/c1', CLIENT);
  await page.qui.click(cellule('Désignation 1'));
  await page.qui.keyboard('Conseil{Enter}1{Enter}{Enter}80');
  return page;
}

describe('EditeurFacture, what may come of a save', () => {
  it('stores by itself after two idle seconds, never while one types, and says since when', async () => {
    const { qui, attendre, apres, http } = await ouvrir();
    await qui.type(screen.getByLabelText('N° de commande'), 'BC-7');
    expect(statut()).toBe('modifié, enregistré dans un instant');
    http.expectNone('/api/factures/f1');
    const depuis = Date.now();
    const requete = await attendre('/api/factures/f1');
    expect(Date.now() - depuis).toBeGreaterThan(1_500);
    expect([requete.request.method, requete.request.headers.get('If-Match')]).toEqual(['PUT', '"1"']);
    expect(requete.request.body).toMatchObject({ numero_commande: 'BC-7' });
    expect(statut()).toBe('enregistrement…');
    await qui.type(screen.getByLabelText('Référence'), 'R');
    requete.flush({ ...BROUILLON, numero_commande: 'BC-7' }, { headers: { ETag: '"2"' } });
    await apres();
    expect(statut()).toBe('modifié, enregistré dans un instant');
    const seconde = await attendre('/api/factures/f1');
    expect([seconde.request.headers.get('If-Match'), seconde.request.body.reference_externe]).toEqual(['"2"', 'R']);
    seconde.flush({ ...BROUILLON, numero_commande: 'BC-7', reference_externe: 'R' }, { headers: { ETag: '"3"' } });
    await apres();
    expect(statut()).toMatch(/^enregistré à \d\d:\d\d$/);
  });

  it('never says failed of a new draft nobody knows of, and asks again with the same key and body', async () => {
    const { qui, attendre, apres, router } = await nouvelle();
    await qui.keyboard('{Control>}s{/Control}');
    const premiere = await attendre('/api/factures');
    premiere.error(new ProgressEvent('timeout'));
    await apres();
    expect(statut()).toBe('Résultat inconnu, vérification en cours');
    expect(screen.queryByText(/échec/i)).toBeNull();
    await qui.type(screen.getByLabelText('Référence'), 'R');
    const seconde = await attendre('/api/factures');
    expect(seconde.request.headers.get('Idempotency-Key')).toBe(premiere.request.headers.get('Idempotency-Key'));
    expect(seconde.request.body).toEqual(premiere.request.body);
    seconde.flush({ ...BROUILLON, total_ttc_centimes: 9600 }, { status: 201, statusText: '', headers: { ETag: '"1"' } });
    await apres();
    await vi.waitFor(() => expect(router.url).toBe('/factures/f1/modification'));
    expect((await attendre('/api/factures/f1')).request.body).toMatchObject({ reference_externe: 'R' });
  });

  it('keeps mine where both changed the same, and the rest of theirs', async () => {
    const { qui, un, apres } = await ouvrir();
    await qui.clear(cellule('Quantité 1'));
    await qui.type(cellule('Quantité 1'), '3');
    await qui.keyboard('{Control>}s{/Control}');
    await apres();
    un('/api/factures/f1').flush({ title: 'Périmée', code: 'version-perimee' }, { status: 412, statusText: '' });
    await apres();
    const leurs = { ...BROUILLON, numero_commande: 'BC-9', lignes: [{ ...BROUILLON.lignes[0]!, quantite: '4' }] };
    un('/api/factures/f1').flush(leurs, { headers: { ETag: '"5"' } });
    await apres();
    const dialogue = screen.getByRole('dialog', { name: 'Modifié entre-temps' });
    await qui.click(within(dialogue).getByRole('button', { name: 'Garder toute ma saisie' }));
    await qui.keyboard('{Control>}{Enter}{/Control}');
    await apres();
    const suite = un('/api/factures/f1');
    expect(suite.request.headers.get('If-Match')).toBe('"5"');
    expect(suite.request.body).toMatchObject({ numero_commande: 'BC-9', lignes: [{ quantite: '3' }] });
    expect(cellule('Quantité 1').value).toBe('3');
  });

  it('keeps what is typed when the draft was deleted meanwhile, and stores it as another one', async () => {
    const { qui, un, apres } = await ouvrir();
    await qui.type(screen.getByLabelText('N° de commande'), 'BC-7');
    await qui.keyboard('{Control>}s{/Control}');
    await apres();
    un('/api/factures/f1').flush({ title: 'Introuvable', code: 'facture-introuvable' }, { status: 404, statusText: '' });
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('supprimé entre-temps');
    expect(screen.getByLabelText('N° de commande')).toHaveProperty('value', 'BC-7');
    await qui.click(screen.getByRole('button', { name: "L'enregistrer comme nouveau brouillon" }));
    await apres();
    const creation = un('/api/factures');
    expect([creation.request.method, creation.request.body.numero_commande]).toEqual(['POST', 'BC-7']);
  });

  it('issues nothing of what could not be stored', async () => {
    const { qui, un, apres, http } = await ouvrir();
    await qui.type(screen.getByLabelText('N° de commande'), 'BC-7');
    await qui.keyboard('{Control>}{Enter}{/Control}');
    await apres();
    const errors = [{ pointer: '/numero_commande', code: 'trop-long', detail: 'Trop long.' }];
    un('/api/factures/f1').flush({ title: 'Invalide', code: 'donnees-invalides', errors }, { status: 422, statusText: '' });
    await apres();
    expect(screen.getByText(/rien n'a été émis/)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    http.expectNone('/api/factures/f1/emission');
  });

  it('deletes the version that was seen after asking, and says why it may not', async () => {
    const { qui, un, apres, router } = await ouvrir();
    await qui.click(screen.getByRole('button', { name: 'Supprimer…' }));
    await apres();
    await qui.keyboard('{Control>}{Enter}{/Control}');
    await apres();
    const refusee = un('/api/factures/f1');
    expect([refusee.request.method, refusee.request.headers.get('If-Match')]).toEqual(['DELETE', '"1"']);
    refusee.flush({ title: 'Version périmée', detail: 'Elle a changé.', code: 'version-perimee' }, { status: 412, statusText: '' });
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('Elle a changé.');
    await qui.click(screen.getByRole('button', { name: 'Supprimer…' }));
    await qui.click(screen.getByRole('button', { name: 'Supprimer' }));
    await apres();
    un('/api/factures/f1').flush(null, { status: 204, statusText: '' });
    await vi.waitFor(() => expect(router.url).toBe('/factures'));
  });

  it('opens at the field that an address names', async () => {
    await ouvrir('/factures/f1/modification?champ=/lignes/0/taux_tva');
    await vi.waitFor(() => expect(actif()).toBe('TVA % 1'));
  });

  it('waits in the shape of the page, and opens by itself when the service is back', async () => {
    const essai = await essayer(routes, '/factures/f1/modification');
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    await essai.panne('/api/factures/f1', 'facture-service');
    expect(screen.getByRole('alert').textContent).toContain('Service indisponible');
    (await essai.attendre('/api/factures/f1')).flush(BROUILLON, { headers: { ETag: '"1"' } });
    await essai.apres();
    expect(cellule('Désignation 1').value).toBe('Conseil');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
