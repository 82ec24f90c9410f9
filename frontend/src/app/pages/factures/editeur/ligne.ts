import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { formaterMontant } from '../../../kernel/format/montant';
import { Cle, LigneEdition } from './cellules';

/**
 * One line of the grid. It listens to nothing (the grid does, for all of them), so a keystroke renews this line alone.
 */
@Component({
  // A row of a real table has to be a `tr`.
  // eslint-disable-next-line @angular-eslint/component-selector
  selector: 'tr[app-ligne]',
  templateUrl: './ligne.html',
  styleUrl: './ligne.scss',
  host: { '[attr.data-ligne]': 'ligne().id' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LigneDeGrille {
  readonly ligne = input.required<LigneEdition>();
  readonly rang = input.required<number>();
  readonly devise = input('EUR');
  protected readonly nombres: readonly { cle: Cle; mode: 'decimal' | 'text' }[] = [
    { cle: 'quantite', mode: 'decimal' },
    { cle: 'unite', mode: 'text' },
    { cle: 'prix_unitaire_ht', mode: 'decimal' },
    { cle: 'remise_pourcent', mode: 'decimal' },
    { cle: 'taux_tva', mode: 'decimal' },
  ];
  protected readonly erreurs = computed(() => this.ligne().erreurs());
  protected readonly montant = computed(() => {
    const centimes = this.ligne().lue().montantCentimes;
    return centimes === undefined ? '' : formaterMontant(centimes, this.devise());
  });
}
