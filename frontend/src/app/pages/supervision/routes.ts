import { Routes } from '@angular/router';
import { Cadre } from './cadre';

export const routes: Routes = [
  {
    path: '',
    component: Cadre,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'registre' },
      { path: 'registre', title: $localize`Registre`, loadComponent: () => import('./registre/registre').then((m) => m.Registre) },
    ],
  },
];
