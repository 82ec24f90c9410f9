import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { FieldTree } from '@angular/forms/signals';

/** What is wrong in a form that was tried, at its top: each line leads to its field. */
@Component({
  selector: 'app-resume-erreurs',
  template: `
    @if (erreurs().length) {
      <div class="resume" role="alert">
        <p><strong i18n>À corriger avant d'enregistrer</strong></p>
        <ul>
          @for (erreur of erreurs(); track $index) {
            <li>
              <button type="button" class="lien" (click)="erreur.fieldTree().focusBoundControl()">{{ erreur.message }}</button>
            </li>
          }
        </ul>
      </div>
    }
  `,
  styles: `
    .resume {
      border: 1px solid var(--mal);
      border-left-width: 4px;
      padding: 0.5rem 0.75rem;
      margin: 0.5rem 0;
      background: var(--fond-2);
    }
    p,
    ul {
      margin: 0;
    }
    .lien {
      border: 0;
      padding: 0;
      background: none;
      color: var(--accent);
      text-align: left;
      text-decoration: underline;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ResumeErreurs {
  readonly formulaire = input.required<FieldTree<unknown>>();
  /** Only once the form was tried. */
  readonly soumis = input.required<boolean>();
  protected readonly erreurs = computed(() => (this.soumis() ? this.formulaire()().errorSummary() : []));
}
