import { BalanceVue, FactureVue } from '../../api';
import { controler, creditsParClient, filtrer, lignesAgees, LigneAgee, net, sommes, trier } from './agee';

const AU = '2026-11-30';

function ligne(client_id: string, nom: string, tranches: number[], devise = 'EUR') {
  const [non_echu_centimes = 0, de_1_a_30_centimes = 0, de_31_a_60_centimes = 0, de_61_a_90_centimes = 0, plus_de_90_centimes = 0] =
    tranches;
  const total_centimes = tranches.reduce((a, b) => a + b, 0);
  return {
    client_id,
    nom,
    devise,
    non_echu_centimes,
    de_1_a_30_centimes,
    de_31_a_60_centimes,
    de_61_a_90_centimes,
    plus_de_90_centimes,
    total_centimes,
  };
}

const totalDe = (devise: string, total_centimes: number) => ({ ...ligne('', '', []), devise, total_centimes });

const BALANCE: BalanceVue = {
  au: AU,
  lignes: [ligne('a', 'Œillet', [100, 50]), ligne('b', 'Acier', [0, 0, 0, 0, 900]), ligne('a', 'Œillet', [30], 'GBP')],
  totaux: [totalDe('EUR', 1050), totalDe('GBP', 30)],
};

describe('lignesAgees', () => {
  const credits = creditsParClient([{ client_id: 'a', devise: 'EUR', non_affecte_centimes: 20, en_attente_centimes: 7 }], [
    { client_id: 'a', devise: 'EUR', a_affecter_centimes: 5, reste_centimes: 5 },
    { client_id: 'z', devise: 'EUR', a_affecter_centimes: 11, reste_centimes: 11 },
  ] as FactureVue[]);

  it('sets unapplied payments and credit notes beside the debt, pending payments left out', () => {
    const [oeillet, acier, livres, crediteur] = lignesAgees(BALANCE, credits, new Map([['z', 'Zinc']]));
    expect([oeillet?.total, oeillet?.credits, net(oeillet as LigneAgee)]).toEqual([150, 25, 125]);
    expect([acier?.credits, livres?.credits]).toEqual([0, 0]);
    expect([crediteur?.nom, crediteur?.total, crediteur?.credits, net(crediteur as LigneAgee)]).toEqual(['Zinc', 0, 11, -11]);
  });

  it('says nothing of credits that nobody could tell', () => {
    const lignes = lignesAgees(BALANCE, undefined, new Map());
    expect(lignes).toHaveLength(3);
    expect(lignes.map(net)).toEqual([undefined, undefined, undefined]);
    expect(sommes(lignes)[0]?.credits).toBeUndefined();
  });

  it('sums by currency', () => {
    const [euros, livres] = sommes(lignesAgees(BALANCE, credits, new Map()));
    expect(euros).toEqual({ devise: 'EUR', tranches: [100, 50, 0, 0, 900], total: 1050, credits: 36 });
    expect(livres).toEqual({ devise: 'GBP', tranches: [30, 0, 0, 0, 0], total: 30, credits: 0 });
  });
});

describe('filtrer and trier', () => {
  const lignes = lignesAgees(BALANCE, new Map(), new Map());
  const noms = (trouvees: LigneAgee[]): string[] => trouvees.map(({ nom, devise }) => `${nom} ${devise}`);

  it('finds names without case, accents and ligatures', () =>
    expect(noms(filtrer(lignes, '', 'OEIL'))).toEqual(['Œillet EUR', 'Œillet GBP']));

  it.each([
    ['', 3],
    ['retard', 2],
    ['31', 1],
    ['91', 1],
  ])('keeps debts at least as old as « %s »', (anciennete, nombre) => expect(filtrer(lignes, anciennete, '')).toHaveLength(nombre));

  it.each([
    ['', ['Acier EUR', 'Œillet EUR', 'Œillet GBP']],
    ['total', ['Œillet GBP', 'Œillet EUR', 'Acier EUR']],
    ['nom', ['Acier EUR', 'Œillet EUR', 'Œillet GBP']],
    ['-nom', ['Œillet GBP', 'Œillet EUR', 'Acier EUR']],
    ['-1-30', ['Œillet EUR', 'Acier EUR', 'Œillet GBP']],
  ])('sorts by « %s »', (tri, attendus) => expect(noms(trier(lignes, tri))).toEqual(attendus));
});

describe('controler', () => {
  it('compares every currency that either side has', () => {
    expect(
      controler(BALANCE, [
        { devise: 'EUR', total_ttc_centimes: 1, reste_centimes: 1050 },
        { devise: 'CHF', total_ttc_centimes: 1, reste_centimes: 4 },
      ]),
    ).toEqual([
      { devise: 'EUR', total: 1050, encours: 1050 },
      { devise: 'GBP', total: 30, encours: 0 },
      { devise: 'CHF', total: 0, encours: 4 },
    ]);
  });
});
