import { ChangeDetectionStrategy, Component, computed, effect, inject, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { GetPolitiquesResponse, PolitiqueVue } from '../../../api';
import { getPolitiquesRequest } from '../../../api/@angular/common.gen';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { lireListe } from '../../../kernel/data';
import { Annonces, EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { compter } from '../../../kernel/format/texte';
import { Tableau } from '../../../kernel/table';
import { COLONNES } from './colonnes';

/** The dunning policies there are, each leading to its editor. */
@Component({
  imports: [Tableau, Squelette, Vide, EtatLecture],
  templateUrl: './liste.html',
  styles: ':host { display: flex; flex-direction: column; flex: 1; min-height: 0; } app-tableau { flex: 1; min-height: 12rem; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListePolitiques {
  private readonly router = inject(Router);
  private readonly annonces = inject(Annonces);
  private readonly tableau = viewChild(Tableau);

  protected readonly colonnes = COLONNES;
  protected readonly liste = lireListe<PolitiqueVue, GetPolitiquesResponse>((curseur) =>
    getPolitiquesRequest({ query: { limit: 100, curseur } }),
  );
  protected readonly combien = computed(() => compter(this.liste.total(), $localize`politique`, $localize`politiques`));
  protected readonly idDe = ({ nom }: PolitiqueVue): string => nom;

  constructor() {
    inject(Raccourcis).ajouter([{ touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.tableau()?.focus() }]);
    effect(() => {
      if (this.liste.premiere.valeur()) untracked(() => this.annonces.dire(this.combien()));
    });
  }

  protected ouvrir({ nom }: PolitiqueVue): void {
    void this.router.navigate(['/relances/politiques', nom]);
  }
}
