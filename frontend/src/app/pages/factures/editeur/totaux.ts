import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { formaterMontant, formaterTaux } from '../../../kernel/format/montant';
import { Totaux } from './calcul';

/** The totals while one types, by rate of VAT; an alarm where the service computes otherwise. */
@Component({
  selector: 'app-totaux',
  template: `
    <table>
      <caption i18n>
        Totaux
      </caption>
      <thead class="lu">
        <tr>
          <th scope="col" i18n>Ce qui est totalisé</th>
          <th scope="col" i18n>Base HT</th>
          <th scope="col" i18n>Montant</th>
        </tr>
      </thead>
      <tbody>
        @for (groupe of totaux().groupes; track groupe.taux_tva) {
          <tr>
            <th scope="row" i18n>TVA {{ taux(groupe.taux_tva) }}</th>
            <td class="nombre discret">{{ montant(groupe.base_ht_centimes, devise()) }}</td>
            <td class="nombre">{{ montant(groupe.tva_centimes, devise()) }}</td>
          </tr>
        }
        <tr>
          <th scope="row" colspan="2" i18n>Total HT</th>
          <td class="nombre">{{ montant(totaux().total_ht_centimes, devise()) }}</td>
        </tr>
        <tr>
          <th scope="row" colspan="2" i18n>Total TVA</th>
          <td class="nombre">{{ montant(totaux().total_tva_centimes, devise()) }}</td>
        </tr>
        <tr class="fort">
          <th scope="row" colspan="2" i18n>Total TTC</th>
          <td class="nombre">{{ montant(totaux().total_ttc_centimes, devise()) }}</td>
        </tr>
      </tbody>
    </table>
    @if (ecart(); as e) {
      <p class="mal alarme" role="alert">
        <span aria-hidden="true">✕</span>
        <ng-container i18n
          >Le service compte autrement&nbsp;: {{ montant(e.serveur.total_ttc_centimes, devise()) }} TTC au lieu de
          {{ montant(e.ici.total_ttc_centimes, devise()) }}. Ses chiffres font foi. N'émettez pas sans avoir signalé cet
          écart.</ng-container
        >
      </p>
    }
  `,
  styles: `
    table {
      width: 100%;
      border-collapse: collapse;
    }
    caption {
      text-align: left;
      font-weight: 600;
      font-size: 1.1rem;
    }
    th {
      text-align: left;
      font-weight: 400;
    }
    th,
    td {
      padding: 0.15rem 0;
      border-bottom: 1px solid var(--fond-3);
    }
    .fort th,
    .fort td {
      font-weight: 700;
      font-size: 1.05rem;
    }
    .alarme {
      border: 1px solid var(--mal);
      padding: 0.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TotauxVivants {
  readonly totaux = input.required<Totaux>();
  readonly devise = input('EUR');
  /** Where the service's sums are not those shown for the same lines. */
  readonly ecart = input<{ readonly ici: Totaux; readonly serveur: Totaux }>();
  protected readonly montant = formaterMontant;
  protected readonly taux = formaterTaux;
}
