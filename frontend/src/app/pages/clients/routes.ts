import { Routes } from '@angular/router';
import { garderLaSaisie } from '../../kernel/dialogue';

export const routes: Routes = [
  { path: '', title: $localize`Clients`, loadComponent: () => import('./liste/liste').then((m) => m.ListeClients) },
  {
    path: 'nouveau',
    title: $localize`Nouveau client`,
    canDeactivate: [garderLaSaisie],
    loadComponent: () => import('./saisie/saisie').then((m) => m.SaisieClient),
  },
  {
    path: ':id/modification',
    title: $localize`Modifier le client`,
    canDeactivate: [garderLaSaisie],
    loadComponent: () => import('./saisie/saisie').then((m) => m.SaisieClient),
  },
  { path: ':id', title: $localize`Client`, loadComponent: () => import('./fiche/fiche').then((m) => m.FicheClient) },
];
