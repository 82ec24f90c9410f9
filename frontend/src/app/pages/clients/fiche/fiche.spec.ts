import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer } from '../../../kernel/essai';
import { ETATS_PAIEMENT } from '../../../kernel/mots';
import { client, facture, page, paiement } from '../exemples';
import { routes } from '../routes';

const BALANCE = {
  au: '2026-11-30',
  lignes: [{ client_id: 'a', nom: 'A', devise: 'EUR', non_echu_centimes: 2_500, total_centimes: 10_000 }],
  totaux: [],
};
const SIMULATION = {
  date_reference: '2026-11-30',
  relances: [{ client_id: 'a', niveau: 2, total_du_centimes: 7_500, devise: 'EUR' }],
  ecartees: [],
  avertissements: [],
};

async function ouvrir(adresse = '/clients/a', lui = client('a')) {
  const essai = await essayer(routes, adresse, { voisines: ['factures', 'paiements'] });
  const lire = (corps = lui) => essai.repondre('/api/clients/a', corps);
  const remplir = async () => {
    await lire();
    await essai.repondre('/api/balance-agee', BALANCE, { client_id: 'a' });
    await essai.repondre('/api/paiements/soldes', [{ client_id: 'a', devise: 'EUR', non_affecte_centimes: 500, en_attente_centimes: 300 }]);
    await essai.repondre('/api/factures', page([facture('av', { type: 'AVOIR', a_affecter_centimes: 200 })]), { type: 'AVOIR' });
    await essai.repondre('/api/relances/simulation', SIMULATION);
  };
  return { ...essai, lire, remplir, qui: userEvent.setup() };
}

