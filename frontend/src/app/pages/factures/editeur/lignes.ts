import { computed, signal } from '@angular/core';
import { compter } from '../../../kernel/format/texte';
import { totaliser } from './calcul';
import { CLES, Cle, LigneEdition, Textes, textesDe } from './cellules';
import { LigneDeContenu } from './contenu';

/** A line that cannot be stored yet: its number as shown, and why. */
export interface LigneIncomplete {
  readonly ligne: LigneEdition;
  readonly rang: number;
  readonly cle: Cle;
  readonly message: string;
}

/** Something done to the lines that can be undone. */
interface Geste {
  readonly quoi: string;
  readonly avant: readonly (readonly [LigneEdition, Textes])[];
}

/** The lines of a draft under the hands: what may be done to them, what they sum to. */
export class Lignes {
  private readonly suite = signal<readonly LigneEdition[]>([new LigneEdition()]);
  private readonly geste = signal<Geste | undefined>(undefined);
  private readonly changements = signal(0);
  readonly toutes = this.suite.asReadonly();
  /** Counts every change. */
  readonly revision = this.changements.asReadonly();
  /** What `defaire` would undo, in words. */
  readonly aDefaire = computed(() => this.geste()?.quoi);
  readonly totaux = computed(() =>
    totaliser(
      this.suite().flatMap((ligne) => {
        const { contenu, montantCentimes } = ligne.lue();
        return contenu && montantCentimes !== undefined ? [{ taux_tva: contenu.taux_tva, montant_ht_centimes: montantCentimes }] : [];
      }),
    ),
  );
  readonly incompletes = computed<readonly LigneIncomplete[]>(() =>
    this.suite().flatMap((ligne, rang) => {
      const { vide, erreurs } = ligne.lue();
      const cle = CLES.find((candidate) => erreurs[candidate]);
      return vide || !cle ? [] : [{ ligne, rang, cle, message: erreurs[cle] ?? '' }];
    }),
  );

  /** The lines that can be stored, in their order. */
  contenu(): LigneDeContenu[] {
    return this.suite().flatMap((ligne) => ligne.lue().contenu ?? []);
  }

  /** The line behind the one of this rank in `contenu`. */
  stockee(rang: number): LigneEdition | undefined {
    return this.suite().filter((ligne) => ligne.lue().contenu)[rang];
  }

  /** Put other lines in the place of all; those that are the same keep their fields (and the focus in them). */
  poser(lignes: readonly LigneDeContenu[]): void {
    const presentes = [...this.suite()];
    const reprises = lignes.map((ligne) => {
      const rang = presentes.findIndex((candidate) => JSON.stringify(candidate.lue().contenu) === JSON.stringify(ligne));
      return rang < 0 ? new LigneEdition(textesDe(ligne)) : (presentes.splice(rang, 1)[0] as LigneEdition);
    });
    const restees = presentes.filter((ligne) => !ligne.lue().vide && !ligne.lue().contenu);
    const suite = [...reprises, ...restees];
    this.suite.set(suite.length ? suite : [new LigneEdition()]);
    this.geste.set(undefined);
    this.changer();
  }

  ecrire(ligne: LigneEdition, cle: Cle, texte: string): void {
    ligne.ecrire(cle, texte);
    this.changer();
  }

  /** A new line behind the one at `rang`, with its rate and unit. */
  inserer(rang: number): LigneEdition {
    const modele = this.suite()[rang];
    const neuve = new LigneEdition(modele && { taux_tva: modele.texte('taux_tva') });
    this.placer(rang + 1, neuve);
    return neuve;
  }

  dupliquer(rang: number): LigneEdition | undefined {
    const modele = this.suite()[rang];
    if (!modele) return undefined;
    const copie = new LigneEdition(modele.textes());
    this.placer(rang + 1, copie);
    return copie;
  }

  deplacer(rang: number, pas: 1 | -1): boolean {
    const cible = rang + pas;
    if (cible < 0 || cible >= this.suite().length) return false;
    const suite = [...this.suite()];
    suite.splice(cible, 0, ...suite.splice(rang, 1));
    this.suite.set(suite);
    this.changer();
    return true;
  }

  supprimer(rang: number): void {
    this.retenir($localize`Ligne ${rang + 1} supprimée`);
    const suite = this.suite().filter((_, i) => i !== rang);
    this.suite.set(suite.length ? suite : [new LigneEdition()]);
    this.changer();
  }

  /** Write a block of cells from the cell at `rang` and `cle` on, to the right and down; lines are added as needed. */
  coller(rang: number, cle: Cle, cellules: readonly (readonly string[])[]): void {
    this.retenir($localize`${compter(cellules.length, $localize`ligne collée`, $localize`lignes collées`)}`);
    const manquent = Math.max(0, rang + cellules.length - this.suite().length);
    if (manquent) this.suite.update((suite) => [...suite, ...Array.from({ length: manquent }, () => new LigneEdition())]);
    const premiere = CLES.indexOf(cle);
    cellules.forEach((textes, i) => remplir(this.suite()[rang + i], premiere, textes));
    this.changer();
  }

  /** Undo what was done last (a deletion, a paste). */
  defaire(): void {
    const geste = this.geste();
    if (!geste) return;
    this.geste.set(undefined);
    for (const [ligne, textes] of geste.avant) for (const cle of CLES) ligne.ecrire(cle, textes[cle]);
    this.suite.set(geste.avant.map(([ligne]) => ligne));
    this.changer();
  }

  private placer(rang: number, ligne: LigneEdition): void {
    this.suite.update((suite) => [...suite.slice(0, rang), ligne, ...suite.slice(rang)]);
    this.changer();
  }

  private retenir(quoi: string): void {
    this.geste.set({ quoi, avant: this.suite().map((ligne) => [ligne, ligne.textes()] as const) });
  }

  private changer(): void {
    this.changements.update((nombre) => nombre + 1);
  }
}

function remplir(ligne: LigneEdition | undefined, premiere: number, textes: readonly string[]): void {
  textes.forEach((texte, colonne) => {
    const cle = CLES[premiere + colonne];
    if (!ligne || !cle) return;
    ligne.ecrire(cle, texte);
    ligne.quitter(cle);
  });
}
