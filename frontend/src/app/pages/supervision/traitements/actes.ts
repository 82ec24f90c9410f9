import { HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ExecutionVue, PasseVue } from '../../../api';
import {
  postJobsExecutionsIdAbandonRequest,
  postJobsExecutionsIdArretRequest,
  postJobsExecutionsIdRedemarrageRequest,
} from '../../../api/@angular/common.gen';
import { cleDeFormulaire, Disponibilite, Ecritures, Probleme, ProblemeError } from '../../../kernel/data';
import { Annonces } from '../../../kernel/etats';
import { Confirmation } from '../commun/confirmation';
import { estEnCours, estInterrompue } from './executions';

type Acte = 'redemarrage' | 'arret' | 'abandon';

/** What may be done with a run now: stop it, start it again, give it up. Each asks first. */
@Component({
  selector: 'app-actes-execution',
  imports: [Confirmation, RouterLink],
  templateUrl: './actes.html',
  host: { class: 'actions' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ActesExecution {
  readonly passe = input.required<Pick<PasseVue, 'id' | 'job' | 'statut'>>();
  /** The run that went on with it already. */
  readonly reprisePar = input<string>();
  /** It was done; a restart gives another run. */
  readonly fait = output<ExecutionVue>();
  protected readonly enCours = computed(() => estEnCours(this.passe()));
  protected readonly interrompue = computed(() => estInterrompue(this.passe()) && !this.reprisePar());
  protected readonly acte = signal<Acte | undefined>(undefined);
  protected readonly envoi = signal(false);
  protected readonly inconnu = signal(false);
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  private readonly disponibilite = inject(Disponibilite);
  protected readonly panne = computed(() => this.disponibilite.enPanne('batch'));
  private readonly ecritures = inject(Ecritures);
  private readonly annonces = inject(Annonces);

  protected demander(acte: Acte): void {
    this.probleme.set(undefined);
    this.acte.set(acte);
  }

  protected async faire(): Promise<void> {
    const acte = this.acte();
    if (!acte || this.envoi()) return;
    this.envoi.set(true);
    this.probleme.set(undefined);
    try {
      const { corps } = await this.ecritures.envoyer(this.requete(acte), {
        // Only a restart makes something that must not be made twice.
        cle: acte === 'redemarrage' ? cleDeFormulaire(`redemarrage ${this.passe().id}`) : undefined,
        surInconnu: () => this.inconnu.set(true),
      });
      this.acte.set(undefined);
      this.annonces.dire(DITS[acte]);
      this.fait.emit(corps);
    } catch (erreur) {
      if (!(erreur instanceof ProblemeError)) throw erreur;
      this.probleme.set(erreur.probleme);
    } finally {
      this.envoi.set(false);
      this.inconnu.set(false);
    }
  }

  private requete(acte: Acte): HttpRequest<ExecutionVue> {
    const path = { id: this.passe().id };
    if (acte === 'arret') return postJobsExecutionsIdArretRequest({ path });
    return acte === 'abandon' ? postJobsExecutionsIdAbandonRequest({ path }) : postJobsExecutionsIdRedemarrageRequest({ path });
  }
}

const DITS: Readonly<Record<Acte, string>> = {
  redemarrage: $localize`Exécution reprise`,
  arret: $localize`Arrêt demandé`,
  abandon: $localize`Exécution abandonnée`,
};
