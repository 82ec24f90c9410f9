import { HttpClient } from '@angular/common/http';
import { computed, effect, inject, Injectable, Signal, signal, untracked } from '@angular/core';
import { ExecutionVue } from '../../api';
import { postJobsExecutionsIdArretRequest } from '../../api/@angular/common.gen';
import { Ecritures } from '../data';
import { Annonces } from '../etats';
import { avancement, STATUTS, titreDe, tourne } from './avancement';
import { CanalTravaux, OUVRIR_FLUX } from './canal';
import { Suivi } from './suivi';

/** The numbers of the jobs that are followed, in the browser's storage: nothing else of them is kept there. */
const MEMOIRE = 'travaux suivis';
const AU_PLUS = 20;
/** Progress is said aloud when one of these is reached. */
const PALIERS = [25, 50, 75];

/**
 * The jobs that were launched from this browser: followed until they end, through navigation, reload and in every window,
 * with one stream for all windows.
 */
@Injectable({ providedIn: 'root' })
export class Travaux {
  private readonly canal = inject(CanalTravaux);
  private readonly annonces = inject(Annonces);
  private readonly ecritures = inject(Ecritures);
  private readonly moyens = { http: inject(HttpClient), ouvrirFlux: inject(OUVRIR_FLUX), noter: (e: ExecutionVue) => this.noter(e, true) };
  private readonly ids = signal<readonly string[]>(retenus());
  private readonly connues = signal<ReadonlyMap<string, ExecutionVue>>(new Map());
  private readonly chef = signal(false);
  private readonly suivis = new Map<string, Suivi>();

  /** The jobs followed, the latest first, as far as they are known. */
  readonly liste: Signal<readonly ExecutionVue[]> = computed(() => this.ids().flatMap((id) => this.connues().get(id) ?? []));
  readonly enCours = computed(() => this.liste().filter(tourne));

  constructor() {
    this.canal.ecouter((execution) => this.noter(execution, false));
    this.canal.briguer(() => this.chef.set(true));
    window.addEventListener('storage', ({ key }) => {
      if (key === MEMOIRE) this.ids.set(retenus());
    });
    this.ids().forEach((id) => this.lireUneFois(id));
    effect(() => this.repartir(this.chef() ? this.aSuivre() : []));
  }

  /** The present state of a job that is followed. */
  execution(id: string): ExecutionVue | undefined {
    return this.connues().get(id);
  }

  /** Follow a job that was just launched. */
  suivre(execution: ExecutionVue): void {
    this.connues.update((connues) => new Map(connues).set(execution.id, execution));
    this.canal.diffuser(execution);
    this.retenir([execution.id, ...this.ids().filter((id) => id !== execution.id)].slice(0, AU_PLUS));
    this.annonces.dire($localize`${titreDe(execution)} : 0 %`);
  }

  /** Take a job out of the tray; it goes on if it runs. */
  oublier(id: string): void {
    this.retenir(this.ids().filter((autre) => autre !== id));
  }

  /** Ask a job to stop at its next chunk; throws the problem of a refusal. */
  async arreter(id: string): Promise<void> {
    const { corps } = await this.ecritures.envoyer(postJobsExecutionsIdArretRequest({ path: { id } }));
    this.noter(corps, true);
  }

  private noter(execution: ExecutionVue, aDiffuser: boolean): void {
    const avant = this.connues().get(execution.id);
    this.connues.update((connues) => new Map(connues).set(execution.id, execution));
    if (aDiffuser) this.canal.diffuser(execution);
    if (avant && tourne(avant)) this.dire(avant, execution);
  }

  private dire(avant: ExecutionVue, apres: ExecutionVue): void {
    if (!tourne(apres)) return this.annonces.dire($localize`${titreDe(apres)} : ${STATUTS[apres.statut].mot}`);
    const [de, a] = [avancement(avant).pourCent, avancement(apres).pourCent];
    const palier = PALIERS.filter((seuil) => de < seuil && a >= seuil).at(-1);
    if (palier !== undefined) this.annonces.dire($localize`${titreDe(apres)} : ${palier} %`);
  }

  private aSuivre(): readonly string[] {
    return this.ids().filter((id) => {
      const execution = this.connues().get(id);
      return !execution || tourne(execution);
    });
  }

  /** The first job has the stream, the others are asked after; those that ended are left. */
  private repartir(ids: readonly string[]): void {
    untracked(() => {
      for (const [id, suivi] of this.suivis) {
        if (ids.includes(id) && (suivi.parFlux || id !== ids[0])) continue;
        suivi.arreter();
        this.suivis.delete(id);
      }
      ids.forEach((id, rang) => {
        if (!this.suivis.has(id)) this.suivis.set(id, new Suivi(id, this.moyens, rang === 0 && !this.unFluxEstOuvert()));
      });
    });
  }

  private unFluxEstOuvert(): boolean {
    return [...this.suivis.values()].some(({ parFlux }) => parFlux);
  }

  private lireUneFois(id: string): void {
    this.moyens.http.get<ExecutionVue>(`/api/jobs/executions/${id}`).subscribe({
      next: (execution) => this.noter(execution, false),
      error: () => undefined,
    });
  }

  private retenir(ids: readonly string[]): void {
    this.ids.set(ids);
    localStorage.setItem(MEMOIRE, ids.join(','));
  }
}

function retenus(): readonly string[] {
  return (localStorage.getItem(MEMOIRE) ?? '').split(',').filter((id) => /^\d{1,18}$/.test(id));
}
