import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { scaleLinear } from 'd3-scale';
import { CadreGraphique } from './cadre';
import { mesurer } from './mesure';
import { etendue, pointsDe, Serie } from './modele';
import { Parcours } from './parcours';

const EN_EM = { rang: 2, etiquette: 12, valeur: 8 };

/** Lying bars, one per category, each with its name before it and its value behind it. */
@Component({
  selector: 'app-barres',
  imports: [CadreGraphique, Parcours, RouterLink],
  template: `
    <app-cadre-graphique [titre]="titre()" [categorie]="categorie()" [categories]="categories()" [series]="series()" [format]="format()">
      <svg appParcours role="group" [attr.aria-label]="titre()" [attr.height]="dessin().hauteur">
        @for (barre of dessin().barres; track $index) {
          @if (barre.lien; as lien) {
            <a
              data-point
              [routerLink]="lien.chemin"
              [queryParams]="lien.parametres"
              [attr.tabindex]="$first ? 0 : -1"
              [attr.aria-label]="barre.dit"
              class="serie-1"
            >
              <rect class="touche" x="0" [attr.y]="barre.y" width="100%" [attr.height]="barre.pas" />
              <rect class="forme" [attr.x]="barre.x" [attr.y]="barre.y + 3" [attr.width]="barre.long" [attr.height]="barre.pas - 6" />
              <text x="0" [attr.y]="barre.y + barre.pas / 2" dominant-baseline="central">{{ barre.nom }}</text>
              <text [attr.x]="barre.bout" [attr.y]="barre.y + barre.pas / 2" dominant-baseline="central">{{ barre.texte }}</text>
            </a>
          } @else {
            <g data-point role="img" [attr.tabindex]="$first ? 0 : -1" [attr.aria-label]="barre.dit" class="serie-1">
              <rect class="forme" [attr.x]="barre.x" [attr.y]="barre.y + 3" [attr.width]="barre.long" [attr.height]="barre.pas - 6" />
              <text x="0" [attr.y]="barre.y + barre.pas / 2" dominant-baseline="central">{{ barre.nom }}</text>
              <text [attr.x]="barre.bout" [attr.y]="barre.y + barre.pas / 2" dominant-baseline="central">{{ barre.texte }}</text>
            </g>
          }
        }
      </svg>
    </app-cadre-graphique>
  `,
  styleUrl: './graphique.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Barres {
  readonly titre = input.required<string>();
  readonly categorie = input.required<string>();
  readonly categories = input.required<readonly string[]>();
  /** The one series that is drawn. */
  readonly serie = input.required<Serie>();
  readonly format = input.required<(valeur: number) => string>();
  protected readonly series = computed(() => [this.serie()]);
  private readonly mesure = mesurer();

  protected readonly dessin = computed(() => {
    const { largeur, em } = this.mesure();
    const etiquette = Math.min(EN_EM.etiquette * em, largeur * 0.4);
    const fin = Math.max(etiquette + em, largeur - EN_EM.valeur * em);
    const echelle = scaleLinear(etendue(this.series(), false), [etiquette, fin]);
    const pas = EN_EM.rang * em;
    const barres = pointsDe(this.categories(), this.series()).map((point, rang) => {
      const bornes = [echelle(0), echelle(point.valeur)];
      const texte = this.format()(point.valeur);
      return {
        ...point,
        texte,
        nom: abreger(point.categorie, Math.floor(etiquette / (em * 0.52))),
        dit: $localize`${point.categorie} : ${texte}`,
        y: rang * pas,
        pas,
        x: Math.min(...bornes),
        long: Math.abs((bornes[1] ?? 0) - (bornes[0] ?? 0)),
        bout: Math.max(...bornes) + em / 2,
      };
    });
    return { hauteur: barres.length * pas, barres };
  });
}

/** A name that fits; the whole of it is in the label and in the table. */
function abreger(texte: string, longueur: number): string {
  return texte.length > longueur ? `${texte.slice(0, Math.max(1, longueur - 1))}…` : texte;
}
