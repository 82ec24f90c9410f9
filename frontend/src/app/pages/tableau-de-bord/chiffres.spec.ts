import { BalanceVue, SimulationVue, TableauDeviseVue, TableauVue } from '../../api';
import { aRelancer, chiffresDe, dsoParMois, encoursParMois, evolution, parAge, parDebiteur, parMois, parSemaine, part } from './chiffres';

const AU = '2026-11-20';
const CHIFFRES = {
  devise: 'EUR',
  encours_centimes: 24_000,
  en_retard_centimes: 14_000,
  dso_jours: '63.5',
  dso_optimal_jours: null,
  facture_par_mois: [
    { mois: '2026-10', du: '2026-10-01', au: '2026-10-31', net_centimes: 36_000 },
    { mois: '2026-11', du: '2026-11-01', au: AU, net_centimes: -2_000 },
  ],
  encaissements_attendus: {
    en_retard: { nombre: 1, reste_centimes: 14_000 },
    semaines: [
      { semaine: '2026-W47', du: AU, au: '2026-11-22', nombre: 0, reste_centimes: 0 },
      { semaine: '2026-W48', du: '2026-11-23', au: '2026-11-29', nombre: 1, reste_centimes: 9_000 },
    ],
    au_dela: { nombre: 1, reste_centimes: 1_000 },
  },
  principaux_debiteurs: [{ client_id: 'c1', nom: 'Hélène', nombre: 2, encours_centimes: 24_000, en_retard_centimes: 14_000 }],
} as unknown as TableauDeviseVue;
const TABLEAU: TableauVue = { au: AU, devises: [CHIFFRES] };
const MOIS = [
  { mois: '2026-10', du: '2026-10-01', au: '2026-10-31', encaisse_centimes: 30_000 },
  { mois: '2026-11', du: '2026-11-01', au: AU, encaisse_centimes: 5_000 },
] as never[];

describe('figures of the dashboard', () => {
  it('belong to a currency', () => {
    expect(chiffresDe(TABLEAU, 'EUR')).toBe(CHIFFRES);
    expect(chiffresDe(TABLEAU, 'GBP')).toBeUndefined();
    expect(chiffresDe(undefined, 'EUR')).toBeUndefined();
  });

  it('compare without dividing by nothing', () => {
    expect([part(1, 3), part(5, 0), evolution(150, 100), evolution(50, 100), evolution(5, 0)]).toEqual([33, 0, 50, -50, undefined]);
  });

  it('lead to the due dates of an age class', () => {
    const balance = {
      au: AU,
      lignes: [],
      totaux: [{ devise: 'EUR', non_echu_centimes: 10_000, de_1_a_30_centimes: 14_000 }],
    } as unknown as BalanceVue;
    const { categories, series } = parAge(balance, 'EUR');
    expect(categories[1]).toBe('1 à 30 j');
    expect(series[0]!.valeurs.slice(0, 2)).toEqual([10_000, 14_000]);
    expect(series[0]!.liens![1]).toEqual({
      chemin: '/factures',
      parametres: { ouverte_au: AU, devise: 'EUR', echue_du: '2026-10-21', echue_au: '2026-11-19' },
    });
  });

  it('hold all that is open once, by week, with what is late before and what comes later behind', () => {
    const { categories, series } = parSemaine(CHIFFRES, AU);
    expect(categories).toEqual(['En retard', '20/11', '23/11', 'Au-delà']);
    expect(series[0]!.valeurs.reduce((a, b) => a + b)).toBe(CHIFFRES.encours_centimes);
    expect(series[0]!.liens!.map((lien) => lien!.parametres)).toEqual([
      { ouverte_au: AU, devise: 'EUR', onglet: 'en-retard' },
      { ouverte_au: AU, devise: 'EUR', echue_du: AU, echue_au: '2026-11-22' },
      { ouverte_au: AU, devise: 'EUR', echue_du: '2026-11-23', echue_au: '2026-11-29' },
      { ouverte_au: AU, devise: 'EUR', echue_du: '2026-11-30' },
    ]);
  });

  it('set what was invoiced beside what came in, or the one side that is known', () => {
    const deux = parMois(CHIFFRES, MOIS, 'EUR');
    expect(deux.categories).toEqual(['oct. 2026', 'nov. 2026']);
    expect(deux.series.map(({ nom, valeurs }) => [nom, valeurs])).toEqual([
      ['Facturé', [36_000, -2_000]],
      ['Encaissé', [30_000, 5_000]],
    ]);
    expect(deux.series[1]!.liens![0]).toEqual({
      chemin: '/paiements',
      parametres: { recu_du: '2026-10-01', recu_au: '2026-10-31', devise: 'EUR' },
    });
    expect(parMois(undefined, MOIS, 'EUR')).toMatchObject({ categories: ['oct. 2026', 'nov. 2026'], series: [{ nom: 'Encaissé' }] });
    expect(parMois(CHIFFRES, [], 'EUR').series.map(({ nom }) => nom)).toEqual(['Facturé']);
  });

  it('lead from a debtor to their open invoices', () => {
    expect(parDebiteur(CHIFFRES, AU).series[0]!.liens).toEqual([
      { chemin: '/factures', parametres: { ouverte_au: AU, client_id: 'c1', devise: 'EUR' } },
    ]);
  });

  it('follow the ends of months; a month without a figure counts nothing', () => {
    const suite = [{ au: '2026-10-31', devises: [] }, TABLEAU];
    expect(encoursParMois(suite, 'EUR').series.map(({ valeurs }) => valeurs)).toEqual([
      [0, 10_000],
      [0, 14_000],
    ]);
    expect(dsoParMois(suite, 'EUR').series.map(({ valeurs }) => valeurs)).toEqual([
      [0, 63.5],
      [0, 0],
    ]);
  });

  it('count the reminders of a currency', () => {
    const relances = [
      { devise: 'EUR', total_du_centimes: 100 },
      { devise: 'EUR', total_du_centimes: 50 },
      { devise: 'GBP', total_du_centimes: 7 },
    ];
    expect(aRelancer({ relances } as SimulationVue, 'EUR')).toEqual({ clients: 2, montant: 150 });
  });
});
