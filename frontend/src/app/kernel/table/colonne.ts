/** A state shown as word, sign and colour together: never by colour alone. */
export interface EtatAffiche {
  readonly mot: string;
  readonly signe: string;
  readonly ton: 'bien' | 'attention' | 'mal' | 'discret';
}

/** A column of a table over rows of `T`. */
export interface Colonne<T> {
  /** Name in the address, in saved views and in exports; the API's sort key where `triable`, unless `tri` says otherwise. */
  readonly cle: string;
  /** The API's sort key, where it is not `cle`. */
  readonly tri?: string;
  readonly titre: string;
  /** The text of a cell. */
  readonly valeur: (ligne: T) => string;
  /** Word, sign and colour in place of the text. */
  readonly etat?: (ligne: T) => EtatAffiche | undefined;
  /** Where the cell leads, as a router address. */
  readonly lien?: (ligne: T) => string | undefined;
  /** Right-aligned, never truncated. */
  readonly nombre?: boolean;
  readonly triable?: boolean;
  /** CSS width; the columns without one share what is left. */
  readonly largeur?: string;
  /** 1 is always shown, 2 from 768 pixels on, 3 from 1024, 4 from 1280. */
  readonly priorite?: 1 | 2 | 3 | 4;
  /** Not shown until chosen. */
  readonly cachee?: boolean;
}

const LARGEURS = [0, 0, 768, 1024, 1280];

/**
 * The columns to show: those named by `choix` (comma-separated keys, in that order), all that are not hidden without it,
 * less those that do not fit a window of `largeur` pixels. Names nobody knows are passed over.
 */
export function colonnesVisibles<T>(toutes: readonly Colonne<T>[], choix: string, largeur: number): readonly Colonne<T>[] {
  const choisies = choix
    ? choix.split(',').flatMap((cle) => toutes.find((colonne) => colonne.cle === cle) ?? [])
    : toutes.filter((colonne) => !colonne.cachee);
  const retenues = choisies.length ? choisies : toutes;
  return retenues.filter((colonne) => largeur >= (LARGEURS[colonne.priorite ?? 2] ?? 0));
}

/** The order after a click on a heading: ascending, descending, then the list's own order. */
export function triSuivant(tri: string, cle: string): string {
  if (tri === cle) return `-${cle}`;
  return tri === `-${cle}` ? '' : cle;
}

/** `aria-sort` of a heading. */
export function sensDe(tri: string, cle: string): 'ascending' | 'descending' | 'none' {
  const premier = tri.split(',')[0];
  if (premier === cle) return 'ascending';
  return premier === `-${cle}` ? 'descending' : 'none';
}
