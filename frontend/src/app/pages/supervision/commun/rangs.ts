import { Directive, ElementRef, inject, output, signal } from '@angular/core';
import { Touches } from '../../../kernel/clavier';

/**
 * Walks the rows of a `<tbody appRangs>`: arrows or j/k, Home, End; right unfolds, left folds, Enter opens. Its rows carry
 * `data-rang` with their number and `tabindex` 0 where `rang()` is theirs.
 */
@Directive({
  selector: '[appRangs]',
  exportAs: 'rangs',
  host: { '(keydown)': 'toucher($event)', '(focusin)': 'arriver($event)' },
})
export class Rangs {
  readonly ouvrir = output<number>();
  readonly deplier = output<number>();
  readonly replier = output<number>();
  readonly rang = signal(0);
  private readonly touches = inject(Touches);
  private readonly hote = inject<ElementRef<HTMLElement>>(ElementRef);

  /** Put the focus on the current row. */
  focus(): void {
    this.aller(this.rang());
  }

  protected arriver(evenement: FocusEvent): void {
    const rang = rangDe(evenement.target);
    if (rang !== undefined) this.rang.set(rang);
  }

  protected toucher(evenement: KeyboardEvent): void {
    const rang = rangDe(evenement.target);
    if (rang === undefined || evenement.altKey || evenement.ctrlKey || evenement.metaKey) return;
    const geste = this.gestes(rang)[this.touches.usuelle(evenement.key, ['ligne-suivante', 'ligne-precedente'])];
    if (!geste) return;
    evenement.preventDefault();
    evenement.stopPropagation();
    geste();
  }

  private gestes(rang: number): Record<string, (() => void) | undefined> {
    return {
      ArrowDown: () => this.aller(rang + 1),
      j: () => this.aller(rang + 1),
      ArrowUp: () => this.aller(rang - 1),
      k: () => this.aller(rang - 1),
      Home: () => this.aller(0),
      End: () => this.aller(this.rangees().length - 1),
      ArrowRight: () => this.deplier.emit(rang),
      ArrowLeft: () => this.replier.emit(rang),
      Enter: () => this.ouvrir.emit(rang),
    };
  }

  private aller(rang: number): void {
    const rangees = this.rangees();
    rangees[Math.min(Math.max(rang, 0), rangees.length - 1)]?.focus();
  }

  private rangees(): HTMLElement[] {
    return [...this.hote.nativeElement.querySelectorAll<HTMLElement>(':scope > tr[data-rang]')];
  }
}

/** The number of the row that is itself the target of an event. */
function rangDe(cible: EventTarget | null): number | undefined {
  const rang = cible instanceof HTMLElement ? cible.dataset['rang'] : undefined;
  return rang === undefined ? undefined : Number(rang);
}
