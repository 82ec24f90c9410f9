import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, signal, untracked } from '@angular/core';
import { AfficheProbleme, Age, Annonces, Squelette, Vide } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { compter } from '../../../kernel/format/texte';
import { Selection } from '../../../kernel/table';
import { Confirmation } from '../commun/confirmation';
import { heureExacte } from '../commun/durees';
import { Parc } from '../parc/parc';
import { interroger, motifDe, Ordre } from '../parc/interrogation';
import { adresseDe, AU_PLUS, Lettre, LettresJson, LigneFile, lisible } from './lettres';

/** What is asked about: all letters, or those chosen. */
interface Geste {
  readonly action: 'replay' | 'discard';
  readonly ids?: readonly string[];
}

/** The dead letters of one queue: looked at, replayed, discarded. */
@Component({
  selector: 'app-lettres',
  imports: [AfficheProbleme, Age, Squelette, Vide, Confirmation],
  templateUrl: './lettres-mortes.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Lettres {
  readonly file = input.required<LigneFile>();
  /** Letters were replayed or discarded. */
  readonly modifiees = output<void>();
  readonly fermer = output<void>();
  private readonly cibles = computed(() => [{ ...this.file().cible, cle: this.file().cle }], {
    equal: ([a], [b]) => a?.cle === b?.cle && a?.instance.lien === b?.instance.lien,
  });
  private readonly interrogation = interroger<LettresJson>(
    () => this.cibles(),
    (cible) => {
      const adresse = adresseDe(cible, this.destination(), this.groupe());
      return adresse && `${adresse}?limit=${AU_PLUS}`;
    },
  );
  private readonly destination = computed(() => this.file().destination);
  private readonly groupe = computed(() => this.file().groupe);
  protected readonly reponse = computed(() => this.interrogation.reponses()[0]);
  protected readonly lettres = computed(() => this.reponse()?.corps?.letters ?? []);
  protected readonly selection = new Selection();
  protected readonly depliee = signal('');
  protected readonly geste = signal<Geste | undefined>(undefined);
  protected readonly ordre = new Ordre<{ count: number }>();
  protected readonly instant = formaterInstant;
  protected readonly heure = heureExacte;
  protected readonly lisible = lisible;
  protected readonly auPlus = AU_PLUS;
  protected readonly empechement = inject(Parc).empechement;
  private readonly annonces = inject(Annonces);

  constructor() {
    effect(() => {
      this.cibles();
      untracked(() => {
        this.selection.vider();
        this.depliee.set('');
        this.geste.set(undefined);
      });
    });
  }

  protected entetes({ headers }: Lettre): [string, string][] {
    return Object.entries(headers).map(([nom, valeur]) => [nom, typeof valeur === 'string' ? valeur : JSON.stringify(valeur)]);
  }

  protected nombreDe({ ids }: Geste): string {
    return ids ? compter(ids.length, $localize`message`, $localize`messages`) : $localize`Tous les messages`;
  }

  /** Without `ids` all: those shown where that is all of them, so that nobody discards what came meanwhile. */
  protected demander(action: Geste['action'], ids?: readonly string[]): void {
    this.ordre.oublier();
    const montrees = this.lettres().map(({ id }) => id);
    this.geste.set({ action, ids: ids ?? (montrees.length < AU_PLUS ? montrees : undefined) });
  }

  protected relire(): void {
    this.interrogation.recharger();
  }

  protected choisies(): readonly string[] {
    return this.selection.liste();
  }

  protected basculerTout(): void {
    if (this.selection.nombre()) this.selection.vider();
    else this.selection.toutes(this.lettres().map(({ id }) => id));
  }

  protected async faire(): Promise<void> {
    const geste = this.geste();
    if (!geste) return;
    await this.ordre.donner(this.cibles(), 'POST', (cible) => adresseDe(cible, this.destination(), this.groupe()), geste);
    const reponse = this.ordre.reponses()[0];
    this.modifiees.emit();
    this.interrogation.recharger();
    if (!reponse?.lueLe) {
      this.annonces.dire(reponse ? motifDe(reponse) : '');
      return;
    }
    const nombre = compter(reponse.corps?.count ?? 0, $localize`message`, $localize`messages`);
    this.annonces.dire(geste.action === 'replay' ? $localize`Rejoué : ${nombre}` : $localize`Écarté : ${nombre}`);
    this.selection.vider();
    this.geste.set(undefined);
  }
}
