import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Serie } from './modele';

/** What stands around every chart: its title, the legend of its series, and the same figures as a table. */
@Component({
  selector: 'app-cadre-graphique',
  imports: [RouterLink],
  template: `
    <figure>
      <figcaption class="lu">{{ titre() }}</figcaption>
      @if (series().length > 1) {
        <ul class="legende" aria-hidden="true">
          @for (serie of series(); track serie.nom; let s = $index) {
            <li><span [class]="'pastille serie-' + ((s % 5) + 1)"></span>{{ serie.nom }}</li>
          }
        </ul>
      }
      <ng-content />
      <details class="ecran">
        <summary i18n>Les chiffres en tableau</summary>
        <table>
          <caption class="lu">
            {{
              titre()
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ categorie() }}</th>
              @for (serie of series(); track serie.nom) {
                <th scope="col" class="nombre">{{ serie.nom }}</th>
              }
            </tr>
          </thead>
          <tbody>
            @for (nom of categories(); track $index; let rang = $index) {
              <tr>
                <th scope="row">{{ nom }}</th>
                @for (serie of series(); track serie.nom) {
                  <td class="nombre">
                    @if (serie.liens?.[rang]; as lien) {
                      <a [routerLink]="lien.chemin" [queryParams]="lien.parametres">{{ format()(serie.valeurs[rang] ?? 0) }}</a>
                    } @else {
                      {{ format()(serie.valeurs[rang] ?? 0) }}
                    }
                  </td>
                }
              </tr>
            }
          </tbody>
        </table>
      </details>
    </figure>
  `,
  styleUrl: './graphique.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CadreGraphique {
  readonly titre = input.required<string>();
  /** What the categories are: heading of the table's first column. */
  readonly categorie = input.required<string>();
  readonly categories = input.required<readonly string[]>();
  readonly series = input.required<readonly Serie[]>();
  readonly format = input.required<(valeur: number) => string>();
}
