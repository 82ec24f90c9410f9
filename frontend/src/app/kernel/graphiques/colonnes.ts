import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { scaleBand, scaleLinear, ScaleLinear } from 'd3-scale';
import { CadreGraphique } from './cadre';
import { mesurer } from './mesure';
import { cadence, etendue, PointDeGraphique, pointsDe, Serie } from './modele';
import { Parcours } from './parcours';

const GRADUATIONS = 4;

interface Forme {
  readonly x: number;
  readonly y: number;
  readonly large: number;
  readonly haut: number;
}

/** Standing bars by category: those of the series beside each other, or on each other with `empilees`. */
@Component({
  selector: 'app-barres-debout',
  imports: [CadreGraphique, Parcours, RouterLink],
  templateUrl: './colonnes.html',
  styleUrl: './graphique.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BarresDebout {
  readonly titre = input.required<string>();
  readonly categorie = input.required<string>();
  readonly categories = input.required<readonly string[]>();
  readonly series = input.required<readonly Serie[]>();
  readonly format = input.required<(valeur: number) => string>();
  /** Short texts for the axis. */
  readonly formatAxe = input.required<(valeur: number) => string>();
  readonly empilees = input(false);
  private readonly mesure = mesurer();

  protected readonly dessin = computed(() => {
    const { largeur, em } = this.mesure();
    const [gauche, bas, hauteur] = [5 * em, 13 * em, 15 * em];
    const y = scaleLinear(etendue(this.series(), this.empilees()), [bas, em]).nice(GRADUATIONS);
    const x = scaleBand<number>([...this.categories().keys()], [gauche, largeur])
      .paddingInner(0.25)
      .paddingOuter(0.1);
    const points = pointsDe(this.categories(), this.series()).map((point, _, tous) => ({
      ...point,
      dit: this.dire(point),
      forme: this.empilees()
        ? empile(point, tous, x(point.rang) ?? 0, x.bandwidth(), y)
        : cote(point, this.series(), x(point.rang) ?? 0, x.bandwidth(), y),
    }));
    const plusLong = Math.max(0, ...this.categories().map(({ length }) => length)) * em * 0.47 + em / 2;
    const pas = cadence(plusLong, x.step());
    const noms = this.categories().flatMap((nom, rang) => (rang % pas === 0 ? [{ nom, x: (x(rang) ?? 0) + x.bandwidth() / 2 }] : []));
    const axe = y.ticks(GRADUATIONS).map((valeur) => ({ y: y(valeur), texte: this.formatAxe()(valeur), zero: valeur === 0 }));
    return { largeur, hauteur, gauche, em, bas, points, noms, axe };
  });

  private dire({ categorie, serie, valeur }: PointDeGraphique): string {
    const texte = this.format()(valeur);
    return this.series().length > 1 ? $localize`${categorie}, ${serie} : ${texte}` : $localize`${categorie} : ${texte}`;
  }
}

type Echelle = ScaleLinear<number, number>;

function cote(point: PointDeGraphique, series: readonly Serie[], x: number, large: number, y: Echelle): Forme {
  const rang = series.findIndex(({ nom }) => nom === point.serie);
  const part = large / series.length;
  return { x: x + rang * part, large: part, ...entre(y(0), y(point.valeur)) };
}

function empile(point: PointDeGraphique, tous: readonly PointDeGraphique[], x: number, large: number, y: Echelle): Forme {
  const dessous = tous
    .slice(0, tous.indexOf(point))
    .filter((autre) => autre.rang === point.rang && autre.valeur < 0 === point.valeur < 0)
    .reduce((total, { valeur }) => total + valeur, 0);
  return { x, large, ...entre(y(dessous), y(dessous + point.valeur)) };
}

function entre(a: number, b: number): { y: number; haut: number } {
  return { y: Math.min(a, b), haut: Math.abs(a - b) };
}
