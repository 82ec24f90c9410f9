import { afterNextRender, ChangeDetectionStrategy, Component, computed, ElementRef, input, output, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PaiementJson } from '../../../api';
import { formaterMontant } from '../../../kernel/format/montant';
import { ETATS_AFFECTATION } from '../../../kernel/mots';
import { EcartFait } from './ecarts';
import { ToucheEnTitre } from '../../../kernel/clavier';

/** What came of a payment that was saved. */
export interface IssueDeSaisie {
  readonly paiement: PaiementJson;
  /** The service that was out: the payment is kept and will be allocated when it is back. */
  readonly degrade?: string;
  readonly ecarts: readonly EcartFait[];
  /** A write-off was wanted but could not be tried. */
  readonly ecartsReportes: boolean;
}

/** Says what came of a payment, and offers the next one. */
@Component({
  selector: 'app-issue-de-saisie',
  imports: [RouterLink, ToucheEnTitre],
  templateUrl: './issue.html',
  styles: `
    .issue {
      border: 1px solid var(--bien);
      border-left-width: 4px;
      padding: 0.75rem 1rem;
      margin: 0.75rem 0;
      max-width: 50rem;
      background: var(--fond-2);
    }
    .attente {
      border-color: var(--attention);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Issue {
  readonly issue = input.required<IssueDeSaisie>();
  /** Another payment is to be entered. */
  readonly encore = output<void>();
  protected readonly paiement = computed(() => this.issue().paiement);
  protected readonly etats = ETATS_AFFECTATION;
  private readonly autre = viewChild.required<ElementRef<HTMLElement>>('autre');

  constructor() {
    afterNextRender(() => this.autre().nativeElement.focus());
  }

  protected montant(centimes: number): string {
    return formaterMontant(centimes, this.paiement().devise);
  }
}
