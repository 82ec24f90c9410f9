import { computed, Signal, signal, WritableSignal } from '@angular/core';
import { FactureVue } from '../../../api';
import { Probleme, problemeDe } from '../../../kernel/data';

/** What became of one document of a lot. */
export type Sort = 'exclue' | 'prete' | 'enCours' | 'faite' | 'refusee' | 'inconnue';

/** A document of a lot; `dit` says why it is left out, or what came of it. */
export interface Membre {
  readonly facture: FactureVue;
  readonly sort: Sort;
  readonly dit: string;
}

/** An act on several documents, one after the other: who is in it, how far it is, what came of each. */
export class Lot {
  private readonly suite: WritableSignal<readonly Membre[]>;
  private readonly arretDemande = signal(false);
  readonly membres: Signal<readonly Membre[]> = computed(() => this.suite());
  readonly enCours = signal(false);
  readonly nombre = (sort: Sort): number => this.suite().filter((membre) => membre.sort === sort).length;
  readonly retenus = computed(() => this.suite().filter(({ sort }) => sort !== 'exclue').length);
  readonly traites = computed(() => this.retenus() - this.nombre('prete') - this.nombre('enCours'));
  readonly aReprendre = computed(() => this.nombre('refusee') + this.nombre('inconnue'));
  readonly commence = computed(() => this.traites() > 0 || this.enCours());

  /** `motifDe` says why a document cannot take part, `undefined` when it can. */
  constructor(factures: readonly FactureVue[], motifDe: (facture: FactureVue) => string | undefined) {
    this.suite = signal<readonly Membre[]>(
      factures.map((facture) => {
        const motif = motifDe(facture);
        return { facture, sort: motif ? 'exclue' : 'prete', dit: motif ?? '' };
      }),
    );
  }

  /** Do `acte` for each that is ready; it answers what to say. The first refusal does not stop the others. */
  async lancer(acte: (facture: FactureVue) => Promise<string>): Promise<void> {
    this.arretDemande.set(false);
    this.enCours.set(true);
    for (const { facture, sort } of this.suite()) {
      if (sort === 'prete' && !this.arretDemande()) await this.traiter(facture, acte);
    }
    this.enCours.set(false);
  }

  /** Those that failed are ready again. */
  reprendre(): void {
    this.suite.update((suite) => suite.map((m) => (m.sort === 'refusee' || m.sort === 'inconnue' ? { ...m, sort: 'prete', dit: '' } : m)));
  }

  /** Stop after the present one. */
  arreter(): void {
    this.arretDemande.set(true);
  }

  private async traiter(facture: FactureVue, acte: (facture: FactureVue) => Promise<string>): Promise<void> {
    this.noter(facture.id, 'enCours', '');
    try {
      this.noter(facture.id, 'faite', await acte(facture));
    } catch (erreur) {
      const probleme = problemeDe(erreur);
      this.noter(facture.id, estInconnu(probleme) ? 'inconnue' : 'refusee', probleme.detail || probleme.titre);
    }
  }

  private noter(id: string, sort: Sort, dit: string): void {
    this.suite.update((suite) => suite.map((membre) => (membre.facture.id === id ? { ...membre, sort, dit } : membre)));
  }
}

function estInconnu({ statut }: Probleme): boolean {
  return statut === 0 || statut >= 502;
}
