import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { GetNotificationsIdResponse } from '../../../api';
import { getNotificationsIdRequest } from '../../../api/@angular/common.gen';
import { lire } from '../../../kernel/data';
import { AfficheProbleme, Squelette } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';

/** The exact text of a message as it went out, to whom and when. */
@Component({
  selector: 'app-message-client',
  imports: [RouterLink, AfficheProbleme, Squelette],
  template: `
    @if (message.valeur(); as m) {
      <dl>
        <dt i18n>À</dt>
        <dd>{{ m.destinataire?.nom }} {{ m.destinataire?.email ?? m.destinataire?.telephone }}</dd>
        <dt i18n>Objet</dt>
        <dd>{{ m.sujet }}</dd>
        @if (m.envoyee_le; as le) {
          <dt i18n>Envoyé le</dt>
          <dd>{{ instant(le) }}</dd>
        }
      </dl>
      @if (m.texte) {
        <pre>{{ m.texte }}</pre>
      } @else {
        <p class="discret" i18n>Pas encore de texte&nbsp;: il est écrit au moment de l'envoi.</p>
      }
      <p>
        <a [routerLink]="['/notifications', m.id]" i18n>Voir la notification, ses tentatives et son aperçu</a>
      </p>
    } @else if (message.probleme()) {
      <app-probleme [probleme]="message.probleme()" (reessayer)="message.recharger()" />
    } @else {
      <app-squelette [nombre]="3" />
    }
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 0.1rem 0.75rem;
      margin: 0.25rem 0;
    }
    dt {
      color: var(--texte-2);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
    pre {
      margin: 0.25rem 0;
      padding: 0.5rem 0.75rem;
      border: 1px solid var(--trait);
      background: var(--fond);
      font: inherit;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MessageClient {
  readonly id = input.required<string>();
  protected readonly message = lire<GetNotificationsIdResponse>(() => getNotificationsIdRequest({ path: { id: this.id() } }));
  protected readonly instant = formaterInstant;
}
