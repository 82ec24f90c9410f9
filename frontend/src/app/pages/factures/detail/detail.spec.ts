import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { EvenementVue, FactureVue } from '../../../api';
import { essayer } from '../../../kernel/essai';
import { evenement, facture } from '../exemples';
import { recits } from '../recits';
import { routes } from '../routes';
import { actionsDe } from './actions';
import { dimensions } from './etat-des-lieux';

const page = (elements: EvenementVue[]) => ({ elements, suivant: null, total: elements.length });

async function ouvrir(f: FactureVue = facture(), evenements: EvenementVue[] = []) {
  sessionStorage.clear();
  const essai = await essayer(routes, `/factures/${f.id}`, { voisines: ['clients', 'paiements'] });
  await essai.repondre(`/api/factures/${f.id}`, f);
  await essai.repondre(`/api/factures/${f.id}/evenements`, page(evenements));
  const relire = async (apres: FactureVue, suite: EvenementVue[] = []) => {
    await essai.repondre(`/api/factures/${f.id}`, apres);
    await essai.repondre(`/api/factures/${f.id}/evenements`, page(suite));
  };
  return { ...essai, relire, qui: userEvent.setup() };
}

const refus = (f: FactureVue) => Object.fromEntries(actionsDe(f).flatMap(({ nom, refus }) => (refus ? [[nom, refus]] : [])));

describe('actionsDe', () => {
  it('lets a draft be changed, issued and deleted, and says what has to come first for the rest', () => {
    const brouillon = facture({ statut_document: 'BROUILLON', numero: null });
    expect(Object.keys(refus(brouillon)).sort()).toEqual(['avoir', 'ecart', 'envoyer', 'litige', 'paiement']);
    expect(refus(facture({ statut_document: 'BROUILLON', numero: null, lignes: [] }))['emettre']).toMatch(/Sans ligne/);
  });

  it('leaves an issued invoice as it is', () => {
    expect(refus(facture())).toEqual({ modifier: 'Émise : immuable, se corrige par un avoir.' });
    expect(actionsDe(facture()).map(({ nom }) => nom)).not.toContain('supprimer');
  });

  it('asks nothing of what is paid, credited in full, or a credit note', () => {
    expect(Object.keys(refus(facture({ reste_centimes: 0 })))).toEqual(['modifier', 'paiement', 'ecart']);
    expect(refus(facture({ statut_document: 'AVOIREE_TOTALE' }))['avoir']).toMatch(/en totalité/);
    expect(Object.keys(refus(facture({ type: 'AVOIR' })))).toEqual(['modifier', 'paiement', 'avoir', 'ecart', 'litige', 'dupliquer']);
    expect(refus(facture({ client: null }))['envoyer']).toMatch(/adresse électronique/);
  });

  it('closes the dispute that is open', () => {
    const noms = actionsDe(facture({ litige: { motif: 'x', depuis: '2026-11-20', jusqu_au: null } })).map(({ nom }) => nom);
    expect(noms).toContain('cloreLitige');
    expect(noms).not.toContain('litige');
  });
});

describe('dimensions', () => {
  const causes = (f: FactureVue, evenements: EvenementVue[] = []) =>
    dimensions(f, evenements, '2026-11-30').map(({ nom, etat, cause }) => `${nom}: ${etat.mot}, ${cause}`.replace(/[\u00a0\u202f]/g, ' '));

  it('tells each state on a line of its own, with date and cause', () => {
    const reglee = facture({
      statut_reglement: 'PARTIELLE',
      reste_centimes: 14000,
      litige: { motif: 'Prix', depuis: '2026-11-25', jusqu_au: null },
    });
    expect(
      causes(reglee, [evenement({ type: 'REGLEMENT', poste: 'REGLE', date_effet: '2026-11-24' }), evenement({ type: 'ENVOI' })]),
    ).toEqual([
      'Document: Émise, le 20/11/2026, sous le numéro FA-2026-000001',
      'Règlement: Partielle, dernier mouvement le 24/11/2026, reste 140,00 €',
      'Échéance: À échoir, le 20/12/2026, dans 20 j',
      'Litige: En litige, depuis le 25/11/2026 : Prix',
      'Envoi: Demandé, le 20/11/2026',
    ]);
  });

  it('tells of lateness, of a take-over, of a closed dispute and of a draft', () => {
    const enRetard = facture({ reprise: true, en_retard: true, jours_retard: 12, date_echeance: '2026-11-18' });
    expect(causes(enRetard, [evenement({ type: 'LITIGE_CLOS', date_effet: '2026-11-19' })])).toEqual([
      "Document: Émise, le 20/11/2026, reprise d'un autre système",
      'Règlement: Non payée, aucun règlement, reste 240,00 €',
      'Échéance: En retard de 12 j, échue le 18/11/2026',
      "Litige: Clos, jusqu'au 19/11/2026",
      'Envoi: Pas encore, aucun envoi par courriel',
    ]);
    const brouillon = facture({ statut_document: 'BROUILLON', date_emission: null, date_echeance: null, numero: null });
    expect(causes(brouillon)).toEqual(['Document: Brouillon, sans numéro, peut encore changer']);
  });
});

