import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Lecture } from '../../kernel/data';
import { AfficheProbleme, Age, Squelette } from '../../kernel/etats';

let numeros = 0;

/** A part of the dashboard that lives by itself: its title, its rule, and what it reads from, which may be out. */
@Component({
  selector: 'app-widget',
  imports: [AfficheProbleme, Age, Squelette],
  template: `
    <section [attr.aria-labelledby]="id" [attr.aria-busy]="enCours()">
      <h2 [id]="id">{{ titre() }}</h2>
      @if (regle()) {
        <p class="discret">{{ regle() }}</p>
      }
      <app-age [lueLe]="perimee()?.lueLe()" />
      @if (connue()) {
        <div [class.perime]="perimee()"><ng-content /></div>
      }
      @if (inconnue(); as lecture) {
        <app-probleme [probleme]="lecture.probleme()" (reessayer)="lecture.recharger()" />
      } @else if (!connue()) {
        <app-squelette [nombre]="5" />
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    section {
      height: 100%;
      padding: 0.6rem 0.75rem;
      border: 1px solid var(--trait);
      border-radius: 4px;
    }
    h2 {
      margin: 0;
    }
    p {
      margin: 0 0 0.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Widget {
  readonly titre = input.required<string>();
  readonly regle = input('');
  /** Where the figures come from; one that is known is enough to show something. */
  readonly lectures = input.required<readonly Lecture<unknown>[]>();
  protected readonly id = `widget-${++numeros}`;
  protected readonly enCours = computed(() => this.lectures().some((lecture) => lecture.enCours()));
  protected readonly connue = computed(() => this.lectures().some((lecture) => lecture.valeur() !== undefined));
  protected readonly perimee = computed(() => this.lectures().find((lecture) => lecture.perimee()));
  protected readonly inconnue = computed(() => this.lectures().find((lecture) => lecture.probleme() && lecture.valeur() === undefined));
}
