/** A client's account: every document and payment in one ledger with a running balance. */
import { EvenementVue, FactureVue, PaiementJson } from '../../../api';
import { formaterMontant } from '../../../kernel/format/montant';
import { MOYENS } from '../../../kernel/mots';

/** One entry; what the client owes is in `debit`, what settles it in `credit`. */
export interface Ecriture {
  readonly cle: string;
  readonly date: string;
  readonly piece: string;
  readonly libelle: string;
  readonly echeance: string;
  readonly debit: number;
  readonly credit: number;
  /** Where the entry itself is to be seen. */
  readonly lien: string;
  readonly devise: string;
}

/** An entry with the balance after it. */
export interface LigneDeCompte extends Ecriture {
  readonly solde: number;
}

/** The entries in one currency from a day on, what was before them brought forward. */
export interface Compte {
  readonly devise: string;
  readonly report: number;
  readonly lignes: readonly LigneDeCompte[];
  readonly debit: number;
  readonly credit: number;
  readonly solde: number;
}

/** The entries of issued documents, write-offs among their events, payments, refunds and bank returns, oldest first. */
export function ecritures(
  factures: readonly FactureVue[],
  ecarts: ReadonlyMap<string, readonly EvenementVue[]>,
  paiements: readonly PaiementJson[],
): Ecriture[] {
  const toutes = [
    ...factures.flatMap((facture) => [...ecritureDe(facture), ...ecartsDe(facture, ecarts.get(facture.id) ?? [])]),
    ...paiements.flatMap(ecrituresDe),
  ];
  return toutes.sort((a, b) => a.date.localeCompare(b.date) || b.debit - a.debit || a.cle.localeCompare(b.cle));
}

/** One account per currency; entries before `du` are brought forward. */
export function comptes(toutes: readonly Ecriture[], du = ''): Compte[] {
  const devises = [...new Set(toutes.map(({ devise }) => devise))].sort();
  return devises.map((devise) => {
    const siennes = toutes.filter((ecriture) => ecriture.devise === devise);
    const report = siennes.filter(({ date }) => date < du).reduce((solde, { debit, credit }) => solde + debit - credit, 0);
    let solde = report;
    const lignes = siennes
      .filter(({ date }) => date >= du)
      .map((ecriture) => ({ ...ecriture, solde: (solde += ecriture.debit - ecriture.credit) }));
    const somme = (cote: 'debit' | 'credit'): number => lignes.reduce((total, ligne) => total + ligne[cote], 0);
    return { devise, report, lignes, debit: somme('debit'), credit: somme('credit'), solde };
  });
}

/** What the account must come to, from the balances the services keep: open invoices less everything unapplied. */
export function soldeAttendu(encours: number, avoirsOuverts: number, nonAffecte: number, enAttente: number): number {
  return encours - avoirsOuverts - nonAffecte - enAttente;
}

function ecritureDe(facture: FactureVue): Ecriture[] {
  const { id, type, numero, date_emission, date_echeance, total_ttc_centimes: total, devise } = facture;
  if (!date_emission) return [];
  const avoir = type === 'AVOIR';
  const libelle = avoir ? $localize`Avoir${origine(facture)}` : $localize`Facture`;
  return [
    {
      cle: id,
      date: date_emission,
      piece: numero ?? '',
      libelle,
      echeance: avoir ? '' : (date_echeance ?? ''),
      debit: avoir ? 0 : total,
      credit: avoir ? total : 0,
      lien: `/factures/${id}`,
      devise,
    },
  ];
}

function origine({ facture_origine }: FactureVue): string {
  return facture_origine ? $localize` sur ${facture_origine.numero}` : '';
}

function ecartsDe(facture: FactureVue, evenements: readonly EvenementVue[]): Ecriture[] {
  return evenements
    .filter(({ poste }) => poste === 'ECARTS')
    .map(({ id, date_effet, montant_centimes }) => ({
      cle: id,
      date: date_effet,
      piece: facture.numero ?? '',
      libelle: $localize`Écart de règlement`,
      echeance: '',
      debit: 0,
      credit: montant_centimes ?? 0,
      lien: `/factures/${facture.id}`,
      devise: facture.devise,
    }));
}

function ecrituresDe(paiement: PaiementJson): Ecriture[] {
  const { id, date_paiement, montant_centimes, moyen, reference, devise, etat, rejet, remboursements } = paiement;
  const commun = { piece: reference ?? paiement.reference_externe ?? '', echeance: '', lien: `/paiements/${id}`, devise };
  const recu = {
    ...commun,
    cle: id,
    date: date_paiement,
    libelle: etat === 'EN_ATTENTE' ? $localize`${MOYENS[moyen]}, affectation en attente` : MOYENS[moyen],
    debit: 0,
    credit: montant_centimes,
  };
  const rendus = remboursements.map((remboursement) => ({
    ...commun,
    cle: remboursement.id,
    date: remboursement.date,
    libelle: $localize`Remboursement : ${remboursement.motif}`,
    debit: remboursement.montant_centimes,
    credit: 0,
  }));
  if (!rejet) return [recu, ...rendus];
  const rendu = remboursements.reduce((total, remboursement) => total + remboursement.montant_centimes, 0);
  const retour = {
    ...commun,
    cle: `${id} rejet`,
    date: rejet.date,
    libelle: $localize`Rejet bancaire : ${rejet.motif}`,
    debit: montant_centimes - rendu,
    credit: 0,
  };
  return [recu, ...rendus, retour];
}

/** An amount where there is one. */
export function montantOuRien(centimes: number, devise: string): string {
  return centimes ? formaterMontant(centimes, devise) : '';
}
