import { fireEvent, screen, within } from '@testing-library/angular';
import { essayer } from '../../../kernel/essai';
import { facture } from '../exemples';
import { routes } from '../routes';
import { actif, BROUILLON, cellule, cellules, CLIENT, ouvrirEditeur as ouvrir, total } from './essai-editeur';

vi.setConfig({ testTimeout: 20_000 });

beforeEach(() =>
  vi.stubGlobal(
    'confirm',
    vi.fn(() => false),
  ),
);
afterEach(() => vi.unstubAllGlobals());

describe('EditeurFacture', () => {
  it('writes an invoice by keyboard alone: client, lines with Enter, totals as they come', async () => {
    const { qui, repondre, un, apres, router } = await ouvrir('/factures/nouvelle');
    await qui.type(screen.getByRole('combobox', { name: 'Client' }), 'gam');
    await vi.waitFor(() => un('/api/clients').flush({ elements: [CLIENT], suivant: null, total: 1 }));
    await apres();
    await qui.keyboard('{Enter}');
    await apres();
    await repondre('/api/clients/c1', CLIENT);
    expect(screen.getByText(/45 jours, puis fin de mois : échéance le/)).toBeTruthy();
    await qui.click(cellule('Désignation 1'));
    await qui.keyboard('Conseil{Enter}2.5{Enter}h{Enter}80{Enter}{Enter}{Enter}');
    expect(actif()).toBe('Désignation 2');
    await qui.keyboard('Livres{Tab}12{Tab}{Tab}9,99{Tab}10{Tab}5,5');
    expect(total(/Total TTC/)).toContain('353,82');
    expect(total(/TVA 5,5/)).toContain('5,93');
    await qui.keyboard('{Tab}');
    expect(actif()).toBe('Désignation 3');
    expect(cellule('TVA % 3').value).toBe('5,5');
    await qui.keyboard('{Control>}s{/Control}');
    await apres();
    const creation = un('/api/factures');
    expect(creation.request.body).toMatchObject({
      client_id: 'c1',
      lignes: [
        { designation: 'Conseil', quantite: '2.5', unite: 'h', prix_unitaire_ht: '80', remise_pourcent: '0', taux_tva: '20' },
        { designation: 'Livres', quantite: '12', unite: null, prix_unitaire_ht: '9.99', remise_pourcent: '10', taux_tva: '5.5' },
      ],
    });
    creation.flush({ ...BROUILLON, total_ttc_centimes: 35382 }, { status: 201, statusText: '', headers: { ETag: '"1"' } });
    await apres();
    await vi.waitFor(() => expect(router.url).toBe('/factures/f1/modification'));
    expect(actif()).toBe('Désignation 3');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Brouillon pour Gamma SARL');
    expect(screen.getByText(/enregistré à \d\d:\d\d/)).toBeTruthy();
  });

  it('leaves the grid with Tab only from an empty last line', async () => {
    const { qui } = await ouvrir();
    await qui.click(cellule('TVA % 1'));
    await qui.keyboard('{Tab}');
    expect(actif()).toBe('Désignation 2');
    await qui.click(cellule('TVA % 2'));
    await qui.keyboard('{Tab}');
    expect(document.activeElement?.textContent?.trim()).toBe('Ajouter une ligne');
    await qui.click(cellule('Désignation 1'));
    await qui.keyboard('{Shift>}{Tab}{/Shift}');
    expect(document.activeElement).toBe(screen.getByLabelText('Devise'));
  });

  it('moves, copies, inserts and deletes lines with Alt, and undoes', async () => {
    const { qui } = await ouvrir();
    await qui.click(cellule('PU HT 1'));
    await qui.keyboard('{Alt>}{Shift>}{ArrowDown}{/Shift}{/Alt}');
    expect([actif(), cellule('Désignation 2').value]).toEqual(['PU HT 2', 'Conseil']);
    await qui.click(cellule('Désignation 2'));
    await qui.keyboard(' bis{Alt>}{ArrowUp}{/Alt}');
    expect([actif(), cellule('Désignation 1').value, cellule('Désignation 2').value]).toEqual(['Désignation 1', 'Conseil bis', 'Conseil']);
    await qui.keyboard('{Alt>}{Enter}{/Alt}');
    expect([actif(), cellules().filter((champ) => champ.dataset['cle'] === 'designation').length]).toEqual(['Désignation 2', 3]);
    await qui.keyboard('{ArrowUp}{Alt>}{Delete}{/Alt}');
    expect(cellule('Désignation 1').value).toBe('');
    await qui.click(screen.getByRole('button', { name: /Annuler.*Ligne 1 supprimée/ }));
    expect(cellule('Désignation 1').value).toBe('Conseil bis');
  });

  it('moves by arrows within the column, and inside a text of several lines first', async () => {
    const { qui } = await ouvrir('/factures/f1/modification', {
      ...BROUILLON,
      lignes: [BROUILLON.lignes[0]!, { ...BROUILLON.lignes[0]!, designation: 'Deux\nlignes' }],
    });
    await qui.click(cellule('Quantité 1'));
    await qui.keyboard('{ArrowDown}');
    expect(actif()).toBe('Quantité 2');
    const texte = cellule('Désignation 2');
    texte.focus();
    texte.setSelectionRange(8, 8);
    await qui.keyboard('{ArrowUp}');
    expect(actif()).toBe('Désignation 2');
    texte.setSelectionRange(0, 0);
    await qui.keyboard('{ArrowUp}');
    expect(actif()).toBe('Désignation 1');
  });

  it('pastes a block copied from a spreadsheet as cells, and a single text as text', async () => {
    const { qui } = await ouvrir();
    await qui.click(cellule('Désignation 1'));
    await qui.paste('Vis\t12\tu\t1\u202f234,50 €\t\t20 %\r\nÉcrou\t7\tu\t2,5\t5\t5,5\r\n');
    expect(cellule('PU HT 1').value).toBe('1234,50');
    expect(cellule('Désignation 2').value).toBe('Écrou');
    expect(total(/TVA 5,5/)).toContain('16,63');
    await qui.click(screen.getByRole('button', { name: /Annuler.*2.lignes collées/ }));
    expect(cellule('Désignation 1').value).toBe('Conseil');
    await qui.clear(cellule('PU HT 1'));
    await qui.click(cellule('PU HT 1'));
    await qui.paste('99,90 €');
    await qui.tab();
    expect(cellule('PU HT 1').value).toBe('99,90');
  });

  it('shows what is wrong in its cell, stores the rest and says so', async () => {
    const { qui, enregistrer } = await ouvrir();
    await qui.click(cellule('TVA % 1'));
    await qui.keyboard('{Enter}Sans prix{Enter}{Enter}{Enter}{Enter}');
    const prix = cellule('PU HT 2');
    expect(prix.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(prix.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Prix manquant');
    await qui.type(screen.getByLabelText('N° de commande'), 'BC-7');
    expect((await enregistrer({ numero_commande: 'BC-7' })).lignes).toHaveLength(1);
    expect(screen.getByText(/enregistré à .*, sauf la ligne 2 \(Prix manquant\)/)).toBeTruthy();
    await qui.click(screen.getByRole('button', { name: 'Aller à la ligne' }));
    expect(actif()).toBe('PU HT 2');
  });

  it('shows the figures of the service once stored, and raises the alarm when they are others', async () => {
    const { qui, enregistrer } = await ouvrir();
    await qui.clear(cellule('Quantité 1'));
    await qui.type(cellule('Quantité 1'), '3');
    expect(total(/Total TTC/)).toContain('288,00');
    await enregistrer({ total_tva_centimes: 4801, total_ttc_centimes: 28801 });
    expect(total(/Total TTC/)).toContain('288,01');
    expect(screen.getByText(/Le service compte autrement/)).toBeTruthy();
  });

  it('merges what somebody else changed without a question, and stores on top of it', async () => {
    const { qui, un, apres } = await ouvrir();
    await qui.type(screen.getByLabelText('N° de commande'), 'BC-7');
    await qui.keyboard('{Control>}s{/Control}');
    await apres();
    un('/api/factures/f1').flush({ title: 'Périmée', code: 'version-perimee' }, { status: 412, statusText: '' });
    await apres();
    const leurs = [{ ...BROUILLON.lignes[0]!, quantite: '4' }];
    un('/api/factures/f1').flush({ ...BROUILLON, lignes: leurs }, { headers: { ETag: '"5"' } });
    await apres();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(cellule('Quantité 1').value).toBe('4');
    const suite = un('/api/factures/f1');
    expect(suite.request.headers.get('If-Match')).toBe('"5"');
    expect(suite.request.body).toMatchObject({ numero_commande: 'BC-7', lignes: [{ quantite: '4' }] });
  });

  it('asks, field by field, about what both changed; nothing typed is lost meanwhile', async () => {
    const { qui, un, apres } = await ouvrir();
    await qui.clear(cellule('Quantité 1'));
    await qui.type(cellule('Quantité 1'), '3');
    await qui.keyboard('{Control>}s{/Control}');
    await apres();
    un('/api/factures/f1').flush({ title: 'Périmée', code: 'version-perimee' }, { status: 412, statusText: '' });
    await apres();
    un('/api/factures/f1').flush({ ...BROUILLON, lignes: [{ ...BROUILLON.lignes[0]!, quantite: '4' }] }, { headers: { ETag: '"5"' } });
    await apres();
    const dialogue = screen.getByRole('dialog', { name: 'Modifié entre-temps' });
    expect(within(dialogue).getByRole('row', { name: /Ligne 1 : quantité.*2,5.*3.*4/ })).toBeTruthy();
    await qui.click(within(dialogue).getByRole('button', { name: 'Revenir au formulaire' }));
    expect(cellule('Quantité 1').value).toBe('3');
    await qui.click(screen.getByRole('button', { name: 'Départager' }));
    await qui.click(screen.getByRole('radio', { name: /leur version/ }));
    await qui.click(screen.getByRole('button', { name: 'Enregistrer ce choix' }));
    await apres();
    expect(cellule('Quantité 1').value).toBe('4');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('keeps what is typed when the draft was issued meanwhile, and says so', async () => {
    const { qui, un, apres } = await ouvrir();
    await qui.type(screen.getByLabelText('N° de commande'), 'BC-7');
    await qui.keyboard('{Control>}s{/Control}');
    await apres();
    un('/api/factures/f1').flush({ title: 'Émise', code: 'facture-emise' }, { status: 409, statusText: '' });
    await apres();
    un('/api/factures/f1').flush(facture({ numero: 'FA-2026-000009' }));
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('FA-2026-000009');
    expect(screen.getByLabelText('N° de commande')).toHaveProperty('value', 'BC-7');
    await qui.click(screen.getByRole('button', { name: 'Garder ma saisie dans un nouveau brouillon' }));
    await apres();
    expect(un('/api/factures').request.body.numero_commande).toBe('BC-7');
  });

  it('goes on while the service is out; leaving or closing asks', async () => {
    const { qui, un, apres, router } = await ouvrir();
    await qui.type(screen.getByLabelText('N° de commande'), 'BC-7');
    await qui.keyboard('{Control>}s{/Control}');
    await apres();
    un('/api/factures/f1').flush('', { status: 503, statusText: '', headers: { 'Retry-After': '30' } });
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('facture-service ne répond pas');
    await qui.type(screen.getByLabelText('Référence'), 'R');
    expect(window.dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(false);
    void router.navigateByUrl('/factures/f1');
    await apres();
    un('/api/factures/f1').flush('', { status: 503, statusText: '' });
    await vi.waitFor(() => expect(window.confirm).toHaveBeenCalled());
    await apres();
    expect(router.url).toBe('/factures/f1/modification');
  });

  it('stores on leaving, without asking', async () => {
    const { qui, un, apres, router } = await ouvrir();
    await qui.type(screen.getByLabelText('N° de commande'), 'BC-7');
    void router.navigateByUrl('/clients/c1');
    await apres();
    un('/api/factures/f1').flush({ ...BROUILLON, numero_commande: 'BC-7' }, { headers: { ETag: '"2"' } });
    await vi.waitFor(() => expect(router.url).toBe('/clients/c1'));
    expect(window.confirm).not.toHaveBeenCalled();
  });

  it('shows a refusal with ways to the cells it is about', async () => {
    const { qui, un, apres } = await ouvrir();
    await qui.type(screen.getByLabelText('N° de commande'), 'BC-7');
    await qui.keyboard('{Control>}s{/Control}');
    await apres();
    const errors = [{ pointer: '/lignes/0/taux_tva', code: 'taux-tva-inconnu', detail: 'Taux inconnu en 2026.' }];
    un('/api/factures/f1').flush({ title: 'Invalide', code: 'corps-invalide', errors }, { status: 422, statusText: '' });
    await apres();
    await qui.click(screen.getByRole('button', { name: 'Taux inconnu en 2026.' }));
    expect(actif()).toBe('TVA % 1');
  });

  it('issues only what is complete and stored', async () => {
    const { qui, un, apres, http } = await ouvrir();
    await qui.click(cellule('TVA % 1'));
    await qui.keyboard('{Enter}Sans prix{Control>}{Enter}{/Control}');
    expect(screen.getByRole('alert').textContent).toContain('La ligne 2 est incomplète');
    expect(actif()).toBe('PU HT 2');
    await qui.keyboard('10{Control>}{Enter}{/Control}');
    await apres();
    http.expectNone('/api/factures/f1/emission');
    un('/api/factures/f1').flush(
      {
        ...BROUILLON,
        total_ttc_centimes: 25200,
        total_ht_centimes: 21000,
        total_tva_centimes: 4200,
        ventilation_tva: [{ taux_tva: '20.0', base_ht_centimes: 21000, tva_centimes: 4200 }],
      },
      { headers: { ETag: '"2"' } },
    );
    await apres();
    expect(screen.getByRole('dialog', { name: 'Émission' })).toBeTruthy();
  });

  it('issues nothing without a client or without lines, and leads there', async () => {
    const { qui } = await ouvrir('/factures/nouvelle');
    await qui.keyboard('{Control>}{Enter}{/Control}');
    expect(screen.getByRole('alert').textContent).toContain('client');
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Client' }));
  });

  it('shows what will be missing before anything is stored, and the checks of the service afterwards', async () => {
    const { un, apres, repondre } = await ouvrir('/factures/nouvelle');
    void un;
    fireEvent.input(screen.getByRole('combobox', { name: 'Client' }), { target: { value: 'gam' } });
    await vi.waitFor(() => un('/api/clients').flush({ elements: [CLIENT], suivant: null, total: 1 }));
    await apres();
    fireEvent.keyDown(screen.getByRole('combobox', { name: 'Client' }), { key: 'Enter' });
    await apres();
    await repondre('/api/clients/c1', { ...CLIENT, adresse: null, siren: null, email: null });
    expect(screen.getByText(/n'a pas d'adresse postale/)).toBeTruthy();
    expect(screen.getByText(/SIREN de ce client professionnel manque/)).toBeTruthy();
  });

  it('opens the document instead when it is no draft any more, and says when there is none', async () => {
    const essai = await essayer(routes, '/factures/f1/modification');
    essai.un('/api/factures/f1').flush(facture());
    await vi.waitFor(() => expect(essai.router.url).toBe('/factures/f1'));
  });

  it('says that there is no such draft', async () => {
    const essai = await essayer(routes, '/factures/x/modification');
    essai.un('/api/factures/x').flush({ title: 'Facture introuvable', code: 'facture-introuvable' }, { status: 404, statusText: '' });
    await essai.apres();
    expect(screen.getByRole('alert').textContent).toContain('Facture introuvable');
  });
});
