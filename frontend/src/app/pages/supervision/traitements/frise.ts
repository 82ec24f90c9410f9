import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { scaleLinear } from 'd3-scale';
import { PasseVue } from '../../../api';
import { formaterDate, formaterInstant } from '../../../kernel/format/date';
import { mesurer } from '../../../kernel/graphiques/mesure';
import { cadence } from '../../../kernel/graphiques/modele';
import { Parcours } from '../../../kernel/graphiques/parcours';
import { EtatAffiche } from '../../../kernel/table';
import { formaterDuree, formaterNombre } from '../commun/durees';
import { Etat } from '../commun/etat';
import { statutEnMots } from './executions';
import { AU_PLUS, dansFenetre, dureeDe, Fenetre, fenetreDe } from './semaine';

/** A run of seconds is still seen, and still hit by a finger. */
const [PLUS_FINE, PLUS_PETITE_CIBLE] = [5, 24];

interface Barre {
  readonly passe: PasseVue;
  readonly etat: EtatAffiche;
  /** Its state in words and sign, when it went and how long. */
  readonly dit: string;
  /** What stands above it: nothing where all is well. */
  readonly signe: string;
  readonly x: number;
  readonly y: number;
  readonly large: number;
  readonly touche: number;
}

interface Jour {
  readonly jour: string;
  readonly x: number;
  /** Empty where there is no room for it. */
  readonly texte: string;
}

/** The runs of seven days: a line for each job, a bar for each run that leads to it, and the same as a table. */
@Component({
  selector: 'app-frise',
  imports: [RouterLink, Parcours, Etat],
  templateUrl: './frise.html',
  styleUrls: ['../../../kernel/graphiques/graphique.scss', './frise.scss'],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Frise {
  readonly jobs = input.required<readonly string[]>();
  readonly passes = input.required<readonly PasseVue[]>();
  /** Milliseconds since 1970. */
  readonly maintenant = input.required<number>();
  /** Whether the runs were read at all, so that none means none. */
  readonly lue = input.required<boolean>();
  /** There are more runs than are drawn. */
  readonly tronquee = input(false);
  protected readonly ouverte = signal(false);
  protected readonly auPlus = AU_PLUS;
  protected readonly instant = formaterInstant;
  protected readonly duree = formaterDuree;
  protected readonly nombre = formaterNombre;
  private readonly mesure = mesurer();

  protected readonly dessin = computed(() => {
    const { largeur, em } = this.mesure();
    const fenetre = fenetreDe(this.maintenant());
    const visibles = dansFenetre(this.passes(), fenetre, this.maintenant());
    const jobs = [...new Set([...this.jobs(), ...visibles.map(({ job }) => job)])];
    const gauche = Math.max(0, ...jobs.map(({ length }) => length)) * em * 0.5 + em / 2;
    const [haut, pas] = [1.4 * em, Math.max(2.2 * em, PLUS_PETITE_CIBLE)];
    const x = scaleLinear([fenetre.debut, fenetre.fin], [gauche, largeur]);
    const rangs = jobs.map((job, rang) => ({ job, y: haut + (rang + 0.65) * pas, bas: haut + (rang + 1) * pas }));
    const barres = visibles.map((passe) => this.barre(passe, x, haut + jobs.indexOf(passe.job) * pas));
    const hauteur = haut + jobs.length * pas;
    return { em, haut, pas, hauteur, rangs, barres, jours: joursDe(fenetre, x, 3.2 * em), x: x(this.maintenant()) };
  });

  private barre(passe: PasseVue, x: (instant: number) => number, y: number): Barre {
    const [debut, fin] = dureeDe(passe, this.maintenant());
    const gauche = Math.max(x(debut), x(fenetreDe(this.maintenant()).debut));
    const large = Math.max(PLUS_FINE, x(fin) - gauche);
    const etat = statutEnMots(passe.statut);
    const signe = etat.ton === 'bien' ? '' : etat.signe;
    return { passe, etat, dit: dire(passe, etat), signe, x: gauche, y, large, touche: Math.max(large, PLUS_PETITE_CIBLE) };
  }
}

function dire({ id, job, debut, cree_le, duree_ms }: PasseVue, { signe, mot }: EtatAffiche): string {
  const [quand, combien] = [formaterInstant(debut ?? cree_le), formaterDuree(duree_ms)];
  return $localize`${job}, exécution ${id} : ${signe} ${mot}, ${quand}, ${combien}`;
}

/** Midnights with their days, written out where there is room. */
function joursDe({ jours }: Fenetre, x: (instant: number) => number, large: number): Jour[] {
  const places = jours.map(({ jour, minuit }) => ({ jour, x: x(minuit) }));
  const tousLes = cadence(large, (places[1]?.x ?? 0) - (places[0]?.x ?? 0));
  return places.map(({ jour, x: ou }, rang) => ({ jour, x: ou, texte: rang % tousLes === 0 ? formaterDate(jour).slice(0, 5) : '' }));
}
