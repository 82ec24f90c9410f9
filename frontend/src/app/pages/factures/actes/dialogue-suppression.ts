import { ChangeDetectionStrategy, Component, output } from '@angular/core';
import { Dialogue } from '../../../kernel/dialogue';

/** Asks before a draft is deleted. */
@Component({
  selector: 'app-dialogue-suppression',
  imports: [Dialogue],
  template: `
    <app-dialogue i18n-titre titre="Supprimer le brouillon" (fermer)="fermer.emit()" (principal)="supprimer.emit()">
      <p i18n>Le brouillon et ses lignes disparaissent. Aucun numéro n'est perdu, car il n'en a pas encore.</p>
      <p class="actions">
        <button type="button" class="principal" (click)="supprimer.emit()" i18n-title title="Ctrl+Entrée" i18n>Supprimer</button>
        <button type="button" data-premier (click)="fermer.emit()" i18n>Garder</button>
      </p>
    </app-dialogue>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialogueSuppression {
  readonly fermer = output();
  readonly supprimer = output();
}
