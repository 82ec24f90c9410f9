import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, Injector, input, afterNextRender } from '@angular/core';
import { FieldTree, FormField } from '@angular/forms/signals';
import { Annonces } from '../../../kernel/etats';
import { NiveauSaisi } from '../modele';
import { direEnvoi, MISE_EN_DEMEURE, NIVEAUX_MAX, tonDe } from '../mots';
import { LigneDeTemps } from './ligne-de-temps';

const PAS_JOURS = 15;

/**
 * The levels of a policy as rows: Enter goes down and adds one at the end, arrows change the row, Alt+Enter inserts below,
 * Alt+Delete takes a row away.
 */
@Component({
  selector: 'app-echelle',
  imports: [FormField, LigneDeTemps],
  templateUrl: './echelle.html',
  styleUrl: './echelle.scss',
  host: { '(keydown)': 'toucher($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Echelle {
  readonly champ = input.required<FieldTree<NiveauSaisi[]>>();
  /** The form was tried: what is wrong is shown even where nobody was. */
  readonly soumis = input(false);
  protected readonly max = NIVEAUX_MAX;
  protected readonly ton = tonDe;
  protected readonly envoi = direEnvoi;
  protected readonly demeure = MISE_EN_DEMEURE;
  protected readonly delais = computed(() =>
    this.champ()()
      .value()
      .map(({ delai_jours }) => Number(delai_jours.trim() || Number.NaN))
      .filter((jours) => Number.isInteger(jours) && jours > 0),
  );
  private readonly hote = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  private readonly annonces = inject(Annonces);

  /** Errors are shown while one types, not in rows nobody has touched. */
  protected erreurs(rang: number): string[] {
    const champ = this.champ()[rang]?.delai_jours();
    if (!champ || !(this.soumis() || champ.dirty() || champ.touched())) return [];
    return champ.errors().map(({ message }) => message ?? '');
  }

  protected direInsertion(niveau: number): string {
    return $localize`Insérer un niveau après le niveau ${niveau}`;
  }

  protected direSuppression(niveau: number): string {
    return $localize`Supprimer le niveau ${niveau}`;
  }

  protected inserer(apres: number): void {
    const niveaux = this.champ()().value();
    if (niveaux.length >= NIVEAUX_MAX) return;
    const [avant, suivant] = [niveaux[apres], niveaux[apres + 1]];
    const neuf: NiveauSaisi = { delai_jours: delaiEntre(avant, suivant), penalites: avant?.penalites ?? false };
    this.changer([...niveaux.slice(0, apres + 1), neuf, ...niveaux.slice(apres + 1)]);
    this.annonces.dire($localize`Niveau ${apres + 2} ajouté`);
    this.focaliser(apres + 1);
  }

  protected supprimer(rang: number): void {
    const niveaux = this.champ()().value();
    if (niveaux.length < 2) return;
    this.changer(niveaux.filter((_, autre) => autre !== rang));
    this.annonces.dire($localize`Niveau ${rang + 1} supprimé`);
    this.focaliser(Math.min(rang, niveaux.length - 2));
  }

  protected toucher(evenement: KeyboardEvent): void {
    const cible = evenement.target as HTMLElement;
    const rang = Number(cible.dataset['rang'] ?? -1);
    const geste = rang >= 0 ? this.geste(evenement, rang, cible.dataset['colonne'] ?? 'delai') : undefined;
    if (!geste) return;
    evenement.preventDefault();
    evenement.stopPropagation();
    geste();
  }

  private geste({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent, rang: number, colonne: string): (() => void) | undefined {
    if (ctrlKey || metaKey || shiftKey) return undefined;
    const dernier = rang === this.champ()().value().length - 1;
    if (altKey) return key === 'Enter' ? () => this.inserer(rang) : key === 'Delete' ? () => this.supprimer(rang) : undefined;
    if (key === 'Enter') return () => (dernier ? this.inserer(rang) : this.focaliser(rang + 1, colonne));
    if (key === 'ArrowDown' && !dernier) return () => this.focaliser(rang + 1, colonne);
    if (key === 'ArrowUp' && rang > 0) return () => this.focaliser(rang - 1, colonne);
    return undefined;
  }

  private changer(niveaux: NiveauSaisi[]): void {
    this.champ()().value.set(niveaux);
    this.champ()().markAsDirty();
  }

  private focaliser(rang: number, colonne = 'delai'): void {
    afterNextRender(
      () => {
        const champ = this.hote.nativeElement.querySelector<HTMLInputElement>(`[data-rang="${rang}"][data-colonne="${colonne}"]`);
        champ?.focus();
        if (colonne === 'delai') champ?.select();
      },
      { injector: this.injector },
    );
  }
}

/** A delay that fits between two levels where there is room, a fortnight after the last one. */
function delaiEntre(avant: NiveauSaisi | undefined, suivant: NiveauSaisi | undefined): string {
  const debut = Number(avant?.delai_jours ?? 0);
  const jours = suivant ? Math.floor((debut + Number(suivant.delai_jours)) / 2) : debut + PAS_JOURS;
  return Number.isInteger(jours) ? String(jours) : '';
}
