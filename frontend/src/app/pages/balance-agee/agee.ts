/** What the aged balance shows, computed from what three services say. */
import { BalanceVue, FactureVue, SoldeJson, TotauxVue } from '../../api';
import { TRANCHES } from '../../kernel/balance';
import { plier } from '../../kernel/format/texte';

/** The clients one may narrow the balance to: those with a debt at least as late. */
export const ANCIENNETES: readonly { readonly cle: string; readonly libelle: string; readonly depuis: number }[] = [
  { cle: 'retard', libelle: $localize`En retard`, depuis: 1 },
  { cle: '31', libelle: $localize`Plus de 30 jours de retard`, depuis: 2 },
  { cle: '61', libelle: $localize`Plus de 60 jours de retard`, depuis: 3 },
  { cle: '91', libelle: $localize`Plus de 90 jours de retard`, depuis: 4 },
];

/** What one client owes in one currency, and what is owed to them. */
export interface LigneAgee {
  readonly cle: string;
  readonly client_id: string;
  readonly nom: string;
  readonly devise: string;
  /** In the order of `TRANCHES`. */
  readonly tranches: readonly number[];
  readonly total: number;
  /** Unapplied payments and credit notes; `undefined` while a service that knows them does not answer. */
  readonly credits: number | undefined;
}

/** Sums of rows in one currency. */
export type SommeAgee = Pick<LigneAgee, 'devise' | 'tranches' | 'total' | 'credits'>;

/** A total of the balance beside the open invoices' of the list. */
export interface Controle {
  readonly devise: string;
  readonly total: number;
  readonly encours: number;
}

/** Rows of debtors and of those who only have a credit; `credits` is undefined when nobody could tell them. */
export function lignesAgees(
  balance: BalanceVue,
  credits: ReadonlyMap<string, number> | undefined,
  noms: ReadonlyMap<string, string>,
): LigneAgee[] {
  const debiteurs = balance.lignes.map((ligne): LigneAgee => {
    const cle = cleDe(ligne);
    return {
      cle,
      client_id: ligne.client_id,
      nom: ligne.nom,
      devise: ligne.devise,
      tranches: TRANCHES.map(({ champ }) => ligne[champ]),
      total: ligne.total_centimes,
      credits: credits && (credits.get(cle) ?? 0),
    };
  });
  const connus = new Set(debiteurs.map(({ cle }) => cle));
  const crediteurs = [...(credits ?? [])].flatMap(([cle, montant]): LigneAgee[] => {
    const [client_id = '', devise = ''] = cle.split(' ');
    if (connus.has(cle) || !montant) return [];
    return [{ cle, client_id, nom: noms.get(client_id) ?? client_id, devise, tranches: TRANCHES.map(() => 0), total: 0, credits: montant }];
  });
  return [...debiteurs, ...crediteurs];
}

/** What is owed to each client and currency: payments that settle nothing yet, credit notes that nothing took up. */
export function creditsParClient(soldes: readonly SoldeJson[], avoirs: readonly FactureVue[]): Map<string, number> {
  const credits = new Map<string, number>();
  const ajouter = (cle: string, montant: number): void => void credits.set(cle, (credits.get(cle) ?? 0) + montant);
  for (const solde of soldes) ajouter(cleDe(solde), solde.non_affecte_centimes);
  for (const avoir of avoirs) ajouter(cleDe(avoir), avoir.a_affecter_centimes ?? avoir.reste_centimes);
  return credits;
}

/** The rows with a debt at least as late as `anciennete` says and a name that holds `texte`. */
export function filtrer(lignes: readonly LigneAgee[], anciennete: string, texte: string): LigneAgee[] {
  const depuis = ANCIENNETES.find(({ cle }) => cle === anciennete)?.depuis;
  const cherche = plier(texte.trim());
  return lignes.filter(
    ({ nom, tranches }) => plier(nom).includes(cherche) && (depuis === undefined || tranches.slice(depuis).some((montant) => montant > 0)),
  );
}

/** In the order of a column: `nom`, a class, `total`, `credits`, `net`; a minus turns it round. The largest debt first without one. */
export function trier(lignes: readonly LigneAgee[], tri: string): LigneAgee[] {
  const descend = tri.startsWith('-');
  const colonne = (descend ? tri.slice(1) : tri) || '-total';
  if (colonne === 'nom') {
    const classees = [...lignes].sort((a, b) => a.nom.localeCompare(b.nom, 'fr'));
    return descend ? classees.reverse() : classees;
  }
  const sens = colonne === '-total' || descend ? -1 : 1;
  return [...lignes].sort((a, b) => sens * (valeurDe(a, colonne) - valeurDe(b, colonne)) || a.nom.localeCompare(b.nom, 'fr'));
}

/** Sums by currency, in the order in which currencies appear. */
export function sommes(lignes: readonly LigneAgee[]): SommeAgee[] {
  return [...new Set(lignes.map(({ devise }) => devise))].map((devise) => {
    const siennes = lignes.filter((ligne) => ligne.devise === devise);
    const additionner = (valeur: (ligne: LigneAgee) => number): number => siennes.reduce((total, ligne) => total + valeur(ligne), 0);
    return {
      devise,
      tranches: TRANCHES.map((_, t) => additionner(({ tranches }) => tranches[t] ?? 0)),
      total: additionner(({ total }) => total),
      credits: siennes.some(({ credits }) => credits === undefined) ? undefined : additionner(({ credits }) => credits ?? 0),
    };
  });
}

/** The balance against the open invoices: one line per currency that either of them has. */
export function controler(balance: BalanceVue, encours: readonly TotauxVue[]): Controle[] {
  const devises = new Set([...balance.totaux, ...encours].map(({ devise }) => devise));
  return [...devises].map((devise) => ({
    devise,
    total: balance.totaux.find((total) => total.devise === devise)?.total_centimes ?? 0,
    encours: encours.find((total) => total.devise === devise)?.reste_centimes ?? 0,
  }));
}

/** What is left when everything owed to the client is taken off. */
export function net({ total, credits }: Pick<LigneAgee, 'total' | 'credits'>): number | undefined {
  return credits === undefined ? undefined : total - credits;
}

function cleDe({ client_id, devise }: { readonly client_id: string; readonly devise: string }): string {
  return `${client_id} ${devise}`;
}

function valeurDe(ligne: LigneAgee, colonne: string): number {
  const tranche = TRANCHES.findIndex(({ cle }) => cle === colonne);
  if (tranche >= 0) return ligne.tranches[tranche] ?? 0;
  if (colonne === 'credits') return ligne.credits ?? 0;
  return colonne === 'net' ? (net(ligne) ?? 0) : ligne.total;
}
