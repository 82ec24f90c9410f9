import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { GetFacturesData, GetFacturesResponse } from '../../api';
import { getFacturesRequest } from '../../api/@angular/common.gen';
import { parametresDeTranche } from '../../kernel/balance';
import { lire } from '../../kernel/data';
import { AfficheProbleme, Squelette } from '../../kernel/etats';
import { formaterDate } from '../../kernel/format/date';
import { formaterMontant } from '../../kernel/format/montant';

/** The open invoices of one client and currency at a date, oldest due first, unfolded below the client's row. */
@Component({
  selector: 'app-factures-ouvertes',
  imports: [RouterLink, AfficheProbleme, Squelette],
  template: `
    @if (factures.valeur(); as page) {
      <table>
        <caption class="lu" i18n>
          Factures ouvertes de
          {{
            nom()
          }}
        </caption>
        <thead>
          <tr>
            <th scope="col" i18n>Numéro</th>
            <th scope="col" i18n>Émission</th>
            <th scope="col" i18n>Échéance</th>
            <th scope="col" class="nombre" i18n>Retard</th>
            <th scope="col" class="nombre" i18n>Total TTC</th>
            <th scope="col" class="nombre" i18n>Reste dû</th>
          </tr>
        </thead>
        <tbody>
          @for (facture of page.elements; track facture.id) {
            <tr>
              <th scope="row">
                <a [routerLink]="['/factures', facture.id]">{{ facture.numero }}</a>
              </th>
              <td>{{ jour(facture.date_emission) }}</td>
              <td>{{ jour(facture.date_echeance) }}</td>
              <td class="nombre">
                @if (facture.jours_retard) {
                  <ng-container i18n>{{ facture.jours_retard }} j</ng-container>
                }
              </td>
              <td class="nombre">{{ montant(facture.total_ttc_centimes, facture.devise) }}</td>
              <td class="nombre">{{ montant(facture.reste_centimes, facture.devise) }}</td>
            </tr>
          }
        </tbody>
      </table>
      @if (page.total > page.elements.length) {
        <p>
          <a routerLink="/factures" [queryParams]="parametres()" i18n>Voir les {{ page.total }} factures</a>
        </p>
      }
    } @else if (factures.probleme()) {
      <app-probleme [probleme]="factures.probleme()" (reessayer)="factures.recharger()" />
    } @else {
      <app-squelette [nombre]="2" />
    }
  `,
  styles: `
    table {
      border-collapse: collapse;
      width: 100%;
    }
    th,
    td {
      padding: 0.15rem 0.5rem;
      text-align: left;
      font-weight: 400;
    }
    thead th {
      color: var(--texte-2);
    }
    th.nombre,
    td.nombre {
      text-align: right;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FacturesOuvertes {
  readonly clientId = input.required<string>();
  readonly devise = input.required<string>();
  readonly nom = input.required<string>();
  readonly au = input.required<string>();
  protected readonly parametres = computed(() => ({
    ...parametresDeTranche(this.au(), undefined, this.clientId()),
    devise: this.devise(),
  }));
  protected readonly factures = lire<GetFacturesResponse>(() =>
    getFacturesRequest({ query: { ...this.parametres(), tri: 'date_echeance', limit: 50 } as GetFacturesData['query'] }),
  );
  protected readonly montant = formaterMontant;

  protected jour(iso: string | null): string {
    return iso ? formaterDate(iso) : '';
  }
}
