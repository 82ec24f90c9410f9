import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { Probleme } from '../../../kernel/data';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme } from '../../../kernel/etats';

/** Asks before something is done: what it will do stands in the content, the button says it again; doing nothing comes first. */
@Component({
  selector: 'app-confirmation',
  imports: [Dialogue, AfficheProbleme],
  template: `
    <app-dialogue [titre]="titre()" (fermer)="fermer.emit()" (principal)="faire()">
      <ng-content />
      <app-probleme [probleme]="probleme()" [reessayable]="false" />
      <p class="actions">
        <button type="button" (click)="fermer.emit()" i18n>Ne rien faire</button>
        <button
          type="button"
          [class]="danger() ? 'danger' : 'principal'"
          [disabled]="enCours()"
          (click)="faire()"
          i18n-title
          title="Ctrl+Entrée"
        >
          {{ action() }}
        </button>
      </p>
    </app-dialogue>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Confirmation {
  readonly titre = input.required<string>();
  /** The text of the button that does it. */
  readonly action = input.required<string>();
  /** It cannot be undone, or somebody is cut off. */
  readonly danger = input(false);
  readonly enCours = input(false);
  readonly probleme = input<Probleme>();
  readonly confirmer = output<void>();
  readonly fermer = output<void>();

  protected faire(): void {
    if (!this.enCours()) this.confirmer.emit();
  }
}
