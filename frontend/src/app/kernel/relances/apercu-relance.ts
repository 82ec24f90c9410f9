import { ChangeDetectionStrategy, Component, input, linkedSignal, untracked } from '@angular/core';
import { ApercuJson, RelanceApercuJson } from '../../api';
import { postNotificationsApercuRequest } from '../../api/@angular/common.gen';
import { CadrePoste } from '../cadre';
import { lire } from '../data';
import { AfficheProbleme, Age, Squelette } from '../etats';

/** What a reminder would say, as notification-service writes it, in a frame that may do nothing: nothing is sent or kept. */
@Component({
  selector: 'app-apercu-relance',
  imports: [CadrePoste, AfficheProbleme, Age, Squelette],
  template: `
    <app-age [lueLe]="apercu.perimee() ? apercu.lueLe() : undefined" />
    @if (apercu.valeur(); as a) {
      <div [class.perime]="apercu.perimee()">
        <p>
          <span class="discret" i18n>Objet</span>&ngsp;<strong>{{ a.sujet }}</strong>
        </p>
        <app-cadre-poste
          i18n-titre
          titre="Message tel qu'il serait écrit"
          adresse="/api/notifications/apercu/lettre"
          champ="relance"
          [contenu]="contenu()"
        />
      </div>
    } @else if (apercu.probleme()) {
      <app-probleme [probleme]="apercu.probleme()" (reessayer)="apercu.recharger()" />
    } @else {
      <app-squelette [nombre]="6" />
    }
  `,
  styles: `
    p {
      margin: 0.25rem 0 0.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ApercuRelance {
  /** The `message` of a simulated reminder. */
  readonly message = input.required<RelanceApercuJson>();
  protected readonly apercu = lire<ApercuJson>(() => postNotificationsApercuRequest({ body: this.message() }));
  /** The message that the last answer is of, so that subject and letter go together. */
  protected readonly contenu = linkedSignal({
    source: this.apercu.valeur,
    computation: () => JSON.stringify(untracked(this.message)),
  });
}
