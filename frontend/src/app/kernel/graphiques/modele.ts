/** What all charts are drawn from: values by category and series, each value with the list that explains it. */

/** Where a value leads: a router address and its query. */
export interface Lien {
  readonly chemin: string;
  readonly parametres?: Readonly<Record<string, string>>;
}

/** One series: a value for every category of its chart. */
export interface Serie {
  readonly nom: string;
  readonly valeurs: readonly number[];
  /** Where each value leads, in the order of the values. */
  readonly liens?: readonly (Lien | undefined)[];
}

/** One value as it stands in a chart. */
export interface PointDeGraphique {
  readonly categorie: string;
  readonly serie: string;
  readonly valeur: number;
  readonly lien?: Lien;
  /** Rank of the series, which decides its colour. */
  readonly teinte: number;
  readonly rang: number;
}

/** How many colours there are; further series begin again. */
const TEINTES = 5;

/** All values, category by category: the order in which one walks through a chart. */
export function pointsDe(categories: readonly string[], series: readonly Serie[]): PointDeGraphique[] {
  return categories.flatMap((categorie, rang) =>
    series.map(({ nom, valeurs, liens }, s) => ({
      categorie,
      serie: nom,
      valeur: valeurs[rang] ?? 0,
      lien: liens?.[rang],
      teinte: (s % TEINTES) + 1,
      rang,
    })),
  );
}

/** The largest and the smallest of what is drawn, zero included; of sums by category when bars stand on each other. */
export function etendue(series: readonly Serie[], empilees: boolean): [number, number] {
  const nombre = Math.max(0, ...series.map(({ valeurs }) => valeurs.length));
  const hauts = Array.from({ length: nombre }, (_, rang) => {
    const valeurs = series.map((serie) => serie.valeurs[rang] ?? 0);
    return empilees ? [somme(valeurs.filter((v) => v < 0)), somme(valeurs.filter((v) => v > 0))] : valeurs;
  }).flat();
  const [bas, haut] = [Math.min(0, ...hauts), Math.max(0, ...hauts)];
  return bas === haut ? [0, 1] : [bas, haut];
}

/** Every how many categories one is written out, so that labels of `largeurs` pixels do not touch in steps of `pas`. */
export function cadence(largeurs: number, pas: number): number {
  return Math.max(1, Math.ceil(largeurs / Math.max(pas, 1)));
}

function somme(valeurs: readonly number[]): number {
  return valeurs.reduce((total, valeur) => total + valeur, 0);
}
