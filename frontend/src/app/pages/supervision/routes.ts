import { Routes } from '@angular/router';
import { Cadre } from './cadre';

export const routes: Routes = [
  {
    path: '',
    component: Cadre,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'registre' },
      { path: 'registre', title: $localize`Registre`, loadComponent: () => import('./registre/registre').then((m) => m.Registre) },
      { path: 'sante', title: $localize`Santé`, loadComponent: () => import('./sante/sante').then((m) => m.Sante) },
      {
        path: 'disjoncteurs',
        title: $localize`Disjoncteurs`,
        loadComponent: () => import('./disjoncteurs/disjoncteurs').then((m) => m.Disjoncteurs),
      },
      {
        path: 'configuration',
        title: $localize`Configuration`,
        loadComponent: () => import('./configuration/configuration').then((m) => m.Configuration),
      },
      {
        path: 'traitements',
        title: $localize`Traitements`,
        loadComponent: () => import('./traitements/traitements').then((m) => m.Traitements),
      },
      {
        path: 'traitements/:id',
        title: $localize`Exécution`,
        loadComponent: () => import('./traitements/execution').then((m) => m.Execution),
      },
      { path: 'journaux', title: $localize`Journaux`, loadComponent: () => import('./journaux/journaux').then((m) => m.Journaux) },
      { path: 'routes', title: $localize`Routes`, loadComponent: () => import('./passerelle/passerelle').then((m) => m.Passerelle) },
      { path: 'files', title: $localize`Files`, loadComponent: () => import('./files/files').then((m) => m.Files) },
    ],
  },
];