describe('FicheClient', () => {
  it('says at once what is owed, late, available and next, each leading to its list', async () => {
    const { remplir } = await ouvrir();
    await remplir();
    expect(screen.getByRole('heading', { level: 1 }).textContent?.trim()).toBe('Société a');
    const lien = (nom: RegExp) => screen.getByRole('link', { name: nom }).getAttribute('href');
    expect(lien(/^100,00/)).toMatch(/^\/factures\?client_id=a&ouverte_au=\d{4}-\d\d-\d\d$/);
    expect(lien(/^75,00/)).toBe('/factures?client_id=a&onglet=en-retard');
    expect(lien(/^7,00/)).toBe('/clients/a?onglet=paiements');
    expect(lien(/Relance de niveau 2/)).toBe('/clients/a?onglet=relances');
    expect(screen.getByText(/en attente d'affectation/).textContent).toMatch(/3,00/);
  });

  it('shows the account with its running balance, and checks it against the services', async () => {
    const { remplir, repondre } = await ouvrir();
    await remplir();
    await repondre('/api/factures', page([facture('1', { total_ttc_centimes: 12_000, ecarts_centimes: 10 })]), { tri: 'date_emission' });
    await repondre('/api/factures/1/evenements', page([{ id: 'e', poste: 'ECARTS', montant_centimes: 10, date_effet: '2026-10-22' }]));
    await repondre('/api/paiements', page([paiement('p', { montant_centimes: 2_990 })]));
    const table = screen.getByRole('table', { name: /Compte en EUR/ });
    const soldes = within(table)
      .getAllByRole('row')
      .map((rang) => (rang as HTMLTableRowElement).cells);
    expect(soldes.map((cellules) => cellules[cellules.length - 1]!.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Solde',
      '120,00 €',
      '90,10 €',
      '90,00 €',
      '90,00 €',
    ]);
    expect(within(table).getAllByRole('link', { name: 'FA-1' })[0]!.getAttribute('href')).toBe('/factures/1');
    expect(screen.getByText(/Contrôle juste/).textContent).toContain('90,00');
  });

  it('says when the account does not come to what the services say', async () => {
    const { remplir, repondre } = await ouvrir();
    await remplir();
    await repondre('/api/factures', page([facture('1', { total_ttc_centimes: 12_000 })]), { tri: 'date_emission' });
    await repondre('/api/paiements', page([]));
    expect(screen.getByText(/Contrôle faux/).textContent).toMatch(/solde 120,00.*90,00/s);
  });

  it('brings forward what was before a day in the address', async () => {
    const { remplir, repondre } = await ouvrir('/clients/a?du=2026-10-10');
    await remplir();
    await repondre('/api/factures', page([facture('1')]), { tri: 'date_emission' });
    await repondre('/api/paiements', page([paiement('p')]));
    expect(screen.getByRole('row', { name: /Report/ }).textContent).toContain('100,00');
  });

  it('lists what the client paid with the words of the list of payments, each leading to it', async () => {
    const { remplir, repondre, router, qui, apres } = await ouvrir('/clients/a?onglet=paiements');
    await remplir();
    await repondre('/api/paiements', page([paiement('p', { etat: 'REJETE', moyen: 'CHEQUE' })]), { limit: '200' });
    const ligne = screen.getByRole('row', { name: /Chèque/ });
    expect(ligne.textContent).toContain(ETATS_PAIEMENT.REJETE.mot);
    expect(ligne.textContent).toContain(ETATS_PAIEMENT.REJETE.signe);
    expect(screen.getByRole('link', { name: /Toute la liste/ }).getAttribute('href')).toBe('/paiements?client_id=a');
    await qui.dblClick(ligne);
    await apres();
    expect(router.url).toBe('/paiements/p');
  });

  it('says that nothing was invoiced, and opens a draft where it is written', async () => {
    const { remplir, repondre, un, router, qui, apres } = await ouvrir('/clients/a?onglet=factures');
    await remplir();
    await repondre('/api/factures', page([]), { limit: '200' });
    expect(screen.getByText("Rien n'a été facturé à ce client.")).toBeTruthy();
    await router.navigateByUrl('/clients/a?onglet=factures&tri=numero');
    await apres();
    un('/api/factures', { tri: 'numero' }).flush(page([facture('1', { numero: null, statut_document: 'BROUILLON' })]));
    await apres();
    await qui.dblClick(screen.getByRole('row', { name: /brouillon/ }));
    await apres();
    expect(router.url).toBe('/factures/1/modification');
  });

  it('tells the story of the client with the exact text of a message', async () => {
    const { remplir, repondre, qui, apres } = await ouvrir('/clients/a?onglet=relances');
    await remplir();
    const relance = {
      id: 'r',
      niveau: 1,
      factures: [{}],
      total_du_centimes: 100,
      devise: 'EUR',
      etat: 'ENVOYEE',
      etat_le: '2026-11-10T08:00:00Z',
      creee_le: '2026-11-10T08:00:00Z',
      notification_id: 'n1',
      motif: null,
    };
    await repondre('/api/relances', page([relance]));
    await repondre('/api/notifications', page([]));
    await repondre('/api/factures', page([]), { tri: 'date_emission' });
    await repondre('/api/paiements', page([paiement('p')]));
    const moments = screen.getAllByRole('listitem').map((moment) => moment.textContent?.replace(/\s+/g, ' '));
    expect(moments).toEqual([
      expect.stringMatching(/À venir.*Relance de niveau 2.*Prévu/),
      expect.stringMatching(/10\/11\/2026.*Relance de niveau 1.*Envoyée/),
      expect.stringMatching(/20\/10\/2026.*Paiement de 40,00/),
    ]);
    await qui.click(screen.getByRole('button', { name: /Texte exact/ }));
    await apres();
    await repondre('/api/notifications/n1', {
      id: 'n1',
      sujet: 'Rappel',
      texte: 'Bonjour,\nvous devez 1 €.',
      destinataire: { nom: 'A', email: 'a@x.example' },
    });
    expect(screen.getByText(/vous devez 1 €/).tagName).toBe('PRE');
  });

  it('tells what it can while a service is out', async () => {
    const { remplir, repondre, panne } = await ouvrir('/clients/a?onglet=relances');
    await remplir();
    await panne('/api/relances', 'batch');
    await repondre('/api/notifications', page([]));
    await repondre('/api/factures', page([]), { tri: 'date_emission' });
    await repondre('/api/paiements', page([paiement('p')]));
    expect(screen.getByText(/Relances décidées inconnues/)).toBeTruthy();
    expect(screen.getByRole('link', { name: /Paiement de 40,00/ })).toBeTruthy();
  });

  it('goes to a new invoice and a payment by keyboard, and between its parts by number', async () => {
    const { remplir, router, qui, apres } = await ouvrir();
    await remplir();
    await qui.keyboard('6');
    await apres();
    expect(router.url).toBe('/clients/a?onglet=conditions');
    await qui.keyboard('p');
    await apres();
    expect(router.url).toBe('/paiements/nouveau?client=a');
    await router.navigateByUrl('/clients/a');
    await apres();
    await qui.keyboard('f');
    await apres();
    expect(router.url).toBe('/factures/nouvelle?client=a');
  });

  it('suspends reminders with a reason and an end, which may be taken back', async () => {
    const { remplir, un, lire, qui, apres } = await ouvrir();
    await remplir();
    await qui.keyboard('s');
    await apres();
    const dialogue = screen.getByRole('dialog', { name: 'Suspendre les relances' });
    await qui.click(within(dialogue).getByRole('button', { name: 'Suspendre' }));
    await apres();
    expect(document.activeElement).toBe(within(dialogue).getByLabelText(/Motif/));
    await qui.type(within(dialogue).getByLabelText(/Motif/), 'travaux');
    await qui.click(within(dialogue).getByLabelText(/nouvel ordre/));
    await qui.keyboard('{Control>}{Enter}{/Control}');
    await apres();
    const requete = un('/api/clients/a/suspension');
    expect(requete.request.body).toEqual({ motif: 'travaux', jusqu_au: null });
    const suspendu = client('a', { suspension: { motif: 'travaux', jusqu_au: null } });
    requete.flush(suspendu);
    await apres();
    await lire(suspendu);
    expect(screen.queryByRole('dialog')).toBeNull();
    await qui.click(screen.getByRole('button', { name: 'Annuler' }));
    expect(un('/api/clients/a/suspension').request.method).toBe('DELETE');
  });

  it('archives at once, may take it back, and then offers no new invoice', async () => {
    const { remplir, un, lire, qui, apres } = await ouvrir();
    await remplir();
    await qui.click(screen.getByRole('button', { name: 'Archiver' }));
    un('/api/clients/a/archivage').flush(client('a', { archive: true }));
    await apres();
    await lire(client('a', { archive: true }));
    expect(screen.getByRole('button', { name: 'Nouvelle facture' }).hasAttribute('disabled')).toBe(true);
    expect(screen.getByText(/Client archivé\s: pas de nouvelle facture/)).toBeTruthy();
    await qui.click(screen.getByRole('button', { name: 'Annuler' }));
    un('/api/clients/a/desarchivage').flush(client('a'));
  });

  it('shows why a change was refused', async () => {
    const { remplir, un, qui, apres } = await ouvrir();
    await remplir();
    await qui.click(screen.getByRole('button', { name: 'Archiver' }));
    un('/api/clients/a/archivage').flush({ title: 'Version périmée', code: 'version-perimee' }, { status: 412, statusText: '' });
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('Version périmée');
  });

  it('keeps what is known while client-service is out, and disables what needs it, with the reason', async () => {
    const { remplir, un, qui, apres, panne } = await ouvrir();
    await remplir();
    await qui.click(screen.getByRole('button', { name: 'Archiver' }));
    un('/api/clients/a/archivage').flush(
      { title: 'Indisponible', code: 'service-indisponible' },
      { status: 503, statusText: '', headers: { 'X-Degraded': 'client-service' } },
    );
    await apres();
    await panne('/api/clients/a', 'client-service');
    expect(screen.getByText(/client-service ne répond pas\s: la fiche ne peut pas changer/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Archiver' }).hasAttribute('disabled')).toBe(true);
    expect(screen.getByRole('heading', { level: 1 }).textContent?.trim()).toBe('Société a');
  });

  it('says that there is no such client', async () => {
    const { un, apres } = await ouvrir();
    un('/api/clients/a').flush({ title: 'Client introuvable', code: 'client-introuvable' }, { status: 404, statusText: '' });
    await apres();
    expect(screen.getByRole('alert').textContent).toContain('Client introuvable');
  });
});
