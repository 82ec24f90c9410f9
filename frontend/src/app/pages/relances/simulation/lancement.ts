import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ExecutionVue, GetJobsResponse, RelanceSimulee } from '../../../api';
import { getJobsRequest, postJobsNomExecutionsRequest } from '../../../api/@angular/common.gen';
import { ClientsConnus } from '../../../kernel/champs';
import { cleDeFormulaire, Ecritures, lire, Probleme, problemeDe } from '../../../kernel/data';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme } from '../../../kernel/etats';
import { aujourdHui, formaterDate, formaterInstant } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { compter } from '../../../kernel/format/texte';
import { Travaux } from '../../../kernel/travaux';
import { direClients, direFactures, direNiveau, direRelances, direVoie, voieDe, VOIES } from '../mots';
import { MotifsDExclusion } from './motifs';
import { cleDe, parVoie, sommer } from './population';

/** From so many on, the number is typed back. */
export const A_RECOPIER = 50;
/** So many are shown by name before they are only counted. */
const MONTREES = 200;

/** Says exactly what a campaign sends and to whom, and launches it. */
@Component({
  selector: 'app-lancement',
  imports: [RouterLink, AfficheProbleme, Dialogue],
  templateUrl: './lancement.html',
  styleUrl: './lancement.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Lancement {
  readonly jour = input.required<string>();
  readonly passage = input.required<number>();
  /** Those that would leave. */
  readonly relances = input.required<readonly RelanceSimulee[]>();
  /** Clients left out, and those of them who would have been reminded. */
  readonly exclus = input.required<readonly string[]>();
  readonly exclues = input.required<readonly RelanceSimulee[]>();
  /** Closed; with the run when one was launched. */
  readonly fermer = output<ExecutionVue | undefined>();

  private readonly ecritures = inject(Ecritures);
  private readonly travaux = inject(Travaux);
  private readonly clients = inject(ClientsConnus);
  private readonly motifs = inject(MotifsDExclusion);
  protected readonly somme = computed(() => sommer(this.relances()));
  protected readonly voies = computed(() => parVoie(this.relances()));
  protected readonly montrees = computed(() => this.relances().slice(0, MONTREES));
  protected readonly autresExclus = computed(() => {
    const relances = new Set(this.exclues().map(({ client_id }) => client_id));
    return this.exclus().filter((client) => !relances.has(client));
  });
  protected readonly aRecopier = computed(() => this.relances().length > A_RECOPIER);
  protected readonly recopie = signal('');
  protected readonly recopieFausse = signal(false);
  protected readonly enCours = signal(false);
  protected readonly inconnu = signal(false);
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  private readonly jobs = lire<GetJobsResponse>(() => getJobsRequest());
  /** When the next campaign starts by itself. */
  protected readonly prochaine = computed(() => this.jobs.valeur()?.find(({ nom }) => nom === 'relanceJob')?.prochain);
  protected readonly dit = computed(() => {
    const { relances, clients, factures } = this.somme();
    return $localize`Pour le ${formaterDate(this.jour())}, passage ${this.passage()} : ${direRelances(relances)} à ${direClients(clients)}, pour ${direFactures(factures)}.`;
  });
  protected readonly ditExclus = computed(() =>
    compter(
      this.exclus().length,
      $localize`client est exclu de ce passage seulement :`,
      $localize`clients sont exclus de ce passage seulement :`,
    ),
  );
  protected readonly action = computed(() => $localize`Envoyer ${direRelances(this.relances().length)}`);
  protected readonly autreJour = computed(() => this.jour() !== aujourdHui());
  protected readonly texteDesVoies = VOIES;
  protected readonly direVoie = direVoie;
  protected readonly voieDe = voieDe;
  protected readonly cleDe = cleDe;
  protected readonly direNiveau = direNiveau;
  protected readonly date = formaterDate;
  protected readonly instant = formaterInstant;
  protected readonly montant = formaterMontant;

  protected nomDe(client: string): string {
    return this.clients.nom(client) || client;
  }

  protected motifDe(client: string): string {
    return this.motifs.de(client);
  }

  protected quitter(): void {
    if (!this.enCours()) this.fermer.emit(undefined);
  }

  /** The key belongs to this very campaign: asked for again after a lost answer, it is the same run. */
  protected async lancer(): Promise<void> {
    this.recopieFausse.set(this.aRecopier() && Number(this.recopie().trim()) !== this.relances().length);
    if (this.recopieFausse() || this.enCours()) return;
    const exclusions = this.exclus().map((client_id) => ({ client_id, motif: this.motifDe(client_id) }));
    const parametres = { date_reference: this.jour(), passage: this.passage(), ...(exclusions.length && { exclusions }) };
    const requete = postJobsNomExecutionsRequest({ path: { nom: 'relanceJob' }, body: { parametres } });
    this.enCours.set(true);
    this.probleme.set(undefined);
    try {
      const cle = cleDeFormulaire(`campagne ${JSON.stringify(parametres)}`);
      const { corps } = await this.ecritures.envoyer<ExecutionVue>(requete, { cle, surInconnu: () => this.inconnu.set(true) });
      this.travaux.suivre(corps);
      this.fermer.emit(corps);
    } catch (erreur) {
      this.probleme.set(problemeDe(erreur));
    } finally {
      this.enCours.set(false);
      this.inconnu.set(false);
    }
  }
}
