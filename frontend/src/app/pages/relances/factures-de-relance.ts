import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { LigneVue } from '../../api';
import { formaterDate } from '../../kernel/format/date';
import { formaterMontant } from '../../kernel/format/montant';
import { direLigne } from './mots';

/** The invoices of a reminder with the reason of each, and what is asked for. */
@Component({
  selector: 'app-factures-de-relance',
  imports: [RouterLink],
  template: `
    <div class="defile" tabindex="0" role="region" i18n-aria-label aria-label="Factures de la relance">
      <table>
        <caption class="lu" i18n>
          Factures de la relance, et pourquoi
        </caption>
        <thead>
          <tr>
            <th scope="col" i18n>Facture</th>
            <th scope="col" i18n>Échéance</th>
            <th scope="col" class="nombre" i18n>Reste dû</th>
            <th scope="col" class="nombre" i18n>Intérêts</th>
            <th scope="col" class="nombre" i18n>Indemnité</th>
          </tr>
        </thead>
        <tbody>
          @for (ligne of factures(); track ligne.facture_id) {
            <tr>
              <th scope="row">
                <a [routerLink]="['/factures', ligne.facture_id]">{{ ligne.numero }}</a>
                <span class="raison">{{ direLigne(ligne) }}</span>
              </th>
              <td>{{ date(ligne.date_echeance) }}</td>
              <td class="nombre">{{ montant(ligne.reste_centimes, devise()) }}</td>
              <td class="nombre">
                @if (ligne.interets_centimes === null) {
                  <ng-container i18n>en sus</ng-container>
                } @else {
                  {{ montant(ligne.interets_centimes, devise()) }}
                }
              </td>
              <td class="nombre">{{ montant(ligne.indemnite_centimes, devise()) }}</td>
            </tr>
          }
        </tbody>
        <tfoot>
          @if (credits()) {
            <tr>
              <th scope="row" colspan="2" i18n>Avoirs et acomptes déduits</th>
              <td class="nombre">{{ montant(0 - credits(), devise()) }}</td>
              <td colspan="2"></td>
            </tr>
          }
          <tr>
            <th scope="row" colspan="2" i18n>Total demandé</th>
            <td class="nombre">{{ montant(total(), devise()) }}</td>
            <td colspan="2" class="discret" i18n>hors intérêts et indemnités</td>
          </tr>
        </tfoot>
      </table>
    </div>
  `,
  styles: `
    .defile {
      overflow-x: auto;
    }

    table {
      width: 100%;
      border-collapse: collapse;
    }

    th,
    td {
      padding: 0.2rem 0.4rem;
      text-align: left;
      font-weight: 400;
      vertical-align: top;
      border-bottom: 1px solid var(--fond-3);
    }

    td.nombre,
    th.nombre {
      text-align: right;
    }

    thead th {
      font-weight: 600;
      color: var(--texte-2);
    }

    tfoot th,
    tfoot .nombre {
      font-weight: 600;
    }

    .raison {
      display: block;
      color: var(--texte-2);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FacturesDeRelance {
  readonly factures = input.required<readonly LigneVue[]>();
  readonly devise = input.required<string>();
  /** Credits taken off, and the sum asked for, in cents. */
  readonly credits = input.required<number>();
  readonly total = input.required<number>();
  protected readonly date = formaterDate;
  protected readonly montant = formaterMontant;
  protected readonly direLigne = direLigne;
}
