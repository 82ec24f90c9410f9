import { Routes } from '@angular/router';
import { CadreRelances } from '../../kernel/relances/cadre-relances';

export const routes: Routes = [
  {
    path: '',
    component: CadreRelances,
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: $localize`Relances`,
        loadComponent: () => import('./liste/liste').then((m) => m.ListeRelances),
      },
      {
        path: 'simulation',
        title: $localize`Simulation des relances`,
        loadComponent: () => import('./simulation/simulation').then((m) => m.SimulationRelances),
      },
      {
        path: 'campagnes',
        title: $localize`Campagnes de relances`,
        loadComponent: () => import('./campagnes/campagnes').then((m) => m.Campagnes),
      },
      {
        path: 'campagnes/:id',
        title: $localize`Campagne de relances`,
        loadComponent: () => import('./campagnes/rapport').then((m) => m.RapportDeCampagne),
      },
      { path: ':id', title: $localize`Relance`, loadComponent: () => import('./fiche/page').then((m) => m.PageRelance) },
    ],
  },
];
