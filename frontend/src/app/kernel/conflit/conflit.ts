/** Two people changed the same thing: what each of them changed, and what comes of it. */

/** Whose value is kept where both changed it. */
export type Choix = 'mienne' | 'leur';

/** A field of `T` that is compared, and how its value is said. */
export interface ChampCompare<T> {
  readonly cle: keyof T & string;
  readonly libelle: string;
  readonly dire: (valeur: T) => string;
}

/** A field that both changed, each otherwise. */
export interface LigneDeConflit {
  readonly cle: string;
  readonly libelle: string;
  readonly base: string;
  readonly mienne: string;
  readonly leur: string;
}

/**
 * The three-way comparison of what was read (`base`), what was typed (`mienne`) and what is stored now (`leur`). A field
 * that only one side changed is merged without a question; fields that are not among `champs` are theirs.
 */
export class Conflit<T extends object> {
  readonly lignes: readonly LigneDeConflit[];
  /** Names of the fields that only they changed. */
  readonly reprises: readonly string[];
  /** Nothing that was typed is missing from what is stored. */
  readonly identiques: boolean;

  constructor(
    private readonly base: T,
    private readonly mienne: T,
    private readonly leur: T,
    private readonly champs: readonly ChampCompare<T>[],
  ) {
    this.lignes = champs.filter(({ cle }) => this.dispute(cle)).map((champ) => this.ligne(champ));
    this.reprises = champs.filter(({ cle }) => this.change(leur, cle) && !this.change(mienne, cle)).map(({ libelle }) => libelle);
    this.identiques = champs.every(({ cle }) => !this.change(mienne, cle) || egales(mienne[cle], leur[cle]));
  }

  /** What is to be stored; a disputed field without a choice is mine. */
  resultat(choix: Readonly<Record<string, Choix | undefined>> = {}): T {
    const resultat = { ...this.leur };
    for (const { cle } of this.champs) {
      const disputee = this.dispute(cle);
      if (disputee ? choix[cle] !== 'leur' : this.change(this.mienne, cle)) resultat[cle] = this.mienne[cle];
    }
    return resultat;
  }

  private dispute(cle: keyof T): boolean {
    return this.change(this.mienne, cle) && this.change(this.leur, cle) && !egales(this.mienne[cle], this.leur[cle]);
  }

  private change(autre: T, cle: keyof T): boolean {
    return !egales(this.base[cle], autre[cle]);
  }

  private ligne({ cle, libelle, dire }: ChampCompare<T>): LigneDeConflit {
    return { cle, libelle, base: dire(this.base), mienne: dire(this.mienne), leur: dire(this.leur) };
  }
}

function egales(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
