import { Routes } from '@angular/router';
import { garderLaSaisie } from '../../kernel/dialogue';

export const routes: Routes = [
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
];
