import { ChangeDetectionStrategy, Component, inject, signal, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { FactureVue, GetFacturesData, GetFacturesResponse } from '../../api';
import { getFacturesRequest } from '../../api/@angular/common.gen';
import { Adresse } from '../../kernel/adresse/adresse';
import { Raccourcis } from '../../kernel/clavier/raccourcis';
import { lireListe } from '../../kernel/data';
import { AfficheProbleme, Age, Squelette, Vide } from '../../kernel/etats';
import { BarreListe, parametresDeListe } from '../../kernel/liste';
import { Selection, Tableau } from '../../kernel/table';
import { COLONNES } from './colonnes';
import { FILTRES, ONGLETS } from './filtres';

/** The list of invoices and credit notes. */
@Component({
  imports: [Tableau, BarreListe, AfficheProbleme, Age, Squelette, Vide],
  providers: [Adresse],
  templateUrl: './liste.html',
  styles: ':host { display: flex; flex-direction: column; flex: 1; min-height: 0; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListeFactures {
  protected readonly adresse = inject(Adresse);
  protected readonly colonnes = COLONNES;
  protected readonly onglets = ONGLETS;
  protected readonly filtres = FILTRES;
  protected readonly selection = new Selection();
  protected readonly liste = lireListe<FactureVue, GetFacturesResponse>((curseur) =>
    getFacturesRequest({ query: { ...parametresDeListe(this.adresse, FILTRES), limit: 200, curseur } as GetFacturesData['query'] }),
  );
  protected readonly courante = signal(retour());
  protected readonly idDe = (facture: FactureVue): string => facture.id;
  protected readonly classeDe = (facture: FactureVue): string => (facture.en_retard ? 'en-retard' : '');
  private readonly router = inject(Router);
  private readonly tableau = viewChild(Tableau);

  constructor() {
    inject(Raccourcis).ajouter([
      { touche: 'n', libelle: $localize`Nouvelle facture`, faire: () => this.nouvelle() },
      { touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.tableau()?.focus() },
      { touche: 'Escape', libelle: $localize`Ne plus rien choisir`, faire: () => this.selection.vider() },
    ]);
  }

  protected nouvelle(): void {
    void this.router.navigateByUrl('/factures/nouvelle');
  }

  protected ouvrir({ id, statut_document }: FactureVue): void {
    history.replaceState({ ...history.state, courante: id }, '');
    void this.router.navigate(['/factures', id, ...(statut_document === 'BROUILLON' ? ['modification'] : [])]);
  }
}

/** The row a person comes back to. */
function retour(): string {
  const etat = history.state as { courante?: unknown } | null;
  return typeof etat?.courante === 'string' ? etat.courante : '';
}
