/**
 * The totals while one types, by the rule of facture-service (lignes.py): a line is rounded half up to the cent after
 * quantity, price and discount; VAT is computed per rate on the sum of the bases. In whole numbers of any size, never in
 * floating point; `contracts/vecteurs/totaux.csv` holds both sides to the same cents.
 */

/** What a line is computed from: decimals as the API writes them. */
export interface LigneChiffree {
  readonly quantite: string;
  readonly prix_unitaire_ht: string;
  readonly remise_pourcent: string;
  readonly taux_tva: string;
}

/** Base and VAT of one rate, in cents. */
export interface Groupe {
  readonly taux_tva: string;
  readonly base_ht_centimes: number;
  readonly tva_centimes: number;
}

/** What an invoice sums to, in cents; groups by descending rate. */
export interface Totaux {
  readonly groupes: readonly Groupe[];
  readonly total_ht_centimes: number;
  readonly total_tva_centimes: number;
  readonly total_ttc_centimes: number;
}

/** `entier / 10^decimales`, exactly. */
interface Decimal {
  readonly entier: bigint;
  readonly decimales: number;
}

const CENTIEMES_DE_TAUX = 2;

/** Quantity x unit price less the discount, half up to the cent. */
export function montantHt({ quantite, prix_unitaire_ht, remise_pourcent }: Omit<LigneChiffree, 'taux_tva'>): number {
  const [q, p, r] = [decimal(quantite), decimal(prix_unitaire_ht), decimal(remise_pourcent)];
  const garde = 100n * 10n ** BigInt(r.decimales) - r.entier;
  return Number(arrondir(q.entier * p.entier * garde, q.decimales + p.decimales + r.decimales));
}

/** Totals of lines whose amounts are known, by their rates. */
export function totaliser(lignes: readonly { readonly taux_tva: string; readonly montant_ht_centimes: number }[]): Totaux {
  const bases = new Map<number, number>();
  for (const { taux_tva, montant_ht_centimes } of lignes) {
    const taux = centiemes(taux_tva);
    bases.set(taux, (bases.get(taux) ?? 0) + montant_ht_centimes);
  }
  const groupes = [...bases].sort(([a], [b]) => b - a).map(([taux, base]) => groupe(taux, base));
  const total_ht_centimes = somme(groupes, 'base_ht_centimes');
  const total_tva_centimes = somme(groupes, 'tva_centimes');
  return { groupes, total_ht_centimes, total_tva_centimes, total_ttc_centimes: total_ht_centimes + total_tva_centimes };
}

/** Whether two sums are the same to the cent. */
export function memesTotaux(a: Totaux, b: Totaux): boolean {
  return (
    a.total_ht_centimes === b.total_ht_centimes &&
    a.total_tva_centimes === b.total_tva_centimes &&
    a.groupes.length === b.groupes.length &&
    a.groupes.every((groupe, rang) => memeGroupe(groupe, b.groupes[rang]))
  );
}

function memeGroupe(a: Groupe, b: Groupe | undefined): boolean {
  return (
    centiemes(a.taux_tva) === centiemes(b?.taux_tva ?? '') &&
    a.base_ht_centimes === b?.base_ht_centimes &&
    a.tva_centimes === b.tva_centimes
  );
}

function groupe(taux: number, base: number): Groupe {
  const tva = arrondir(BigInt(base) * BigInt(taux), CENTIEMES_DE_TAUX + 2);
  return { taux_tva: String(taux / 100), base_ht_centimes: base, tva_centimes: Number(tva) };
}

function somme(groupes: readonly Groupe[], champ: 'base_ht_centimes' | 'tva_centimes'): number {
  return groupes.reduce((total, groupe) => total + groupe[champ], 0);
}

/** A rate in hundredths of a percent: `"5.5"` is 550, as `"5.50"` is. */
function centiemes(taux: string): number {
  const { entier, decimales } = decimal(taux);
  return Number(entier * 10n ** BigInt(CENTIEMES_DE_TAUX)) / 10 ** decimales;
}

function decimal(texte: string): Decimal {
  const [entier, fraction = ''] = texte.split('.');
  return { entier: BigInt(`${entier}${fraction}`), decimales: fraction.length };
}

/** `valeur / 10^decimales` to the nearest whole number, a half going up; nothing here is negative. */
function arrondir(valeur: bigint, decimales: number): bigint {
  const unite = 10n ** BigInt(decimales);
  return (2n * valeur + unite) / (2n * unite);
}
