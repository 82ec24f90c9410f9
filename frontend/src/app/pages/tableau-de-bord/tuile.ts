import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Lecture } from '../../kernel/data';
import { formaterHeure } from '../../kernel/format/date';
import { Lien } from '../../kernel/graphiques';

/** One figure that leads to the list that explains it; greyed with its age while its service is out. */
@Component({
  selector: 'app-tuile',
  imports: [RouterLink],
  template: `
    <div class="tuile" role="group" [attr.aria-label]="titre()" [class.perime]="lecture().perimee()">
      <p class="discret">{{ titre() }}</p>
      <p class="valeur">
        @if (lecture().valeur() === undefined) {
          @if (lecture().probleme()) {
            <span class="attention" i18n><span aria-hidden="true">⚠</span> inconnu</span>
          } @else {
            <span class="discret">…</span>
          }
        } @else {
          <a [routerLink]="lien().chemin" [queryParams]="lien().parametres" [class.mal]="alerte()">{{ valeur() }}</a>
        }
      </p>
      <p class="discret">{{ age() || detail() }}</p>
      <ng-content />
    </div>
  `,
  styles: `
    .tuile {
      height: 100%;
      padding: 0.5rem 0.75rem;
      border: 1px solid var(--trait);
      border-radius: 4px;
      background: var(--fond-2);
    }
    p {
      margin: 0;
    }
    .valeur {
      font-size: 1.5rem;
      font-weight: 700;
      line-height: 1.4;
    }
    a {
      color: inherit;
      text-decoration-color: var(--trait);
    }
    a.mal {
      color: var(--mal);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Tuile {
  readonly titre = input.required<string>();
  readonly valeur = input.required<string>();
  /** The rule or what the figure is compared with. */
  readonly detail = input('');
  readonly lien = input.required<Lien>();
  readonly lecture = input.required<Lecture<unknown>>();
  readonly alerte = input(false);
  protected readonly age = computed(() => {
    const lecture = this.lecture();
    const service = lecture.probleme()?.service;
    if (lecture.valeur() === undefined) return service ? $localize`${service} ne répond pas.` : (lecture.probleme()?.detail ?? '');
    const lueLe = lecture.lueLe();
    return lecture.perimee() && lueLe ? $localize`Chiffre de ${formaterHeure(lueLe)}` : '';
  });
}
