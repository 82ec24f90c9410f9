import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { BalanceVue, GetPaiementsSeriesResponse, SimulationVue, TableauVue } from '../../api';
import {
  getBalanceAgeeRequest,
  getFacturesTableauDeBordRequest,
  getPaiementsSeriesRequest,
  postRelancesSimulationRequest,
} from '../../api/@angular/common.gen';
import { Adresse } from '../../kernel/adresse/adresse';
import { DateReference, dateReference } from '../../kernel/champs';
import { lire, lireTous } from '../../kernel/data';
import { finDuMois, formaterDate } from '../../kernel/format/date';
import { formaterDecimal, formaterMontant, formaterMontantCourt } from '../../kernel/format/montant';
import { compter } from '../../kernel/format/texte';
import { Barres, BarresDebout, Courbe } from '../../kernel/graphiques';
import { ATraiter } from './a-traiter';
import {
  aRelancer,
  chiffresDe,
  dsoParMois,
  encoursParMois,
  evolution,
  moisDe,
  parAge,
  parDebiteur,
  parMois,
  parSemaine,
  part,
} from './chiffres';
import { Entonnoir } from './entonnoir';
import { Tuile } from './tuile';
import { Widget } from './widget';

/** How many ends of months the trends go back. */
const FINS_DE_MOIS = 6;

/** Where the business stands at a date: every figure leads to the list that explains it, each part lives by itself. */
@Component({
  imports: [DateReference, Tuile, Widget, Barres, BarresDebout, Courbe, Entonnoir, ATraiter],
  providers: [Adresse],
  templateUrl: './tableau.html',
  styleUrl: './tableau.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TableauDeBord {
  protected readonly adresse = inject(Adresse);
  protected readonly au = dateReference(this.adresse);
  protected readonly tableau = lire<TableauVue>(() => getFacturesTableauDeBordRequest({ query: { au: this.au() } }));
  protected readonly balance = lire<BalanceVue>(() => getBalanceAgeeRequest({ query: { au: this.au() } }));
  protected readonly series = lire<GetPaiementsSeriesResponse>(() => getPaiementsSeriesRequest({ query: { au: this.au(), mois: 12 } }));
  protected readonly simulation = lire<SimulationVue>(() => postRelancesSimulationRequest({ body: { date_reference: this.au() } }));
  private readonly finsDeMois = computed(() => Array.from({ length: FINS_DE_MOIS }, (_, i) => finDuMois(this.au(), i - FINS_DE_MOIS)));
  /** Earlier dashboards; asked for only once today's is there, and kept while the date stays in the same month. */
  protected readonly passes = lireTous<TableauVue>(() =>
    this.tableau.valeur()
      ? this.finsDeMois().map((au) => [au, getFacturesTableauDeBordRequest({ query: { au, mois: 1, semaines: 1 } })])
      : [],
  );

  protected readonly devises = computed(() => this.tableau.valeur()?.devises.map(({ devise }) => devise) ?? []);
  protected readonly devise = computed(
    () => this.adresse.lire('devise') || (this.devises().includes('EUR') ? 'EUR' : (this.devises()[0] ?? 'EUR')),
  );
  protected readonly chiffres = computed(() => chiffresDe(this.tableau.valeur(), this.devise()));
  protected readonly mois = computed(() => moisDe(this.series.valeur(), this.devise()));
  protected readonly ceMois = computed(() => this.mois().at(-1));
  protected readonly moisDernier = computed(() => this.mois().at(-2));
  protected readonly relances = computed(() => {
    const simulation = this.simulation.valeur();
    return simulation && aRelancer(simulation, this.devise());
  });

  protected readonly ages = computed(() => {
    const balance = this.balance.valeur();
    return balance && parAge(balance, this.devise());
  });
  protected readonly semaines = computed(() => {
    const [chiffres, tableau] = [this.chiffres(), this.tableau.valeur()];
    return chiffres && tableau && parSemaine(chiffres, tableau.au);
  });
  protected readonly parMois = computed(() => parMois(this.chiffres(), this.mois(), this.devise()));
  protected readonly debiteurs = computed(() => {
    const [chiffres, tableau] = [this.chiffres(), this.tableau.valeur()];
    return chiffres && tableau && parDebiteur(chiffres, tableau.au);
  });
  private readonly suite = computed((): readonly TableauVue[] | undefined => {
    const [present, connus] = [this.tableau.valeur(), this.passes.valeurs()];
    if (!present || !this.passes.complets()) return undefined;
    return [...this.finsDeMois().flatMap((au) => connus.get(au) ?? []), present];
  });
  protected readonly tendance = computed(() => {
    const suite = this.suite();
    return suite && { encours: encoursParMois(suite, this.devise()), dso: dsoParMois(suite, this.devise()) };
  });

  protected readonly detailRetard = computed(() => {
    const chiffres = this.chiffres();
    return chiffres ? $localize`${part(chiffres.en_retard_centimes, chiffres.encours_centimes)} % de l'encours` : '';
  });
  protected readonly detailEncours = computed(() =>
    compter(this.chiffres()?.nombre_ouvertes ?? 0, $localize`facture ouverte`, $localize`factures ouvertes`),
  );
  protected readonly detailMois = computed(() => this.comparer());
  protected readonly detailDso = computed(() => {
    const optimal = this.chiffres()?.dso_optimal_jours;
    return optimal
      ? $localize`au mieux ${formaterDecimal(optimal)} j ; encours ÷ facturé de 90 jours × 90`
      : $localize`encours ÷ facturé de 90 jours × 90`;
  });
  protected readonly detailRelances = computed(() => {
    const relances = this.relances();
    return relances ? $localize`${formaterMontant(relances.montant, this.devise())}, selon la simulation` : '';
  });
  protected readonly nombreDeClients = computed(() => compter(this.relances()?.clients ?? 0, $localize`client`, $localize`clients`));
  protected readonly dso = computed(() => {
    const jours = this.chiffres()?.dso_jours;
    return jours ? $localize`${formaterDecimal(jours)} j` : '–';
  });
  protected readonly jour = formaterDate;
  protected readonly montant = (centimes: number): string => formaterMontant(centimes, this.devise());
  protected readonly court = (centimes: number): string => formaterMontantCourt(centimes, this.devise());
  protected readonly jours = (nombre: number): string => $localize`${nombre.toLocaleString('fr-FR')} j`;

  private comparer(): string {
    const [ce, dernier] = [this.ceMois(), this.moisDernier()];
    if (!ce || !dernier) return '';
    const ecart = evolution(ce.encaisse_centimes, dernier.encaisse_centimes);
    const avant = this.montant(dernier.encaisse_centimes);
    if (ecart === undefined) return $localize`mois dernier : ${avant}`;
    return $localize`mois dernier : ${avant} (${ecart > 0 ? '+' : ''}${ecart} %)`;
  }
}
