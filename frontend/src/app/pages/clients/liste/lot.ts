import { HttpRequest } from '@angular/common/http';
import { computed, inject, signal } from '@angular/core';
import { ClientJson, IssueClientJson } from '../../../api';
import { cleDeFormulaire, Ecritures, estPassager, Probleme, ProblemeError } from '../../../kernel/data';

/** So many clients fit one request. */
export const PAR_LOT = 200;

/** What became of one client of a bulk change. */
export type Sort = 'prete' | 'faite' | 'refusee' | 'inconnue';

/** A client of a bulk change, and what came of it. */
export interface Membre {
  readonly client: ClientJson;
  readonly sort: Sort;
  readonly dit: string;
}

/**
 * The same change for many clients, in lots of 200, each client with its outcome; a lot whose answer is lost is asked again
 * with the same key until it is known. Made in an injection context.
 */
export class LotDeClients {
  private readonly ecritures = inject(Ecritures);
  private readonly suite = signal<readonly Membre[]>([]);
  private readonly actif = signal(false);
  private readonly incertain = signal(false);
  private readonly refus = signal<Probleme | undefined>(undefined);
  readonly membres = this.suite.asReadonly();
  readonly enCours = this.actif.asReadonly();
  readonly inconnu = this.incertain.asReadonly();
  /** Why the whole change was refused (a date in the past): nothing of it was done. */
  readonly probleme = this.refus.asReadonly();
  readonly traites = computed(() => this.suite().filter(({ sort }) => sort !== 'prete').length);
  readonly faits = computed(() => this.nombre('faite'));
  readonly aReprendre = computed(() => this.nombre('refusee') + this.nombre('inconnue'));

  constructor(private readonly nom: string) {}

  choisir(clients: readonly ClientJson[]): void {
    this.suite.set(clients.map((client) => ({ client, sort: 'prete', dit: '' })));
  }

  /** Those that failed are ready again. */
  reprendre(): void {
    this.suite.update((suite) => suite.map((membre) => (membre.sort === 'faite' ? membre : { ...membre, sort: 'prete', dit: '' })));
  }

  /** Send the change to all that are ready; `corps` is what goes with their identifiers. */
  async lancer(url: string, corps: object): Promise<void> {
    this.actif.set(true);
    this.refus.set(undefined);
    const ids = this.suite().flatMap(({ client, sort }) => (sort === 'prete' ? [client.id] : []));
    for (let de = 0; de < ids.length && !this.refus(); de += PAR_LOT) await this.traiter(url, corps, ids.slice(de, de + PAR_LOT), de);
    this.actif.set(false);
    this.incertain.set(false);
  }

  private async traiter(url: string, corps: object, ids: readonly string[], de: number): Promise<void> {
    const requete = new HttpRequest<IssueClientJson[]>('POST', url, { ...corps, ids } as never);
    const cle = cleDeFormulaire(`${this.nom} ${de}`);
    try {
      const { corps: issues } = await this.ecritures.envoyer(requete, { cle, surInconnu: () => this.incertain.set(true) });
      for (const { id, etat, detail, code } of issues) this.noter(id, etat === 'FAIT' ? 'faite' : 'refusee', detail ?? code ?? '');
    } catch (erreur) {
      if (!(erreur instanceof ProblemeError)) throw erreur;
      if (!estPassager(erreur.probleme)) this.refus.set(erreur.probleme);
      else for (const id of ids) this.noter(id, 'inconnue', erreur.probleme.detail || erreur.probleme.titre);
    }
  }

  private noter(id: string, sort: Sort, dit: string): void {
    this.suite.update((suite) => suite.map((membre) => (membre.client.id === id ? { ...membre, sort, dit } : membre)));
  }

  private nombre(sort: Sort): number {
    return this.suite().filter((membre) => membre.sort === sort).length;
  }
}
