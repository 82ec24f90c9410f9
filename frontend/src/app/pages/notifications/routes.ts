import { Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', title: $localize`Notifications`, loadComponent: () => import('./liste/liste').then((m) => m.ListeNotifications) },
  { path: ':id', title: $localize`Notification`, loadComponent: () => import('./fiche/page').then((m) => m.PageNotification) },
];
