import { Directive, ElementRef, inject } from '@angular/core';

const PAS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Walks through the values of a chart: one stop for Tab, then arrows, Home and End; Enter follows the link as everywhere.
 * The values carry `data-point` and a tabindex, 0 on the first and -1 on the others.
 */
@Directive({
  selector: '[appParcours]',
  host: { '(keydown)': 'toucher($event)', '(focusin)': 'retenir($event)' },
})
export class Parcours {
  private readonly hote = inject<ElementRef<Element>>(ElementRef).nativeElement;

  protected toucher(evenement: KeyboardEvent): void {
    if (evenement.ctrlKey || evenement.altKey || evenement.metaKey) return;
    const points = this.points();
    const ici = points.indexOf(evenement.target as SVGElement);
    if (ici < 0) return;
    const cible = evenement.key === 'Home' ? 0 : evenement.key === 'End' ? points.length - 1 : ici + (PAS[evenement.key] ?? NaN);
    if (Number.isNaN(cible)) return;
    evenement.preventDefault();
    points[Math.min(Math.max(cible, 0), points.length - 1)]?.focus();
  }

  /** The value one left is where one comes back to. */
  protected retenir(evenement: FocusEvent): void {
    const points = this.points();
    if (!points.includes(evenement.target as SVGElement)) return;
    for (const point of points) point.setAttribute('tabindex', point === evenement.target ? '0' : '-1');
  }

  private points(): SVGElement[] {
    return [...this.hote.querySelectorAll<SVGElement>('[data-point]')];
  }
}
