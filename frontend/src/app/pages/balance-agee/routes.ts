import { Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', title: $localize`Balance âgée`, loadComponent: () => import('./balance').then((m) => m.BalanceAgee) },
];
