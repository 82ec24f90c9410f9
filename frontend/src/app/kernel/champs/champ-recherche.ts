import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  model,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { FormValueControl, ValidationError } from '@angular/forms/signals';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { catchError, debounceTime, map, Observable, of, Subject, switchMap } from 'rxjs';
import { Annonces } from '../etats';
import { compter } from '../format/texte';

/** Something that may be chosen: what is kept, how it is called, and what tells it from its namesakes. */
export interface Proposition {
  readonly valeur: string;
  readonly texte: string;
  readonly detail?: string;
}

/** Answers what fits a text, best first; an empty text asks for what is usual. */
export type Recherche = (texte: string) => Observable<readonly Proposition[]>;

const ATTENTE_MS = 200;
let numeros = 0;

/**
 * One thing found by typing (a client by name, SIREN or invoice number): a combobox whose list comes from `chercher`.
 * Arrows move, Enter chooses, Escape closes; what was typed and not chosen goes away on leaving, an emptied field empties
 * the value.
 */
@Component({
  selector: 'app-champ-recherche',
  imports: [MatFormFieldModule, MatInputModule],
  templateUrl: './champ-recherche.html',
  styleUrls: ['./champ.scss', './champ-recherche.scss'],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChampRecherche implements FormValueControl<string> {
  readonly value = model('');
  readonly libelle = input.required<string>();
  readonly chercher = input.required<Recherche>();
  /** What the present value is called. */
  readonly intitule = model('');
  readonly aide = input('');
  readonly errors = input<readonly ValidationError.WithOptionalFieldTree[]>([]);
  readonly disabled = input(false);
  readonly readonly = input(false);
  readonly required = input(false);
  readonly touched = input(false);
  readonly touch = output<void>();
  /** Chosen, or `undefined` when the field was emptied. */
  readonly choisi = output<Proposition | undefined>();

  protected readonly id = `recherche-${++numeros}`;
  protected readonly texte = linkedSignal(() => this.intitule());
  protected readonly propositions = signal<readonly Proposition[]>([]);
  protected readonly rang = signal(-1);
  protected readonly muette = signal(false);
  protected readonly rien = signal(false);
  protected readonly ouvert = computed(() => this.propositions().length > 0);
  protected readonly messages = computed(() => (this.touched() ? this.errors().map((erreur) => erreur.message ?? '') : []));
  private readonly annonces = inject(Annonces);
  private readonly saisie = viewChild.required<ElementRef<HTMLInputElement>>('saisie');
  private readonly demandes = new Subject<string | undefined>();

  constructor() {
    this.demandes
      .pipe(
        debounceTime(ATTENTE_MS),
        switchMap((texte) => (texte === undefined ? of(undefined) : this.trouver(texte))),
        takeUntilDestroyed(),
      )
      .subscribe((trouvees) => this.montrer(trouvees));
  }

  focus(options?: FocusOptions): void {
    this.saisie().nativeElement.focus(options);
  }

  protected taper(texte: string): void {
    this.texte.set(texte);
    if (texte.trim()) this.demandes.next(texte.trim());
    else this.vider();
  }

  protected choisir(proposition: Proposition): void {
    this.fermer();
    this.value.set(proposition.valeur);
    this.intitule.set(proposition.texte);
    this.texte.set(proposition.texte);
    this.choisi.emit(proposition);
  }

  protected toucher(evenement: KeyboardEvent): void {
    const geste = this.gestes()[evenement.key];
    if (!geste || evenement.altKey || evenement.ctrlKey || evenement.metaKey) return;
    evenement.preventDefault();
    evenement.stopPropagation();
    geste();
  }

  protected quitter(): void {
    this.fermer();
    this.texte.set(this.intitule());
    this.rien.set(false);
    this.touch.emit();
  }

  private gestes(): Record<string, (() => void) | undefined> {
    if (!this.ouvert()) return { ArrowDown: () => this.demandes.next(this.texte() === this.intitule() ? '' : this.texte().trim()) };
    const choisie = this.propositions()[Math.max(this.rang(), 0)];
    return {
      ArrowDown: () => this.aller(1),
      ArrowUp: () => this.aller(-1),
      Enter: () => choisie && this.choisir(choisie),
      Escape: () => this.fermer(),
    };
  }

  private aller(pas: number): void {
    const nombre = this.propositions().length;
    this.rang.update((rang) => (Math.max(rang, pas > 0 ? -1 : 0) + pas + nombre) % nombre);
  }

  private trouver(texte: string): Observable<readonly Proposition[] | undefined> {
    return this.chercher()(texte).pipe(
      map((trouvees) => (this.muette.set(false), trouvees)),
      catchError(() => (this.muette.set(true), of(undefined))),
    );
  }

  private montrer(trouvees: readonly Proposition[] | undefined): void {
    this.propositions.set(trouvees ?? []);
    this.rang.set(-1);
    this.rien.set(trouvees?.length === 0);
    if (trouvees?.length) this.annonces.dire(compter(trouvees.length, $localize`proposition`, $localize`propositions`));
  }

  private vider(): void {
    this.fermer();
    if (!this.value()) return;
    this.value.set('');
    this.intitule.set('');
    this.choisi.emit(undefined);
  }

  /** Close the list; a search under way is given up. */
  private fermer(): void {
    this.demandes.next(undefined);
    this.propositions.set([]);
    this.rang.set(-1);
  }
}
