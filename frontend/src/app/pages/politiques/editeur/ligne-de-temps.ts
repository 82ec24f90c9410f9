import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { direJours, tonDe } from '../mots';

/** The levels on a line of days that starts on the due date; the table says the same. */
@Component({
  selector: 'app-ligne-de-temps',
  template: `
    <div class="ligne" role="img" [attr.aria-label]="enMots()">
      <span class="point echeance"><span class="mot" i18n>Échéance</span></span>
      @for (niveau of niveaux(); track $index) {
        <span class="point" [class.bas]="$odd" [class.lettre]="niveau.rang >= 3" [style.left.%]="niveau.place"
          ><span class="mot"
            >{{ niveau.rang + 1 }}
            @if (niveau.place - (niveaux()[niveau.rang - 2]?.place ?? -100) > 9) {
              <br /><ng-container i18n>J+{{ niveau.jours }}</ng-container>
            }
          </span></span
        >
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      padding: 2.6rem 1.5rem 2.6rem 5rem;
      overflow-x: clip;
    }
    .ligne {
      position: relative;
      height: 2px;
      background: var(--texte-2);
    }
    .point {
      position: absolute;
      top: -5px;
      left: 0;
      width: 12px;
      height: 12px;
      margin-left: -6px;
      border: 2px solid var(--fond);
      border-radius: 50%;
      background: var(--accent);
    }
    .lettre {
      border-radius: 0;
      background: var(--mal);
    }
    .echeance {
      background: var(--texte-2);
    }
    .mot {
      position: absolute;
      bottom: 0.8rem;
      left: 50%;
      translate: -50%;
      text-align: center;
      white-space: nowrap;
      font-size: 0.85rem;
      line-height: 1.15;
    }
    .bas .mot {
      bottom: auto;
      top: 0.8rem;
    }
    .echeance .mot {
      bottom: auto;
      top: -0.25rem;
      left: auto;
      right: 0.9rem;
      translate: none;
    }
    @media (forced-colors: active) {
      .ligne,
      .point {
        background: CanvasText;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LigneDeTemps {
  /** Days late of each level, in their order. */
  readonly delais = input.required<readonly number[]>();
  protected readonly niveaux = computed(() => {
    const delais = this.delais();
    const dernier = Math.max(1, ...delais);
    return delais.map((jours, rang) => ({ rang, jours, place: (100 * jours) / dernier }));
  });
  protected readonly enMots = computed(() =>
    this.delais()
      .map((jours, rang) => $localize`niveau ${rang + 1}, ${tonDe(rang + 1).toLowerCase()}, ${direJours(jours)} après l'échéance`)
      .join(' ; '),
  );
}
