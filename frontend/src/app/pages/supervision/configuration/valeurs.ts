import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Cle, Demande, Difference } from './environnement';

/** Keys with their values: those of one environment, or two beside each other. */
@Component({
  selector: 'app-valeurs',
  template: `
    <div class="vue" tabindex="0" [class.perime]="perimee()" [attr.aria-busy]="enCours()">
      <div class="barre" [class.active]="enCours()" aria-hidden="true"></div>
      @if (differences(); as lignes) {
        <table class="dense">
          <caption class="lu" i18n>
            Différences entre deux configurations
          </caption>
          <thead>
            <tr>
              <th scope="col" i18n>Clé</th>
              <th scope="col">{{ nomA() }}</th>
              <th scope="col">{{ nomB() }}</th>
            </tr>
          </thead>
          <tbody>
            @for (ligne of lignes; track ligne.nom) {
              <tr>
                <th scope="row" class="long">
                  <code>{{ ligne.nom }}</code>
                  @if (ligne.pareille) {
                    <span class="discret" i18n>pareille</span>
                  } @else if (!ligne.a || !ligne.b) {
                    <span class="attention" i18n><span aria-hidden="true">◐</span> d'un côté seulement</span>
                  } @else {
                    <span class="attention" i18n><span aria-hidden="true">≠</span> différente</span>
                  }
                </th>
                @for (valeur of [ligne.a, ligne.b]; track $index) {
                  <td class="long" [attr.data-titre]="$first ? nomA() : nomB()">
                    @if (valeur) {
                      <code>{{ valeur.texte }}</code>
                      @if (valeur.secrete) {
                        <span class="discret" i18n>masquée</span>
                      }
                      <span class="discret" [title]="valeur.source"> {{ valeur.origine }}</span>
                    } @else {
                      <span class="discret" i18n>absente</span>
                    }
                  </td>
                }
              </tr>
            }
          </tbody>
        </table>
      } @else {
        <table class="dense">
          <caption class="lu" i18n>
            Configuration de
            {{
              a().application
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col" i18n>Clé</th>
              <th scope="col" i18n>Valeur</th>
              <th scope="col" i18n>Origine</th>
            </tr>
          </thead>
          <tbody>
            @for (cle of cles(); track cle.nom) {
              <tr>
                <th scope="row" class="long">
                  <code>{{ cle.nom }}</code>
                </th>
                <td class="long" i18n-data-titre data-titre="Valeur">
                  <code>{{ cle.gagnante.texte }}</code>
                  @if (cle.gagnante.secrete) {
                    <span class="discret" i18n>masquée</span>
                  }
                  @for (perdante of cle.perdantes; track $index) {
                    <div>
                      <span class="lu" i18n>Sans effet :</span>
                      <s
                        ><code>{{ perdante.texte }}</code></s
                      >
                    </div>
                  }
                </td>
                <td class="serre" i18n-data-titre data-titre="Origine">
                  <span [title]="cle.gagnante.source">{{ cle.gagnante.origine }}</span>
                  @for (perdante of cle.perdantes; track $index) {
                    <div>
                      <s [title]="perdante.source">{{ perdante.origine }}</s>
                    </div>
                  }
                </td>
              </tr>
            }
          </tbody>
        </table>
      }
    </div>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Valeurs {
  readonly cles = input.required<readonly Cle[]>();
  /** Given where two environments are compared. */
  readonly differences = input<readonly Difference[]>();
  readonly a = input.required<Demande>();
  readonly b = input.required<Demande>();
  readonly perimee = input(false);
  readonly enCours = input(false);
  protected readonly nomA = computed(() => nomDe(this.a()));
  protected readonly nomB = computed(() => nomDe(this.b()));
}

function nomDe({ application, profil, etiquette }: Demande): string {
  return [application, profil || 'default', etiquette].filter(Boolean).join(' / ');
}
