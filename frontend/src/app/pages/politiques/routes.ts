import { Routes } from '@angular/router';
import { garderLaSaisie } from '../../kernel/dialogue';
import { CadreRelances } from '../../kernel/relances/cadre-relances';

export const routes: Routes = [
  {
    path: '',
    component: CadreRelances,
    children: [
      {
        path: '',
        title: $localize`Politiques de relance`,
        loadComponent: () => import('./liste/liste').then((m) => m.ListePolitiques),
      },
      {
        path: ':id',
        title: $localize`Politique de relance`,
        canDeactivate: [garderLaSaisie],
        loadComponent: () => import('./editeur/editeur').then((m) => m.EditeurPolitique),
      },
    ],
  },
];
