import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { Dialogue } from '../dialogue';
import { formaterInstant } from '../format/date';
import { Choix, LigneDeConflit } from './conflit';

/**
 * What was changed by somebody else meanwhile, field by field: before, mine, theirs. Nothing typed is lost; closing goes
 * back to the form as it was.
 */
@Component({
  selector: 'app-conflit',
  imports: [Dialogue],
  template: `
    <app-dialogue i18n-titre titre="Modifié entre-temps" [large]="true" (fermer)="fermer.emit()" (principal)="appliquer()">
      <p>
        @if (modifieLe(); as le) {
          <ng-container i18n>Quelqu'un d'autre a enregistré une modification le {{ instant(le) }}.</ng-container>&ngsp;
        } @else {
          <ng-container i18n>Quelqu'un d'autre a enregistré une modification.</ng-container>&ngsp;
        }
        <ng-container i18n>Votre saisie n'est pas perdue&nbsp;: choisissez, champ par champ, ce qui reste.</ng-container>
      </p>
      @if (reprises().length) {
        <p class="discret" i18n>Repris sans question, car vous n'y aviez pas touché&nbsp;: {{ reprises().join(', ') }}.</p>
      }
      <table>
        <caption class="lu" i18n>
          Champs modifiés des deux côtés
        </caption>
        <thead>
          <tr>
            <th scope="col" i18n>Champ</th>
            <th scope="col" i18n>Avant</th>
            <th scope="col" i18n>Votre saisie</th>
            <th scope="col" i18n>Leur version</th>
          </tr>
        </thead>
        <tbody>
          @for (ligne of lignes(); track ligne.cle) {
            <tr>
              <th scope="row">{{ ligne.libelle }}</th>
              <td>{{ ligne.base || '–' }}</td>
              <td>
                <label
                  ><input
                    type="radio"
                    [name]="'conflit-' + ligne.cle"
                    [checked]="choix()[ligne.cle] !== 'leur'"
                    (change)="choisir(ligne.cle, 'mienne')"
                  /><span class="lu">{{ ligne.libelle }}, <ng-container i18n>votre saisie</ng-container></span>
                  {{ ligne.mienne || '–' }}</label
                >
              </td>
              <td>
                <label
                  ><input
                    type="radio"
                    [name]="'conflit-' + ligne.cle"
                    [checked]="choix()[ligne.cle] === 'leur'"
                    (change)="choisir(ligne.cle, 'leur')"
                  /><span class="lu">{{ ligne.libelle }}, <ng-container i18n>leur version</ng-container></span>
                  {{ ligne.leur || '–' }}</label
                >
              </td>
            </tr>
          }
        </tbody>
      </table>
      <p class="actions">
        <button type="button" class="principal" (click)="appliquer()" i18n-title title="Ctrl+Entrée" i18n>Enregistrer ce choix</button>
        <button type="button" (click)="toutes('mienne')" i18n>Garder toute ma saisie</button>
        <button type="button" (click)="toutes('leur')" i18n>Prendre toute leur version</button>
        <button type="button" (click)="fermer.emit()" i18n>Revenir au formulaire</button>
      </p>
    </app-dialogue>
  `,
  styles: `
    table {
      width: 100%;
      border-collapse: collapse;
    }
    th,
    td {
      padding: 0.3rem 0.5rem;
      text-align: left;
      vertical-align: top;
      border-bottom: 1px solid var(--trait);
      overflow-wrap: anywhere;
      white-space: pre-line;
    }
    tbody th {
      font-weight: 400;
    }
    label {
      display: flex;
      gap: 0.4rem;
      min-height: 24px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PanneauConflit {
  readonly lignes = input.required<readonly LigneDeConflit[]>();
  readonly reprises = input<readonly string[]>([]);
  /** Instant of their change, where it is known. */
  readonly modifieLe = input('');
  /** What is kept of each disputed field: to be given to `Conflit.resultat` and sent with the new ETag. */
  readonly resoudre = output<Readonly<Record<string, Choix>>>();
  readonly fermer = output<void>();
  protected readonly instant = formaterInstant;
  protected readonly choix = signal<Readonly<Record<string, Choix | undefined>>>({});
  private readonly complet = computed(() => Object.fromEntries(this.lignes().map(({ cle }) => [cle, this.choix()[cle] ?? 'mienne'])));

  protected choisir(cle: string, choix: Choix): void {
    this.choix.update((choisis) => ({ ...choisis, [cle]: choix }));
  }

  protected toutes(choix: Choix): void {
    this.choix.set(Object.fromEntries(this.lignes().map(({ cle }) => [cle, choix])));
  }

  protected appliquer(): void {
    this.resoudre.emit(this.complet());
  }
}
