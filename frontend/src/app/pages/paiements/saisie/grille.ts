import { ChangeDetectionStrategy, Component, ElementRef, inject, input, model, output, untracked, viewChildren } from '@angular/core';
import { RouterLink } from '@angular/router';
import { MotifEcart } from '../../../api';
import { Annonces } from '../../../kernel/etats';
import { formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { LigneARepartir, Repartition } from './repartition';

/** Why a small difference may be written off; a discount needs a credit note instead. */
const MOTIFS: readonly { readonly valeur: MotifEcart; readonly libelle: string }[] = [
  { valeur: 'FRAIS_BANCAIRES', libelle: $localize`passer en écart : frais bancaires` },
  { valeur: 'PETITE_DIFFERENCE', libelle: $localize`passer en écart : petite différence` },
  { valeur: 'AUTRE', libelle: $localize`passer en écart : autre raison` },
];

/**
 * The open invoices of a client with the column "à affecter", worked by keyboard: Space in an untouched cell fills it,
 * typing makes it partial, arrows and Enter move in the column.
 */
@Component({
  selector: 'app-grille-affectation',
  imports: [RouterLink],
  templateUrl: './grille.html',
  styleUrl: './grille.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class GrilleAffectation {
  readonly repartition = input.required<Repartition>();
  readonly devise = input('EUR');
  readonly inactive = input(false);
  /** Whether small differences may be written off here. */
  readonly ecartsPermis = input(false);
  /** Reason of the write-off by invoice. */
  readonly ecarts = model<ReadonlyMap<string, MotifEcart>>(new Map());
  readonly ordreLegal = output<void>();
  /** Enter in the last cell. */
  readonly fini = output<void>();

  protected readonly motifs = MOTIFS;
  protected readonly date = formaterDate;
  private readonly cellules = viewChildren<ElementRef<HTMLInputElement>>('cellule');
  private readonly annonces = inject(Annonces);

  protected montant(centimes: number): string {
    return formaterMontant(centimes, this.devise());
  }

  protected nomDeCellule({ facture }: LigneARepartir): string {
    return $localize`À affecter à ${facture.numero}`;
  }

  protected toucher(evenement: KeyboardEvent, ligne: LigneARepartir, rang: number): void {
    if (evenement.altKey || evenement.ctrlKey || evenement.metaKey) return;
    const gestes: Record<string, () => boolean> = {
      ' ': () => this.remplir(ligne),
      ArrowDown: () => this.aller(rang + 1),
      ArrowUp: () => this.aller(rang - 1),
      Enter: () => this.aller(rang + 1) || (this.fini.emit(), true),
    };
    if (gestes[evenement.key]?.()) evenement.preventDefault();
  }

  protected choisirEcart({ facture }: LigneARepartir, motif: string): void {
    const suivants = new Map(this.ecarts());
    if (motif) suivants.set(facture.facture_id, motif as MotifEcart);
    else suivants.delete(facture.facture_id);
    this.ecarts.set(suivants);
  }

  /** The first cell that is wrong, otherwise the first one, gets the focus. */
  focus(): void {
    const fausse = untracked(this.repartition().lignes).findIndex(({ erreur }) => erreur);
    setTimeout(() => this.aller(Math.max(fausse, 0)));
  }

  private remplir(ligne: LigneARepartir): boolean {
    const rempli = this.repartition().remplir(ligne);
    if (rempli) this.annonces.dire($localize`Reste à affecter ${this.montant(this.repartition().reste())}`);
    return rempli;
  }

  private aller(rang: number): boolean {
    const cellule = this.cellules()[rang]?.nativeElement;
    cellule?.focus();
    cellule?.select();
    return cellule !== undefined;
  }
}
