import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { VerificationVue } from '../../../api';
import { getFacturesIdVerificationRequest } from '../../../api/@angular/common.gen';
import { lire } from '../../../kernel/data';

/** The checks of the issue while the draft is written, read again with each version that is stored. */
@Component({
  selector: 'app-controles',
  template: `
    <h2 i18n>Contrôles</h2>
    <ul>
      @for (remarque of remarques(); track remarque) {
        <li class="attention"><span aria-hidden="true">▲</span> {{ remarque }}</li>
      }
      @for (controle of aRegarder(); track controle.regle + controle.pointer) {
        <li [class]="controle.niveau === 'ERREUR' ? 'mal' : 'attention'">
          <span aria-hidden="true">{{ controle.niveau === 'ERREUR' ? '✕' : '▲' }}</span> {{ controle.detail }}
          <button type="button" (click)="corriger.emit(controle.pointer)" i18n>Corriger</button>
        </li>
      }
    </ul>
    @if (lecture.probleme()) {
      <p class="discret" i18n>Les contrôles du service ne peuvent pas être lus.</p>
    } @else if (lecture.valeur()) {
      <p class="discret" i18n>{{ enRegle() }} contrôles en règle.</p>
    } @else {
      <p class="discret" i18n>Les contrôles viennent avec le premier enregistrement.</p>
    }
  `,
  styles: `
    h2 {
      margin: 0 0 0.25rem;
    }
    ul {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    li {
      padding: 0.2rem 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Controles {
  readonly factureId = input<string>();
  /** The ETag of the version that is stored. */
  readonly version = input('');
  readonly emission = input.required<string>();
  /** What is known of the client before anything is stored. */
  readonly remarquesDuClient = input<readonly string[]>([]);
  readonly corriger = output<string>();
  protected readonly lecture = lire<VerificationVue>(() => {
    const [id, version] = [this.factureId(), this.version()];
    return id && version ? getFacturesIdVerificationRequest({ path: { id }, query: { date_emission: this.emission() } }) : undefined;
  });
  protected readonly aRegarder = computed(() => (this.lecture.valeur()?.controles ?? []).filter(({ niveau }) => niveau !== 'OK'));
  protected readonly enRegle = computed(() => (this.lecture.valeur()?.controles ?? []).filter(({ niveau }) => niveau === 'OK').length);
  /** Once the service judges, its words replace ours. */
  protected readonly remarques = computed(() => (this.lecture.valeur() ? [] : this.remarquesDuClient()));
}
