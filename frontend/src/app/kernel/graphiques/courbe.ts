import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { scaleLinear, scalePoint } from 'd3-scale';
import { CadreGraphique } from './cadre';
import { mesurer } from './mesure';
import { cadence, etendue, PointDeGraphique, pointsDe, Serie } from './modele';
import { Parcours } from './parcours';

const GRADUATIONS = 4;

/** Lines over categories in their order (months), each value a point one can walk to. */
@Component({
  selector: 'app-courbe',
  imports: [CadreGraphique, Parcours, RouterLink],
  templateUrl: './courbe.html',
  styleUrl: './graphique.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Courbe {
  readonly titre = input.required<string>();
  readonly categorie = input.required<string>();
  readonly categories = input.required<readonly string[]>();
  readonly series = input.required<readonly Serie[]>();
  readonly format = input.required<(valeur: number) => string>();
  readonly formatAxe = input.required<(valeur: number) => string>();
  private readonly mesure = mesurer();

  protected readonly dessin = computed(() => {
    const { largeur, em } = this.mesure();
    const [gauche, bas, hauteur] = [5 * em, 13 * em, 15 * em];
    const y = scaleLinear(etendue(this.series(), false), [bas, em]).nice(GRADUATIONS);
    const x = scalePoint<number>([...this.categories().keys()], [gauche, largeur]).padding(0.5);
    const points = pointsDe(this.categories(), this.series()).map((point) => ({
      ...point,
      dit: this.dire(point),
      x: x(point.rang) ?? 0,
      y: y(point.valeur),
    }));
    const traces = this.series().map(({ nom }, s) => ({
      teinte: (s % 5) + 1,
      points: points.flatMap((point) => (point.serie === nom ? [`${point.x},${point.y}`] : [])).join(' '),
    }));
    const plusLong = Math.max(0, ...this.categories().map(({ length }) => length)) * em * 0.47 + em / 2;
    const pas = cadence(plusLong, x.step());
    const noms = this.categories().flatMap((nom, rang) => (rang % pas === 0 ? [{ nom, x: x(rang) ?? 0 }] : []));
    const axe = y.ticks(GRADUATIONS).map((valeur) => ({ y: y(valeur), texte: this.formatAxe()(valeur), zero: valeur === 0 }));
    return { hauteur, gauche, em, bas, points, traces, noms, axe };
  });

  private dire({ categorie, serie, valeur }: PointDeGraphique): string {
    const texte = this.format()(valeur);
    return this.series().length > 1 ? $localize`${categorie}, ${serie} : ${texte}` : $localize`${categorie} : ${texte}`;
  }
}
