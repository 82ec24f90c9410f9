import { Routes } from '@angular/router';
import { garderLaSaisie } from '../../kernel/dialogue';

export const routes: Routes = [
  { path: '', title: $localize`Paiements`, loadComponent: () => import('./liste/liste').then((m) => m.ListePaiements) },
  {
    path: 'nouveau',
    title: $localize`Saisir un paiement`,
    canDeactivate: [garderLaSaisie],
    loadComponent: () => import('./saisie/saisie').then((m) => m.SaisiePaiement),
  },
  { path: ':id', title: $localize`Paiement`, loadComponent: () => import('./detail/detail').then((m) => m.DetailPaiement) },
];
