import { Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'factures' },
  { path: 'factures', loadChildren: () => import('./pages/factures/routes').then((m) => m.routes) },
];
