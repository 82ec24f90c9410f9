import { DestroyRef, inject } from '@angular/core';

/** Does something again and again while the page is shown and its window visible. Needs an injection context. */
export function chaque(ms: number, faire: () => void): void {
  const minuterie = setInterval(() => {
    if (!document.hidden) faire();
  }, ms);
  inject(DestroyRef).onDestroy(() => clearInterval(minuterie));
}