describe('recits', () => {
  it('tells newest first, changes of a draft once, each credit note once with what it credits', () => {
    const avoir = { avoir_id: 'a1', numero: 'AV-2026-000001', motif: 'Geste' };
    const dits = recits([
      evenement({ id: '1', type: 'CREATION' }),
      evenement({ id: '2', type: 'MODIFICATION' }),
      evenement({ id: '3', type: 'MODIFICATION' }),
      evenement({ id: '4', type: 'EMISSION', details: { numero: 'FA-1' } }),
      evenement({ id: '5', type: 'AVOIR', poste: 'AVOIRS', montant_centimes: 4000, details: avoir }),
      evenement({ id: '6', type: 'AVOIR', poste: 'CREDITES', montant_centimes: 5000, details: avoir }),
      evenement({ id: '7', type: 'REGLEMENT', poste: 'REGLE', montant_centimes: 1000, details: { paiement_id: 'p1' } }),
      evenement({ id: '8', type: 'ECART', poste: 'ECARTS', montant_centimes: 12, details: { motif: 'FRAIS_BANCAIRES' } }),
      evenement({ id: '9', type: 'INCONNU_DEMAIN' }),
    ]);
    expect(dits.map(({ id, quoi, detail, centimes, lien }) => [id, quoi, detail, centimes, lien])).toEqual([
      ['9', 'INCONNU_DEMAIN', '', undefined, undefined],
      ['8', 'Écart passé', 'Frais bancaires', -12, undefined],
      ['7', 'Règlement', '', -1000, '/paiements/p1'],
      ['6', 'Avoir', 'AV-2026-000001 · Geste · en partie au crédit du client', -5000, '/factures/a1'],
      ['4', 'Émise', 'FA-1', undefined, undefined],
      ['3', 'Brouillon modifié', '', undefined, undefined],
      ['1', 'Brouillon créé', '', undefined, undefined],
    ]);
  });
});

