import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { GetRelancesData, GetRelancesResponse, RelanceVue } from '../../../api';
import { getRelancesRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { lireListe } from '../../../kernel/data';
import { Annonces, EtatLecture, Squelette } from '../../../kernel/etats';
import { BarreListe, ListeVide, parametresDeListe } from '../../../kernel/liste';
import { Tableau } from '../../../kernel/table';
import { COLONNES } from '../colonnes';
import { FicheRelance } from '../fiche/fiche';
import { direRelances } from '../mots';
import { ONGLETS, RIEN_A_FAIRE } from '../onglets';
import { FILTRES } from './filtres';

/** Every reminder that was decided, and what became of it. */
@Component({
  imports: [Tableau, BarreListe, ListeVide, FicheRelance, Squelette, EtatLecture, ToucheEnTitre],
  providers: [Adresse],
  templateUrl: './liste.html',
  styleUrl: './liste.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListeRelances {
  protected readonly adresse = inject(Adresse);
  private readonly router = inject(Router);
  private readonly annonces = inject(Annonces);
  private readonly tableau = viewChild(Tableau);

  protected readonly colonnes = COLONNES;
  protected readonly onglets = ONGLETS;
  protected readonly filtres = FILTRES;
  protected readonly rienAFaire = RIEN_A_FAIRE;
  protected readonly liste = lireListe<RelanceVue, GetRelancesResponse>((curseur) =>
    getRelancesRequest({ query: { ...parametresDeListe(this.adresse, FILTRES), limit: 200, curseur } as GetRelancesData['query'] }),
  );
  protected readonly courante = signal(retour());
  protected readonly regardee = signal(retour());
  protected readonly idDe = ({ id }: RelanceVue): string => id;
  protected readonly combien = computed(() => direRelances(this.liste.total()));
  protected readonly panneau = computed(() => this.adresse.lire('panneau') === 'oui');
  protected readonly sousLesYeux = computed(() => this.liste.lignes().find(({ id }) => id === this.regardee()) ?? this.liste.lignes()[0]);

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'apercu', libelle: $localize`Aperçu à côté de la liste`, faire: () => this.basculerPanneau() },
      { touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.tableau()?.focus() },
    ]);
    effect(() => {
      if (this.liste.premiere.valeur()) untracked(() => this.annonces.dire(this.combien()));
    });
  }

  protected ouvrir({ id }: RelanceVue): void {
    history.replaceState({ ...history.state, courante: id }, '');
    void this.router.navigate(['/relances', id]);
  }

  protected preparer(): void {
    void this.router.navigateByUrl('/relances/simulation');
  }

  protected basculerPanneau(): void {
    this.adresse.ecrire({ panneau: this.panneau() ? undefined : 'oui' });
  }
}

/** The row a person comes back to. */
function retour(): string {
  const etat = history.state as { courante?: unknown } | null;
  return typeof etat?.courante === 'string' ? etat.courante : '';
}
