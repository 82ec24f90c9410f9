import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer, PageEssayee } from '../../kernel/essai';
import { routes } from './routes';

const AU = '2026-11-20';
const rien = { nombre: 0, reste_centimes: 0 };
const devise = (devise: string, encours_centimes: number) => ({
  devise,
  encours_centimes,
  nombre_ouvertes: 2,
  en_retard_centimes: 14_000,
  dso_jours: '63.5',
  dso_optimal_jours: '26.5',
  facture_par_mois: [{ mois: '2026-11', du: '2026-11-01', au: AU, net_centimes: 36_000 }],
  encaissements_attendus: { en_retard: rien, semaines: [], au_dela: rien },
  principaux_debiteurs: [{ client_id: 'c1', nom: 'Hélène', encours_centimes }],
});
const TABLEAU = { au: AU, devises: [devise('EUR', 56_000)] };
const BALANCE = { au: AU, lignes: [], totaux: [{ devise: 'EUR', non_echu_centimes: 42_000, de_1_a_30_centimes: 14_000 }] };
const SERIES = {
  au: AU,
  series: [
    {
      devise: 'EUR',
      points: [
        { mois: '2026-10', du: '2026-10-01', au: '2026-10-31', encaisse_centimes: 10_000 },
        { mois: '2026-11', du: '2026-11-01', au: AU, encaisse_centimes: 12_500 },
      ],
    },
  ],
};
const SIMULATION = { date_reference: AU, relances: [{ devise: 'EUR', total_du_centimes: 9_900 }], ecartees: [], avertissements: [] };
const VIDE = { elements: [], suivant: null, total: 0, totaux: [] };

const ouvrir = (adresse = `/tableau-de-bord?au=${AU}`) => essayer(routes, adresse, { voisines: ['factures'] });
const tuile = (nom: string) => screen.getByRole('group', { name: nom });
const dit = (element: HTMLElement) => [...element.querySelectorAll('p')].map((p) => p.textContent?.replace(/\s+/g, ' ').trim()).join(' ');

async function remplir({ repondre }: PageEssayee, tableau: object = TABLEAU): Promise<void> {
  await repondre('/api/factures/tableau-de-bord', tableau, { au: AU });
  await repondre('/api/balance-agee', BALANCE, { au: AU });
  await repondre('/api/paiements/series', SERIES, { au: AU });
  await repondre('/api/relances/simulation', SIMULATION);
}

