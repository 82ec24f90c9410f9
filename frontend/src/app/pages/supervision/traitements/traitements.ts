import { ChangeDetectionStrategy, Component, computed, inject, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ExecutionVue, GetJobsExecutionsResponse, GetJobsResponse, PasseVue } from '../../../api';
import { getJobsExecutionsRequest, getJobsRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { lire, lireListe } from '../../../kernel/data';
import { EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { compter } from '../../../kernel/format/texte';
import { chaque } from '../commun/chaque';
import { formaterDuree, formaterNombre } from '../commun/durees';
import { Etat } from '../commun/etat';
import { Rangs } from '../commun/rangs';
import { ActesExecution } from './actes';
import { estEnCours, estInterrompue, parametresEnMots, reprisePar, STATUTS, statutEnMots } from './executions';
import { Frise } from './frise';
import { fenetreDe, lireSemaine } from './semaine';

const RYTHME_MS = 2_000;
/** Without anything running the list is asked for only every so many times. */
const AU_REPOS = 8;
/** The week is asked for again only so seldom: what is new comes with the list. */
const SEMAINE = 30;
const PAR_PAGE = 50;

/** The jobs with when they run next, and the runs of all of them. */
@Component({
  selector: 'app-traitements',
  imports: [RouterLink, Squelette, Vide, Etat, Rangs, ActesExecution, Frise, EtatLecture, ToucheEnTitre],
  providers: [Adresse],
  templateUrl: './traitements.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Traitements {
  protected readonly adresse = inject(Adresse);
  protected readonly jobs = lire<GetJobsResponse>(() => getJobsRequest());
  protected readonly passes = lireListe<PasseVue, GetJobsExecutionsResponse>((curseur) =>
    getJobsExecutionsRequest({
      query: { job: this.adresse.lire('job') || undefined, statut: this.statut(), limit: PAR_PAGE, curseur },
    }),
  );
  protected readonly filtrees = computed(() => Boolean(this.adresse.lire('job') || this.adresse.lire('statut')));
  protected readonly maintenant = signal(Date.now());
  /** The runs of all jobs, where the list may show only some. */
  protected readonly semaine = lireSemaine(this.passes, () => fenetreDe(this.maintenant()).debut);
  protected readonly noms = computed(() => (this.jobs.valeur() ?? []).map(({ nom }) => nom));
  protected readonly resume = computed(() => compter(this.passes.total(), $localize`exécution`, $localize`exécutions`));
  protected readonly statuts = STATUTS;
  protected readonly etat = statutEnMots;
  protected readonly instant = formaterInstant;
  protected readonly duree = formaterDuree;
  protected readonly nombre = formaterNombre;
  protected readonly parametres = parametresEnMots;
  private readonly router = inject(Router);
  private readonly rangs = viewChild(Rangs);
  private tours = 0;

  constructor() {
    chaque(RYTHME_MS, () => this.relever());
    inject(Raccourcis).ajouter([
      { touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.rangs()?.focus() },
      {
        action: 'traitements-simuler',
        libelle: $localize`Simuler les relances`,
        faire: () => void this.router.navigateByUrl('/relances/simulation'),
      },
    ]);
  }

  /** The last run of a job, if it is among the newest. */
  protected derniere(job: string): PasseVue | undefined {
    return this.semaine.connues().find((passe) => passe.job === job);
  }

  /** The run that went on with an interrupted one; the list knows it, being the newest first. */
  protected suite(passe: PasseVue): string | undefined {
    return estInterrompue(passe) ? reprisePar(passe, this.semaine.connues()) : undefined;
  }

  protected ouvrir(passe: PasseVue | undefined): void {
    if (passe) void this.router.navigate(['/supervision/traitements', passe.id]);
  }

  private statut(): string[] | undefined {
    const choisi = this.adresse.lire('statut');
    return choisi ? [choisi] : undefined;
  }

  protected suivre(execution: ExecutionVue): void {
    void this.router.navigate(['/supervision/traitements', execution.id]);
  }

  protected effacer(): void {
    this.adresse.ecrire({ job: undefined, statut: undefined });
  }

  /** Further pages that were read would be lost: then nothing is asked again. */
  private relever(): void {
    this.tours++;
    this.maintenant.set(Date.now());
    if (this.tours % SEMAINE === 0 && !this.semaine.lecture.enCours()) this.semaine.lecture.recharger();
    const lignes = this.passes.lignes();
    if (this.passes.enCours() || lignes.length > PAR_PAGE) return;
    if (lignes.some(estEnCours) || this.tours % AU_REPOS === 0) this.passes.premiere.recharger();
  }
}
