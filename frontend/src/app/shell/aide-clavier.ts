import { CdkTrapFocus } from '@angular/cdk/a11y';
import { ChangeDetectionStrategy, Component, inject, output } from '@angular/core';
import { Raccourcis } from '../kernel/clavier/raccourcis';

/** Every shortcut in force on the page, and the switch for those of one letter. */
@Component({
  selector: 'app-aide-clavier',
  imports: [CdkTrapFocus],
  template: `
    <div class="voile"></div>
    <section
      role="dialog"
      aria-modal="true"
      aria-labelledby="aide-titre"
      cdkTrapFocus
      cdkTrapFocusAutoCapture
      (keydown.escape)="fermer.emit()"
    >
      <h2 id="aide-titre" i18n>Clavier</h2>
      <table>
        <caption class="lu" i18n>
          Touches de cette page
        </caption>
        <tbody>
          @for (raccourci of raccourcis.tous(); track raccourci.touche) {
            <tr>
              <th scope="row">
                <kbd>{{ raccourci.touche }}</kbd>
              </th>
              <td>{{ raccourci.libelle }}</td>
            </tr>
          }
          <tr>
            <th scope="row"><kbd>↑ ↓ j k</kbd></th>
            <td i18n>Ligne précédente, suivante</td>
          </tr>
          <tr>
            <th scope="row"><kbd i18n>Entrée</kbd></th>
            <td i18n>Ouvrir la ligne</td>
          </tr>
          <tr>
            <th scope="row"><kbd i18n>Espace x</kbd></th>
            <td i18n>Choisir la ligne ; avec Maj, jusqu'ici ; Ctrl+a, tout</td>
          </tr>
        </tbody>
      </table>
      <p>
        <label
          ><input type="checkbox" [checked]="raccourcis.uneLettre()" #lettre (change)="raccourcis.permettreUneLettre(lettre.checked)" />
          <span i18n>Touches d'une seule lettre en service</span></label
        >
      </p>
      <button type="button" (click)="fermer.emit()" i18n>Fermer</button>
    </section>
  `,
  styles: `
    .voile {
      position: fixed;
      inset: 0;
      background: rgb(0 0 0 / 40%);
      z-index: 20;
    }
    section {
      position: fixed;
      inset: 10vh auto auto 50%;
      transform: translateX(-50%);
      z-index: 21;
      background: var(--fond);
      color: var(--texte);
      border: 1px solid var(--trait);
      padding: 1rem 1.5rem;
      max-height: 75vh;
      overflow: auto;
    }
    th {
      text-align: left;
      padding-right: 1.5rem;
      font-weight: 400;
    }
    kbd {
      border: 1px solid var(--trait);
      border-radius: 3px;
      padding: 0 0.3rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AideClavier {
  protected readonly raccourcis = inject(Raccourcis);
  readonly fermer = output<void>();
}
