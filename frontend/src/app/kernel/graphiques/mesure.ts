import { afterNextRender, DestroyRef, ElementRef, inject, Signal, signal } from '@angular/core';

/** The room a chart has, in pixels: its width and the size of its letters. */
export interface Mesure {
  readonly largeur: number;
  readonly em: number;
}

const SANS_ECRAN: Mesure = { largeur: 480, em: 13 };

/** The room of the component that calls, followed as windows and letters change. Needs an injection context. */
export function mesurer(): Signal<Mesure> {
  const hote = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const mesure = signal(SANS_ECRAN);
  const destruction = inject(DestroyRef);
  afterNextRender(() => {
    if (typeof ResizeObserver === 'undefined') return;
    const observateur = new ResizeObserver(() => {
      const em = Number.parseFloat(getComputedStyle(hote).fontSize) || SANS_ECRAN.em;
      if (hote.clientWidth) mesure.set({ largeur: hote.clientWidth, em });
    });
    observateur.observe(hote);
    destruction.onDestroy(() => observateur.disconnect());
  });
  return mesure.asReadonly();
}
