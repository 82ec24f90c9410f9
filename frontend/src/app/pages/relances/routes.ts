import { Routes } from '@angular/router';
import { Cadre } from './cadre';

export const routes: Routes = [
  {
    path: '',
    component: Cadre,
    children: [
      {
        path: 'simulation',
        title: $localize`Simulation des relances`,
        loadComponent: () => import('./simulation/simulation').then((m) => m.SimulationRelances),
      },
    ],
  },
];
