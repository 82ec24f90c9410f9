import { Routes } from '@angular/router';
import { Introuvable } from './shell/introuvable';

export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'tableau-de-bord' },
  { path: 'relances/politiques', loadChildren: () => import('./pages/politiques/routes').then((m) => m.routes) },
  { path: 'tableau-de-bord', loadChildren: () => import('./pages/tableau-de-bord/routes').then((m) => m.routes) },
  { path: 'factures', loadChildren: () => import('./pages/factures/routes').then((m) => m.routes) },
  { path: 'clients', loadChildren: () => import('./pages/clients/routes').then((m) => m.routes) },
  { path: 'balance-agee', loadChildren: () => import('./pages/balance-agee/routes').then((m) => m.routes) },
  { path: 'paiements', loadChildren: () => import('./pages/paiements/routes').then((m) => m.routes) },
  { path: 'relances', loadChildren: () => import('./pages/relances/routes').then((m) => m.routes) },
  { path: 'supervision', loadChildren: () => import('./pages/supervision/routes').then((m) => m.routes) },
  { path: 'notifications', loadChildren: () => import('./pages/notifications/routes').then((m) => m.routes) },
  { path: '**', title: $localize`Page introuvable`, component: Introuvable },
];
