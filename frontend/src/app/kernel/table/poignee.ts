import { ChangeDetectionStrategy, Component, ElementRef, inject, output } from '@angular/core';

/**
 * The right edge of a heading: drawn to make its column wider or narrower, double-clicked to give it back its own width.
 * For the mouse alone; the same is said in figures in the list's « Colonnes ».
 */
@Component({
  selector: 'app-poignee',
  template: '',
  styles: `
    :host {
      position: absolute;
      inset: 0 0 0 auto;
      width: 8px;
      cursor: col-resize;
      touch-action: none;
      border-right: 2px solid transparent;
    }
    :host(:hover) {
      border-right-color: var(--accent);
    }
  `,
  host: {
    'aria-hidden': 'true',
    '(pointerdown)': 'prendre($event)',
    '(pointermove)': 'tirer($event)',
    '(pointerup)': 'lacher($event)',
    '(dblclick)': '$event.stopPropagation(); usuelle.emit()',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Poignee {
  /** CSS pixels, while it is drawn. */
  readonly largeur = output<number>();
  readonly usuelle = output();
  private readonly hote = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private prise: { readonly x: number; readonly largeur: number } | undefined;

  protected prendre(evenement: PointerEvent): void {
    evenement.preventDefault();
    this.hote.setPointerCapture(evenement.pointerId);
    this.prise = { x: evenement.clientX, largeur: this.hote.parentElement?.offsetWidth ?? 0 };
  }

  protected tirer({ clientX }: PointerEvent): void {
    if (this.prise) this.largeur.emit(this.prise.largeur + clientX - this.prise.x);
  }

  protected lacher(evenement: PointerEvent): void {
    this.prise = undefined;
    this.hote.releasePointerCapture(evenement.pointerId);
  }
}
