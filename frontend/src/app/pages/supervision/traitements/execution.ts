import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  ExecutionVue,
  GetJobsExecutionsIdRejetsResponse,
  GetJobsExecutionsIdResponse,
  GetJobsExecutionsResponse,
  RejetVue,
} from '../../../api';
import { getJobsExecutionsIdRejetsRequest, getJobsExecutionsIdRequest, getJobsExecutionsRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { lire, lireListe } from '../../../kernel/data';
import { AfficheProbleme, Age, Squelette, Vide } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { compter } from '../../../kernel/format/texte';
import { chaque } from '../commun/chaque';
import { formaterDuree, formaterNombre } from '../commun/durees';
import { Etat } from '../commun/etat';
import { enTexte } from '../sante/sante-json';
import { ActesExecution } from './actes';
import { avancement, estEnCours, estInterrompue, reprisePar, statutEnMots } from './executions';

const RYTHME_MS = 2_000;
const PAR_PAGE = 100;

/** One run: its steps while they go on, what failed, and the rows it left out. */
@Component({
  selector: 'app-execution',
  imports: [RouterLink, AfficheProbleme, Age, Squelette, Vide, Etat, ActesExecution],
  providers: [Adresse],
  templateUrl: './execution.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Execution {
  readonly id = input.required<string>();
  protected readonly lecture = lire<GetJobsExecutionsIdResponse>(() => getJobsExecutionsIdRequest({ path: { id: this.id() } }));
  protected readonly execution = computed(() => {
    const lue = this.lecture.valeur();
    return lue?.id === this.id() ? lue : undefined;
  });
  /** The newest runs of the job, asked for where one may have gone on with this. */
  private readonly voisines = lire<GetJobsExecutionsResponse>(() => {
    const execution = this.execution();
    return execution && estInterrompue(execution)
      ? getJobsExecutionsRequest({ query: { job: execution.job, limit: PAR_PAGE } })
      : undefined;
  });
  protected readonly suite = computed(() => {
    const execution = this.execution();
    return execution && estInterrompue(execution) ? reprisePar(execution, this.voisines.valeur()?.elements ?? []) : undefined;
  });
  /** How many rows were left out: while it goes on, whether any were, so that pages already read stay. */
  private readonly aDesRejets = computed(() => {
    const execution = this.execution();
    return execution && estEnCours(execution) ? Math.min(execution.rejets, 1) : (execution?.rejets ?? 0);
  });
  protected readonly rejets = lireListe<RejetVue, GetJobsExecutionsIdRejetsResponse>((curseur) =>
    this.aDesRejets() ? getJobsExecutionsIdRejetsRequest({ path: { id: this.id() }, query: { limit: PAR_PAGE, curseur } }) : undefined,
  );
  protected readonly parametres = computed(() =>
    Object.entries(this.execution()?.parametres ?? {})
      .filter(([, valeur]) => valeur !== null)
      .map(([nom, valeur]) => [nom, enTexte(valeur)] as const),
  );
  protected readonly nombreDeRejets = computed(() => compter(this.execution()?.rejets ?? 0, $localize`ligne`, $localize`lignes`));
  protected readonly etat = statutEnMots;
  protected readonly avancement = avancement;
  protected readonly instant = formaterInstant;
  protected readonly duree = formaterDuree;
  protected readonly nombre = formaterNombre;
  private readonly router = inject(Router);

  constructor() {
    chaque(RYTHME_MS, () => {
      const execution = this.execution();
      if (execution && estEnCours(execution) && !this.lecture.enCours()) this.lecture.recharger();
    });
    inject(Raccourcis).ajouter([
      {
        touche: 'Escape',
        libelle: $localize`Revenir aux traitements`,
        faire: () => void this.router.navigateByUrl('/supervision/traitements'),
      },
    ]);
  }

  protected libelleDAvancement(etape: string): string {
    return $localize`Avancement de ${etape}`;
  }

  /** A restart goes on as another run. */
  protected suivre({ id }: ExecutionVue): void {
    if (id === this.id()) this.lecture.recharger();
    else void this.router.navigate(['/supervision/traitements', id]);
  }
}
