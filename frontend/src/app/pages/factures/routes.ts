import { Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', title: $localize`Factures`, loadComponent: () => import('./liste/liste').then((m) => m.ListeFactures) },
  { path: ':id', title: $localize`Facture`, loadComponent: () => import('./detail/detail').then((m) => m.DetailFacture) },
];
