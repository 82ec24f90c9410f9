import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import { PolitiqueBrouillonJson, SimulationVue } from '../../../api';
import { ApercuRelance } from '../../../kernel/relances';
import { tonDe } from '../mots';
import { exempleDe } from './effet';

/** The message of each level as it would be written: of a real client where one would get it that day. */
@Component({
  selector: 'app-panneau-exemple',
  imports: [ApercuRelance],
  template: `
    <div class="actions" role="group" i18n-aria-label aria-label="Niveau du message">
      @for (un of brouillon().niveaux; track un.niveau) {
        <button type="button" [attr.aria-pressed]="un.niveau === niveau()" (click)="choisi.set(un.niveau)">
          {{ un.niveau }}&ngsp;<span class="ton">{{ ton(un.niveau) }}</span>
        </button>
      }
    </div>
    @if (exemple(); as e) {
      <p class="discret">
        @if (e.reel) {
          <ng-container i18n>Pour {{ e.message.destinataire?.nom }}, qui le recevrait ce jour-là.</ng-container>
        } @else {
          <ng-container i18n>Personne ne le recevrait ce jour-là&nbsp;: client et facture inventés.</ng-container>
        }
      </p>
      <app-apercu-relance [message]="e.message" />
    }
  `,
  styles: `
    p {
      margin: 0.4rem 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PanneauExemple {
  readonly brouillon = input.required<PolitiqueBrouillonJson>();
  readonly simulee = input.required<SimulationVue | undefined>();
  readonly au = input.required<string>();
  protected readonly choisi = signal(1);
  /** The level chosen, the last one where it is gone. */
  protected readonly niveau = computed(() => Math.min(this.choisi(), this.brouillon().niveaux.length));
  protected readonly exemple = computed(() => exempleDe(this.niveau(), this.brouillon(), this.simulee(), this.au()), {
    equal: (un, autre) => JSON.stringify(un) === JSON.stringify(autre),
  });
  protected readonly ton = tonDe;
}
