import { Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', title: $localize`Tableau de bord`, loadComponent: () => import('./tableau').then((m) => m.TableauDeBord) },
];
