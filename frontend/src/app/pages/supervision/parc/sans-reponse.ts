import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { motifDe, Reponse } from './interrogation';

/** Those of several instances that gave no answer: some have nothing of the kind, some could not be reached. */
@Component({
  selector: 'app-sans-reponse',
  template: `
    @if (absentes().length) {
      <p class="discret" i18n>N'exposent pas {{ quoi() }} : {{ absentes().join(', ') }}.</p>
    }
    @if (muettes().length) {
      <ul class="attention" role="status" i18n-aria-label aria-label="Instances sans réponse">
        @for (muette of muettes(); track muette.cible.cle) {
          <li>
            <ng-container i18n
              ><strong><span aria-hidden="true">⚠</span> {{ muette.cible.application }}, {{ muette.cible.instance.id }}</strong
              >&nbsp;: {{ motif(muette) }}</ng-container
            >
          </li>
        }
      </ul>
    }
  `,
  styles: `
    ul {
      margin: 0.4rem 0;
      padding-left: 1rem;
      list-style: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SansReponse {
  readonly reponses = input.required<readonly Reponse<unknown>[]>();
  /** What was asked for, with its article: « leurs disjoncteurs ». */
  readonly quoi = input.required<string>();
  protected readonly absentes = computed(() =>
    this.reponses()
      .filter(({ absente }) => absente)
      .map(({ cible }) => `${cible.application} (${cible.instance.id})`),
  );
  protected readonly muettes = computed(() => this.reponses().filter(({ probleme }) => probleme !== undefined));
  protected readonly motif = motifDe;
}
