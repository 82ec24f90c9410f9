import { computed, inject, Injectable, Signal, signal } from '@angular/core';
import { IssueRenvoiJson, NotificationJson } from '../../../api';
import { postNotificationsLotsRenvoiRequest } from '../../../api/@angular/common.gen';
import { cleDeFormulaire, Ecritures, estPassager, problemeDe } from '../../../kernel/data';

/** What became of one notification of a lot. */
export type Sort = 'exclue' | 'prete' | 'faite' | 'refusee' | 'inconnue';

/** A notification of a lot; `dit` says why it is left out, or what came of it. */
export interface Membre {
  readonly notification: NotificationJson;
  readonly sort: Sort;
  readonly dit: string;
}

/** So many the service takes at once. */
const PAR_LOT = 200;

/** Puts several notifications back into the queue, each judged for itself. Provide it in the dialog. */
@Injectable()
export class LotDeRenvois {
  private readonly ecritures = inject(Ecritures);
  private readonly suite = signal<readonly Membre[]>([]);
  private readonly actif = signal(false);
  readonly membres: Signal<readonly Membre[]> = this.suite.asReadonly();
  readonly enCours = this.actif.asReadonly();
  readonly prets = computed(() => this.nombre('prete'));
  readonly faits = computed(() => this.nombre('faite'));
  readonly aReprendre = computed(() => this.nombre('refusee') + this.nombre('inconnue'));
  readonly commence = computed(() => this.faits() + this.aReprendre() > 0);

  preparer(notifications: readonly NotificationJson[]): void {
    this.suite.set(
      notifications.map((notification) =>
        notification.etat === 'EN_FILE'
          ? { notification, sort: 'exclue', dit: $localize`Elle attend déjà d'être envoyée.` }
          : { notification, sort: 'prete', dit: '' },
      ),
    );
  }

  /** Send those that are ready; a lot whose outcome is unknown is asked again with its key. */
  async lancer(motif: string): Promise<void> {
    this.actif.set(true);
    const ids = this.ids('prete');
    for (let debut = 0; debut < ids.length; debut += PAR_LOT) await this.envoyer(ids.slice(debut, debut + PAR_LOT), motif);
    this.actif.set(false);
  }

  /** Those that failed are ready again. */
  reprendre(): void {
    this.suite.update((suite) => suite.map((m) => (m.sort === 'refusee' || m.sort === 'inconnue' ? { ...m, sort: 'prete', dit: '' } : m)));
  }

  private async envoyer(ids: string[], motif: string): Promise<void> {
    const requete = postNotificationsLotsRenvoiRequest({ body: { ids, motif } });
    try {
      const { corps } = await this.ecritures.envoyer(requete, { cle: cleDeFormulaire(`renvoi ${ids[0]} ${ids.length}`) });
      corps.forEach((issue) => this.noter([issue.id], issue.etat === 'FAIT' ? 'faite' : 'refusee', direIssue(issue)));
    } catch (erreur) {
      const probleme = problemeDe(erreur);
      this.noter(ids, estPassager(probleme) ? 'inconnue' : 'refusee', probleme.detail || probleme.titre);
    }
  }

  private noter(ids: readonly string[], sort: Sort, dit: string): void {
    const concernees = new Set(ids);
    this.suite.update((suite) => suite.map((m) => (concernees.has(m.notification.id) ? { ...m, sort, dit } : m)));
  }

  private ids(sort: Sort): string[] {
    return this.suite().flatMap((m) => (m.sort === sort ? [m.notification.id] : []));
  }

  private nombre(sort: Sort): number {
    return this.ids(sort).length;
  }
}

function direIssue({ etat, detail, deja_envoyee_le }: IssueRenvoiJson): string {
  if (etat === 'REFUSE') return detail ?? '';
  return deja_envoyee_le ? $localize`Remise en file ; elle avait déjà été reçue.` : $localize`Remise en file.`;
}
