import { DestroyRef, inject } from '@angular/core';
import { CanDeactivateFn } from '@angular/router';

/** A page with something typed that may not be lost. */
export interface PageASaisie {
  /** Whether the page may be left now: saves or asks first. */
  quitter(): boolean | Promise<boolean>;
}

/** `canDeactivate` of every page with a form. */
export const garderLaSaisie: CanDeactivateFn<PageASaisie> = (page) => page.quitter();

/** Closing or reloading the window asks first while `sale` says that something would be lost. Needs an injection context. */
export function retenirLaFenetre(sale: () => boolean): void {
  const retenir = (evenement: BeforeUnloadEvent): void => {
    if (sale()) evenement.preventDefault();
  };
  window.addEventListener('beforeunload', retenir);
  inject(DestroyRef).onDestroy(() => window.removeEventListener('beforeunload', retenir));
}
