import { computed, Signal, signal } from '@angular/core';
import { FactureOuverteJson, PartJson } from '../../../api';
import { formaterMontant, lireMontant, montantSaisissable } from '../../../kernel/format/montant';

/** So many invoices fit one payment (the API's limit). */
const AU_PLUS = 100;
/** Up to this difference, in cents, a write-off is offered. */
const PETIT_ECART = 500;

/** An open invoice and what is typed beside it. */
export interface LigneARepartir {
  readonly facture: FactureOuverteJson;
  readonly texte: string;
  /** Cents of the text: 0 when empty, `undefined` when unreadable. */
  readonly centimes: number | undefined;
  readonly erreur?: string;
  /** Cents that the invoice will still owe, when they are few enough to be written off. */
  readonly ecart?: number;
}

/** How a payment is spread over the open invoices of a client: what is typed, what it comes to, what is left. */
export class Repartition {
  private readonly textes = signal<ReadonlyMap<string, string>>(new Map());
  readonly lignes: Signal<readonly LigneARepartir[]> = computed(() => this.ouvertes().map((facture) => this.ligne(facture)));
  /** Cents spread so far. */
  readonly affecte = computed(() => this.lignes().reduce((somme, { centimes }) => somme + (centimes ?? 0), 0));
  /** Cents of the payment that no invoice gets; negative when more is spread than was received. */
  readonly reste = computed(() => (this.montant() ?? 0) - this.affecte());
  readonly vide = computed(() => this.lignes().every(({ texte }) => !texte.trim()));
  readonly parts: Signal<PartJson[]> = computed(() =>
    this.lignes().flatMap(({ facture, centimes }) => (centimes ? [{ facture_id: facture.facture_id, montant_centimes: centimes }] : [])),
  );
  /** Why it cannot be saved as it is. */
  readonly empechement: Signal<string | undefined> = computed(() => this.chercherEmpechement());

  constructor(
    private readonly montant: Signal<number | null>,
    private readonly ouvertes: Signal<readonly FactureOuverteJson[]>,
    private readonly devise: Signal<string>,
  ) {}

  taper(id: string, texte: string): void {
    this.textes.update((textes) => new Map(textes).set(id, texte));
  }

  /** On leaving a cell its amount is written as all amounts are. */
  quitter(id: string): void {
    const centimes = lireMontant(this.textes().get(id) ?? '');
    if (centimes !== undefined) this.taper(id, centimes ? montantSaisissable(centimes) : '');
  }

  /** Fill an untouched cell with what is left, at most what the invoice owes; before an amount is typed, with all of it. */
  remplir({ facture, texte }: LigneARepartir): boolean {
    if (texte.trim()) return false;
    const libre = this.montant() === null ? facture.reste_centimes : Math.max(this.reste(), 0);
    const centimes = Math.min(facture.reste_centimes, libre);
    this.taper(facture.facture_id, centimes ? montantSaisissable(centimes) : '');
    return true;
  }

  /** Put these parts in place of what is typed. */
  poser(parts: readonly PartJson[]): void {
    this.textes.set(new Map(parts.map(({ facture_id, montant_centimes }) => [facture_id, montantSaisissable(montant_centimes)])));
  }

  effacer(): void {
    this.textes.set(new Map());
  }

  private ligne(facture: FactureOuverteJson): LigneARepartir {
    const texte = this.textes().get(facture.facture_id) ?? '';
    const centimes = texte.trim() ? lireMontant(texte) : 0;
    const manque = facture.reste_centimes - (centimes ?? 0);
    return {
      facture,
      texte,
      centimes,
      erreur: this.erreurDe(facture, centimes),
      ecart: centimes && centimes > 0 && manque > 0 && manque <= PETIT_ECART ? manque : undefined,
    };
  }

  private erreurDe({ reste_centimes }: FactureOuverteJson, centimes: number | undefined): string | undefined {
    if (centimes === undefined) return $localize`Montant illisible : par exemple 1 234,56.`;
    if (centimes < 0) return $localize`Une affectation est positive.`;
    if (centimes > reste_centimes) return $localize`Plus que le reste dû, ${formaterMontant(reste_centimes, this.devise())}.`;
    return undefined;
  }

  private chercherEmpechement(): string | undefined {
    if (this.lignes().some(({ erreur }) => erreur)) return $localize`Une affectation est à corriger.`;
    if (this.reste() < 0) return $localize`Les affectations dépassent le montant reçu de ${formaterMontant(-this.reste(), this.devise())}.`;
    return this.parts().length > AU_PLUS ? $localize`Un paiement règle au plus ${AU_PLUS} factures.` : undefined;
  }
}
