import { Routes, UrlMatchResult, UrlSegment } from '@angular/router';
import { garderLaSaisie } from '../../kernel/dialogue';

export const routes: Routes = [
  { path: '', pathMatch: 'full', title: $localize`Factures`, loadComponent: () => import('./liste/liste').then((m) => m.ListeFactures) },
  {
    matcher: editeur,
    title: $localize`Brouillon de facture`,
    loadComponent: () => import('./editeur/editeur').then((m) => m.EditeurFacture),
    canDeactivate: [garderLaSaisie],
    runGuardsAndResolvers: 'paramsChange',
  },
  { path: ':id', title: $localize`Facture`, loadComponent: () => import('./detail/detail').then((m) => m.DetailFacture) },
];

/** `nouvelle` and `:id/modification` are one route, so that the page stays while the first save gives its draft an address. */
function editeur(segments: UrlSegment[]): UrlMatchResult | null {
  const [premier, second] = segments;
  if (segments.length === 1 && premier?.path === 'nouvelle') return { consumed: segments };
  const modifie = segments.length === 2 && premier && second?.path === 'modification';
  return modifie ? { consumed: segments, posParams: { id: premier } } : null;
}
