import { EvenementVue } from '../../../api';
import { facture, paiement } from '../exemples';
import { comptes, ecritures, soldeAttendu } from './grand-livre';

const SANS = new Map<string, EvenementVue[]>();
const deltas = (lignes: readonly { date: string; debit: number; credit: number; solde: number }[]) =>
  lignes.map(({ date, debit, credit, solde }) => [date, debit, credit, solde]);

describe('ecritures and comptes', () => {
  it('puts invoices, credit notes, payments, refunds and bank returns in one ledger with a running balance', () => {
    const toutes = ecritures(
      [
        facture('1'),
        facture('2', { date_emission: '2026-10-05', total_ttc_centimes: 5_000 }),
        facture('3', { type: 'AVOIR', date_emission: '2026-10-06', total_ttc_centimes: 1_000 }),
        facture('brouillon', { date_emission: null }),
      ],
      SANS,
      [
        paiement('a', { date_paiement: '2026-10-05' }),
        paiement('b', { remboursements: [{ id: 'r', date: '2026-10-25', montant_centimes: 500, motif: 'trop perçu' }] }),
        paiement('c', {
          etat: 'REJETE',
          date_paiement: '2026-10-21',
          montant_centimes: 700,
          rejet: { date: '2026-10-24', motif: 'provision' },
        }),
      ],
    );
    const [compte] = comptes(toutes);
    expect(deltas(compte!.lignes)).toEqual([
      ['2026-10-01', 10_000, 0, 10_000],
      ['2026-10-05', 5_000, 0, 15_000],
      ['2026-10-05', 0, 4_000, 11_000],
      ['2026-10-06', 0, 1_000, 10_000],
      ['2026-10-20', 0, 4_000, 6_000],
      ['2026-10-21', 0, 700, 5_300],
      ['2026-10-24', 700, 0, 6_000],
      ['2026-10-25', 500, 0, 6_500],
    ]);
    expect([compte!.debit, compte!.credit, compte!.solde]).toEqual([16_200, 9_700, 6_500]);
  });

  it('gives back on a bank return only what was not paid back before', () => {
    const rejete = paiement('a', {
      etat: 'REJETE',
      rejet: { date: '2026-10-30', motif: 'x' },
      remboursements: [{ id: 'r', date: '2026-10-25', montant_centimes: 1_000, motif: 'y' }],
    });
    expect(comptes(ecritures([], SANS, [rejete]))[0]!.solde).toBe(0);
  });

  it('takes write-offs from the history of their invoice', () => {
    const ecart = { id: 'e', poste: 'ECARTS', montant_centimes: 3, date_effet: '2026-11-01' } as EvenementVue;
    const autre = { id: 'f', poste: 'REGLE', montant_centimes: 500, date_effet: '2026-11-01' } as EvenementVue;
    const toutes = ecritures([facture('1')], new Map([['1', [ecart, autre]]]), []);
    expect(toutes.map(({ credit }) => credit)).toEqual([0, 3]);
  });

  it('brings forward what was before a day, and keeps currencies apart', () => {
    const toutes = ecritures([facture('1'), facture('2', { devise: 'GBP' }), facture('3', { date_emission: '2026-11-01' })], SANS, []);
    const [euros, livres] = comptes(toutes, '2026-10-15');
    expect([euros!.report, euros!.lignes.length, euros!.solde]).toEqual([10_000, 1, 20_000]);
    expect([livres!.devise, livres!.report, livres!.lignes.length, livres!.solde]).toEqual(['GBP', 10_000, 0, 10_000]);
  });

  it('must come to the open invoices less everything unapplied', () => expect(soldeAttendu(10_000, 1_000, 500, 300)).toBe(8_200));
});