describe('DetailFacture', () => {
  it('shows the legal page without scripts, the amounts and links both ways', async () => {
    const f = facture({ avoirs_centimes: 5000, reste_centimes: 19000 });
    await ouvrir(f, [
      evenement({
        type: 'AVOIR',
        poste: 'CREDITES',
        montant_centimes: 5000,
        details: { avoir_id: 'a1', numero: 'AV-2026-000001', motif: 'Geste' },
      }),
      evenement({ type: 'REGLEMENT', poste: 'REGLE', montant_centimes: 1000, details: { paiement_id: 'p1' } }),
    ]);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Facture FA-2026-000001');
    const cadre = screen.getByTitle('Page légale du document');
    expect([cadre.getAttribute('src'), cadre.getAttribute('sandbox')]).toEqual(['/api/factures/f1', '']);
    expect(screen.getByRole('row', { name: /Reste dû/ }).textContent).toContain('190,00');
    expect(screen.getByRole('row', { name: /^20\s%/ }).textContent).toContain('40,00');
    expect(screen.getByRole('link', { name: 'AV-2026-000001' }).getAttribute('href')).toBe('/factures/a1');
    expect(screen.getByRole('link', { name: 'paiement' }).getAttribute('href')).toBe('/paiements/p1');
    expect(screen.getByRole('link', { name: 'Gamma SARL' }).getAttribute('href')).toBe('/clients/c1');
  });

  it('leads a credit note back to its invoice', async () => {
    await ouvrir(
      facture({
        type: 'AVOIR',
        numero: 'AV-1',
        motif: 'Geste',
        facture_origine: { id: 'f9', numero: 'FA-9', date_emission: '2026-11-01' },
      }),
    );
    expect(screen.getByRole('link', { name: 'FA-9' }).getAttribute('href')).toBe('/factures/f9');
  });

  it('shows what cannot be done, disabled, with the rule in words', async () => {
    await ouvrir();
    const modifier = screen.getByRole('button', { name: 'Modifier' });
    expect(modifier).toHaveProperty('disabled', true);
    expect(document.getElementById(modifier.getAttribute('aria-describedby') ?? '')?.textContent).toContain('immuable');
  });

  it('credits by keyboard: a, lines, the total as typed, then the credit note is linked', async () => {
    const { qui, un, relire, apres } = await ouvrir();
    await qui.keyboard('a');
    const dialogue = screen.getByRole('dialog', { name: 'Faire un avoir' });
    await qui.type(within(dialogue).getByLabelText("Motif, imprimé sur l'avoir"), 'Une heure de trop');
    await qui.click(within(dialogue).getByRole('radio', { name: 'Des lignes' }));
    expect(within(dialogue).getByRole('status').textContent).toContain('au moins une ligne');
    await qui.type(within(dialogue).getByRole('textbox', { name: 'Conseil' }), '3');
    expect(within(dialogue).getByRole('status').textContent).toContain('plus grande que celle facturée');
    await qui.clear(within(dialogue).getByRole('textbox', { name: 'Conseil' }));
    await qui.type(within(dialogue).getByRole('textbox', { name: 'Conseil' }), '1.0');
    expect(within(dialogue).getByText('96,00 €')).toBeTruthy();
    await qui.keyboard('{Control>}{Enter}{/Control}');
    const requete = un('/api/factures/f1/avoirs');
    expect(requete.request.body).toEqual({
      motif: 'Une heure de trop',
      lignes: [{ designation: 'Conseil', quantite: '1', unite: 'h', prix_unitaire_ht: '80.00', remise_pourcent: '0', taux_tva: '20.0' }],
    });
    expect(requete.request.headers.get('Idempotency-Key')).toBeTruthy();
    requete.flush(facture({ id: 'a1', numero: 'AV-2026-000001', type: 'AVOIR' }), { status: 201, statusText: '' });
    await apres();
    await relire(facture());
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole('link', { name: "Voir l'avoir AV-2026-000001" })).toBeTruthy();
  });

  it('does not credit more than what is left, by amount', async () => {
    const { qui, http } = await ouvrir(facture(), [evenement({ type: 'AVOIR', poste: 'CREDITES', montant_centimes: 20000 })]);
    await qui.keyboard('a');
    await qui.click(screen.getByRole('radio', { name: 'Un montant TTC' }));
    await qui.type(screen.getByLabelText('Montant TTC'), '40,01');
    await qui.type(screen.getByLabelText("Motif, imprimé sur l'avoir"), 'x');
    await qui.click(screen.getByRole('button', { name: "Émettre l'avoir" }));
    expect((await screen.findAllByText(/Au plus ce qui reste à créditer/)).length).toBeGreaterThan(0);
    http.expectNone('/api/factures/f1/avoirs');
  });

  it('opens a dispute with l and shows a refusal of the server at its field', async () => {
    const { qui, un, apres } = await ouvrir();
    await qui.keyboard('l');
    await qui.type(screen.getByLabelText('Motif du litige'), 'Prix contesté');
    await qui.click(screen.getByRole('button', { name: 'Ouvrir un litige' }));
    un('/api/factures/f1/litige').flush(
      { title: 'Invalide', code: 'corps-invalide', errors: [{ pointer: '/depuis', code: 'x', detail: "Pas avant l'émission." }] },
      { status: 422, statusText: '' },
    );
    await apres();
    expect(screen.getAllByText(/Pas avant l'émission/).length).toBeGreaterThan(0);
    expect(document.activeElement).toBe(screen.getByLabelText('Depuis le'));
  });

  it('closes a dispute', async () => {
    const { qui, un, apres, relire } = await ouvrir(facture({ litige: { motif: 'Prix', depuis: '2026-11-25', jusqu_au: null } }));
    await qui.keyboard('l');
    await qui.click(screen.getByRole('button', { name: 'Clore le litige' }));
    const requete = un('/api/factures/f1/litige');
    expect(requete.request.method).toBe('DELETE');
    requete.flush(facture());
    await apres();
    await relire(facture());
    expect(screen.getByText(/Litige clos/)).toBeTruthy();
  });

  it('writes off what is due', async () => {
    const { qui, un, http } = await ouvrir(facture({ reste_centimes: 12 }));
    await qui.click(screen.getByRole('button', { name: 'Passer un écart…' }));
    await qui.clear(screen.getByLabelText("Montant de l'écart"));
    await qui.type(screen.getByLabelText("Montant de l'écart"), '0,13');
    await qui.click(screen.getByRole('button', { name: "Passer l'écart" }));
    http.expectNone('/api/factures/f1/ecarts');
    await qui.clear(screen.getByLabelText("Montant de l'écart"));
    await qui.type(screen.getByLabelText("Montant de l'écart"), '.12');
    await qui.selectOptions(screen.getByLabelText('Motif'), 'FRAIS_BANCAIRES');
    await qui.click(screen.getByRole('button', { name: "Passer l'écart" }));
    expect(un('/api/factures/f1/ecarts').request.body).toEqual({ montant_centimes: 12, motif: 'FRAIS_BANCAIRES' });
  });

  it('says what was already mailed before mailing again', async () => {
    const { qui, un, apres } = await ouvrir(facture(), [evenement({ type: 'ENVOI', enregistre_le: '2026-11-21T09:00:00Z' })]);
    await qui.click(screen.getByRole('button', { name: 'Envoyer par courriel…' }));
    expect(screen.getByText('Déjà envoyée le 21/11/2026 10:00.')).toBeTruthy();
    await qui.keyboard('{Control>}{Enter}{/Control}');
    un('/api/factures/f1/envoi').flush({ title: 'Trop', code: 'x', detail: 'Attendez.' }, { status: 429, statusText: '' });
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('Attendez.');
  });

  it('goes to the payment with p, and to the copy', async () => {
    const { qui, router, un, apres } = await ouvrir();
    await qui.click(screen.getByRole('button', { name: 'Dupliquer' }));
    un('/api/factures/f1/duplication').flush(
      { title: 'Archivé', code: 'client-archive', detail: 'Client archivé.' },
      { status: 409, statusText: '' },
    );
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('Client archivé.');
    await qui.keyboard('p');
    await apres();
    expect(router.url).toBe('/paiements/nouveau?facture=f1');
  });

  it('deletes a draft after asking, at the version that was read', async () => {
    const { qui, un, apres, router } = await ouvrir(facture({ statut_document: 'BROUILLON', numero: null }));
    await qui.click(screen.getByRole('button', { name: 'Supprimer…' }));
    await qui.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Supprimer' }));
    const requete = un('/api/factures/f1');
    expect(requete.request.method).toBe('DELETE');
    requete.flush(null, { status: 204, statusText: '' });
    await apres();
    await vi.waitFor(() => expect(router.url).toBe('/factures'));
  });

  it('says that there is no such document', async () => {
    const essai = await essayer(routes, '/factures/x');
    essai.un('/api/factures/x').flush({ title: 'Facture introuvable', code: 'facture-introuvable' }, { status: 404, statusText: '' });
    await essai.apres();
    expect(screen.getByRole('alert').textContent).toContain('Facture introuvable');
    expect(screen.queryByTitle('Page légale du document')).toBeNull();
  });

  it('keeps what it shows, with its age, while the service is out, and disables writes with the reason', async () => {
    const { qui, un, panne, apres } = await ouvrir(facture({ reste_centimes: 12 }));
    await qui.keyboard('l');
    await qui.type(screen.getByLabelText('Motif du litige'), 'x');
    await qui.click(screen.getByRole('button', { name: 'Ouvrir un litige' }));
    un('/api/factures/f1/litige').flush(facture());
    await apres();
    await panne('/api/factures/f1', 'facture-service');
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(screen.getByText(/rien ne peut être écrit/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Passer un écart…' })).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: 'Document' })).toHaveProperty('disabled', false);
  });
});
