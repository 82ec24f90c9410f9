import { ChangeDetectionStrategy, Component, computed, ElementRef, input, linkedSignal, output, viewChild } from '@angular/core';
import { NIVEAUX } from './niveaux';

/** Instances have different levels: nothing to choose, only to leave. */
const DIFFERENTS = '?';

/**
 * The level of a logger: choosing is not yet changing. Arrows on a closed list choose one level after the other, so that
 * nothing is sent before it is applied.
 */
@Component({
  selector: 'app-choix-niveau',
  template: `
    <select
      #choix
      [attr.aria-label]="libelle()"
      [attr.aria-describedby]="empechement() ? motif() : null"
      [disabled]="enCours() || empechement() !== ''"
      (change)="voulu.set(choix.value)"
    >
      @if (fixe() === undefined) {
        <option [value]="differents" [selected]="voulu() === differents" disabled i18n>différents</option>
      }
      <option value="" [selected]="voulu() === ''" i18n>hérité</option>
      @for (niveau of niveaux; track niveau) {
        <option [value]="niveau" [selected]="voulu() === niveau">{{ niveau }}</option>
      }
    </select>
    @if (change()) {
      <button type="button" class="principal" [disabled]="enCours() || empechement() !== ''" (click)="faire()">
        @if (instances() > 1) {
          <ng-container i18n
            >Appliquer à {{ instances() }} instances <span class="lu">{{ nom() }}</span></ng-container
          >
        } @else {
          <ng-container i18n
            >Appliquer <span class="lu">{{ nom() }}</span></ng-container
          >
        }
      </button>
      <button type="button" (click)="laisser()" title="Escape" i18n>
        Laisser <span class="lu">{{ nom() }}</span>
      </button>
    }
  `,
  host: { class: 'actions', '(keydown.escape)': 'laisser($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChoixNiveau {
  readonly nom = input.required<string>();
  /** The level that is set, empty where it is inherited, undefined where instances differ. */
  readonly fixe = input.required<string | undefined>();
  /** How many instances it would be changed for. */
  readonly instances = input.required<number>();
  readonly enCours = input(false);
  /** Why nothing can be changed now; `motif` is the id of the element that says it. */
  readonly empechement = input('');
  readonly motif = input('');
  readonly appliquer = output<string>();
  protected readonly libelle = computed(() => $localize`Niveau de ${this.nom()}`);
  protected readonly voulu = linkedSignal(() => this.fixe() ?? DIFFERENTS);
  protected readonly change = computed(() => this.voulu() !== (this.fixe() ?? DIFFERENTS));
  protected readonly niveaux = NIVEAUX;
  protected readonly differents = DIFFERENTS;
  private readonly choix = viewChild.required<ElementRef<HTMLSelectElement>>('choix');

  protected faire(): void {
    this.choix().nativeElement.focus();
    this.appliquer.emit(this.voulu());
  }

  protected laisser(evenement?: Event): void {
    if (!this.change()) return;
    evenement?.stopPropagation();
    this.voulu.set(this.fixe() ?? DIFFERENTS);
    this.choix().nativeElement.focus();
  }
}