describe('TableauDeBord', () => {
  it('shows five figures, what they are compared with, and where they come from', async () => {
    const page = await ouvrir();
    await remplir(page);
    expect(dit(tuile('Encours'))).toBe('Encours 560,00 € 2 factures ouvertes');
    expect(dit(tuile('En retard'))).toBe("En retard 140,00 € 25 % de l'encours");
    expect(dit(tuile('À relancer'))).toBe('À relancer 1 client 99,00 €, selon la simulation');
    expect(dit(tuile('Encaissé ce mois'))).toBe('Encaissé ce mois 125,00 € mois dernier : 100,00 € (+25 %)');
    expect(dit(tuile("Délai d'encaissement (DSO)"))).toContain('63,5 j au mieux 26,5 j');
    const lien = (nom: string) => within(tuile(nom)).getByRole('link').getAttribute('href');
    expect(lien('Encours')).toBe(`/factures?ouverte_au=${AU}&devise=EUR`);
    expect(lien('En retard')).toBe(`/factures?ouverte_au=${AU}&onglet=en-retard&devise=EUR`);
    expect(lien('Encaissé ce mois')).toBe(`/paiements?recu_du=2026-11-01&recu_au=${AU}&devise=EUR`);
    expect(page.un('/api/relances', { etat: 'ENVOYEE', niveau: '4' }).request.urlWithParams).toContain('du=2026-08-23');
  });

  it('asks the simulation for the date of the page', async () => {
    const { un } = await ouvrir();
    expect(un('/api/relances/simulation').request.body).toEqual({ date_reference: AU });
  });

  it('reads the ends of months one after the other, then draws the trends', async () => {
    const page = await ouvrir();
    await remplir(page);
    for (const au of ['2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31']) {
      expect(screen.queryByRole('group', { name: 'DSO en fin de mois' })).toBeNull();
      await page.repondre('/api/factures/tableau-de-bord', { au, devises: [devise('EUR', 1_000)] }, { au });
    }
    const courbe = screen.getByRole('group', { name: 'DSO en fin de mois' });
    expect(courbe.querySelectorAll('[data-point]')).toHaveLength(14);
    expect(screen.getByRole('group', { name: 'Encours en fin de mois' }).querySelectorAll('[data-point]')).toHaveLength(14);
  });

  it('lets each part live by itself when its service is out', async () => {
    const page = await ouvrir();
    await page.repondre('/api/factures/tableau-de-bord', TABLEAU, { au: AU });
    await page.panne('/api/paiements/series', 'paiement-service');
    await page.panne('/api/relances/simulation', 'batch');
    expect(dit(tuile('Encours'))).toContain('560,00 €');
    expect(dit(tuile('Encaissé ce mois'))).toBe('Encaissé ce mois ⚠ inconnu paiement-service ne répond pas.');
    expect(dit(tuile('À relancer'))).toBe('À relancer ⚠ inconnu batch ne répond pas.');
    const graphique = screen.getByRole('group', { name: 'Facturé et encaissé par mois' });
    expect(graphique.querySelectorAll('[data-point]')).toHaveLength(1);
  });

  it('keeps the last figures, greyed and with their age', async () => {
    const page = await ouvrir();
    await remplir(page);
    await page.router.navigateByUrl('/tableau-de-bord?au=2026-11-21');
    await page.apres();
    await page.panne('/api/factures/tableau-de-bord', 'facture-service', { au: '2026-11-21' });
    expect(dit(tuile('Encours'))).toMatch(/560,00 € Chiffre de \d\d:\d\d/);
    expect(tuile('Encours').className).toContain('perime');
  });

  it('lists what waits for a person, each group by itself', async () => {
    const page = await ouvrir();
    const paiement = {
      id: 'p',
      montant_centimes: 500,
      devise: 'EUR',
      date_paiement: '2026-11-19',
      affectations: [{ motif: 'facture inconnue' }],
    };
    await page.repondre('/api/paiements', { ...VIDE, elements: [paiement], total: 7 }, { onglet: 'a-traiter' });
    await page.panne('/api/notifications', 'notification-service', { onglet: 'a-traiter' });
    await page.repondre('/api/factures', VIDE, { onglet: 'brouillons' });
    const facture = { id: 'f', numero: 'FA-1', client: { nom_affiche: 'Hélène' }, litige: { depuis: '2026-11-01', motif: 'colis abîmé' } };
    await page.repondre('/api/factures', { ...VIDE, elements: [facture], total: 1 }, { onglet: 'litige' });
    const partie = screen.getByRole('region', { name: "À traiter aujourd'hui" });
    expect(within(partie).getByRole('link', { name: 'Paiements à traiter (7)' }).getAttribute('href')).toBe('/paiements?onglet=a-traiter');
    expect(
      within(partie)
        .getByRole('link', { name: /5,00\s€ reçus le 19\/11\/2026/ })
        .getAttribute('href'),
    ).toBe('/paiements/p');
    expect(within(partie).getByRole('link', { name: 'FA-1, Hélène' }).getAttribute('href')).toBe('/factures/f');
    expect(within(partie).getByText(/colis abîmé/)).toBeTruthy();
    expect(within(partie).getByRole('heading', { name: 'Messages à traiter' })).toBeTruthy();
    expect(within(partie).queryByText(/Brouillons/)).toBeNull();
  });

  it('says that nothing waits', async () => {
    const page = await ouvrir();
    await page.repondre('/api/paiements', VIDE, { onglet: 'a-traiter' });
    await page.repondre('/api/notifications', VIDE, { onglet: 'a-traiter' });
    await page.repondre('/api/factures', VIDE, { onglet: 'brouillons' });
    await page.repondre('/api/factures', VIDE, { onglet: 'litige' });
    expect(screen.getByText(/Rien n'attend personne/)).toBeTruthy();
  });

  it('draws the funnel of reminders, or says that there were none', async () => {
    const page = await ouvrir();
    const totaux = [12, 10, 4, 1, 0];
    await page.repondre('/api/relances', { ...VIDE, total: 4 }, { niveau: '2' });
    await page.repondre('/api/relances', { ...VIDE, total: 1 }, { niveau: '3' });
    await page.repondre('/api/relances', VIDE, { niveau: '4' });
    const [decidees, envoyees] = page.http.match((requete) => requete.url.startsWith('/api/relances?'));
    decidees!.flush({ ...VIDE, total: 12 });
    envoyees!.flush({ ...VIDE, total: 10 });
    await page.apres();
    const points = [...screen.getByRole('group', { name: 'Entonnoir des relances' }).querySelectorAll('[data-point]')];
    expect(points.map((point) => Number(/\d+$/.exec(point.getAttribute('aria-label') ?? '')?.[0]))).toEqual(totaux);
    expect(points[3]!.getAttribute('href')).toBe(`/relances?du=2026-08-23&au=${AU}&etat=ENVOYEE&niveau=3`);
  });

  it('shows one currency, chosen in the address where there are several', async () => {
    const page = await ouvrir();
    await page.repondre('/api/factures/tableau-de-bord', { au: AU, devises: [devise('EUR', 100), devise('GBP', 20_000)] }, { au: AU });
    expect(dit(tuile('Encours'))).toContain('1,00 €');
    await userEvent.selectOptions(screen.getByLabelText('Devise'), 'GBP');
    await page.apres();
    expect([page.router.url, dit(tuile('Encours'))]).toEqual([expect.stringContaining('devise=GBP'), expect.stringContaining('200,00 £')]);
  });
});
