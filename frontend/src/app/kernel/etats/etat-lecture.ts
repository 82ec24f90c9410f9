import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Lecture, Probleme } from '../data';
import { AfficheProbleme, Age } from './etats';

/**
 * How a reading stands: of when its value is while newer ones cannot be read, else why there is none, with a way to try
 * again. It has no box of its own.
 */
@Component({
  selector: 'app-etat-lecture',
  imports: [AfficheProbleme, Age],
  template: `
    <app-age [lueLe]="lecture().perimee() ? lecture().lueLe() : undefined" />
    @if (!lecture().perimee()) {
      <app-probleme [probleme]="probleme() ?? lecture().probleme()" (reessayer)="lecture().recharger()" />
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EtatLecture {
  readonly lecture = input.required<Lecture<unknown>>();
  /** What else may have failed: another page of a list, say. */
  readonly probleme = input<Probleme>();
}
