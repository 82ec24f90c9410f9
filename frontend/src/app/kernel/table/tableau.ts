import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  input,
  output,
  Signal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { IdAction, Touches } from '../clavier';
import { Colonne, colonnesVisibles, sensDe, triSuivant } from './colonne';
import { Poignee } from './poignee';
import { colonnesRetenues, PreferencesDeColonnes } from './preferences';
import { Selection } from './selection';

const PAR_PAGE = 50;
/** In a window whose text has the usual size; a person who asks the browser for larger text gets higher rows. */
const HAUTEUR = { dense: 32, confortable: 40, carte: 60 };
const TEXTE_USUEL_PX = 16;
const AVANCE = 40;
/** What people may have given another key. */
const AU_CHOIX: readonly IdAction[] = ['ligne-suivante', 'ligne-precedente', 'ligne-choisir'];

/**
 * The table of every list: virtual rows in a real `<table>`, a header that stays, sorting, selection, keyboard, cards
 * below 768 pixels, and pages of 50 in place of scrolling for those who ask for it. Rows that are not read yet are asked
 * for by `suite` before the end is reached.
 */
@Component({
  selector: 'app-tableau',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport, Poignee, RouterLink],
  templateUrl: './tableau.html',
  styleUrl: './tableau.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Tableau<T> {
  readonly colonnes = input.required<readonly Colonne<T>[]>();
  readonly lignes = input.required<readonly T[]>();
  /** Size of the whole filtered set. */
  readonly total = input.required<number>();
  readonly idDe = input.required<(ligne: T) => string>();
  /** What the table is of, for the caption. */
  readonly legende = input.required<string>();
  /** The list whose columns the user may keep as they like them; without a name they are the same for all. */
  readonly liste = input('');
  /** Column keys in order, as in the address; empty for those the user left, or the usual ones. */
  readonly choix = input('');
  readonly tri = input('');
  readonly pages = input(false);
  readonly enCours = input(false);
  /** Values that could not be renewed are greyed. */
  readonly perimee = input(false);
  readonly selection = input<Selection>();
  /** What choosing a row means, where it is not choosing it for an action: heading and label of the box. */
  readonly titreDuChoix = input('');
  readonly libelleDuChoix = input<(ligne: T) => string>();
  /** Pixels of the window that stand beside the table (a panel): columns make room as in a window so much narrower. */
  readonly encombrement = input(0);
  /** Row to be focused first (the one a person comes back to). */
  readonly courante = input('');
  readonly classeDe = input<(ligne: T) => string>(() => '');

  readonly triChange = output<string>();
  readonly ouvrir = output<T>();
  /** The row that has the focus. */
  readonly surLigne = output<T>();
  readonly suite = output<void>();

  protected readonly sensDe = sensDe;
  protected readonly preferences = inject(PreferencesDeColonnes);
  protected readonly largeurs = computed(() => this.preferences.lire(this.liste()).largeurs);
  private readonly retenues = colonnesRetenues(this.liste, this.choix);
  protected readonly rang = signal(0);
  protected readonly page = signal(0);
  protected readonly decalage = signal(0);
  private readonly touches = inject(Touches);
  private readonly echelle = suivreLaFenetre(echelleDuTexte);
  /** Pixels of the window, counted as if the text had the usual size. */
  protected readonly largeur: Signal<number> = suivreLaFenetre(() => window.innerWidth / echelleDuTexte());
  protected readonly etroit = computed(() => this.largeur() < 768);
  protected readonly visibles = computed(() =>
    colonnesVisibles(this.colonnes(), this.retenues(), Math.max(this.largeur() - this.encombrement(), 1)),
  );
  private readonly confortable = suivreLaFenetre(() => document.documentElement.classList.contains('confortable'));
  protected readonly hauteur = computed(
    () => HAUTEUR[this.etroit() ? 'carte' : this.confortable() ? 'confortable' : 'dense'] * this.echelle(),
  );
  protected readonly nombreDePages = computed(() => Math.max(1, Math.ceil(this.total() / PAR_PAGE)));
  protected readonly montrees = computed(() =>
    this.pages() ? this.lignes().slice(this.page() * PAR_PAGE, (this.page() + 1) * PAR_PAGE) : this.lignes(),
  );
  protected readonly premierRang = computed(() => (this.pages() ? this.page() * PAR_PAGE : 0));
  private readonly vue = viewChild(CdkVirtualScrollViewport);
  private readonly hote = inject<ElementRef<HTMLElement>>(ElementRef);

  constructor() {
    effect(() => {
      this.tri();
      untracked(() => this.page.set(0));
    });
    effect(() => {
      const manque = this.pages() && (this.page() + 1) * PAR_PAGE > this.lignes().length && this.lignes().length < this.total();
      if (manque && !this.enCours()) this.suite.emit();
    });
    effect(() => {
      const id = this.courante();
      const rang = id ? untracked(this.montrees).findIndex((ligne) => this.idDe()(ligne) === id) : -1;
      if (rang >= 0) this.allerA(rang, false);
    });
  }

  /** Put the focus on the current row. */
  focus(): void {
    this.allerA(this.rang(), true);
  }

  protected suivre = (_: number, ligne: T): string => this.idDe()(ligne);

  protected defiler(premier: number): void {
    this.decalage.set(this.vue()?.getOffsetToRenderedContentStart() ?? 0);
    const vues = premier + Math.ceil((this.vue()?.getViewportSize() ?? 0) / this.hauteur());
    if (vues + AVANCE > this.lignes().length && this.lignes().length < this.total()) this.suite.emit();
  }

  protected trier(colonne: Colonne<T>): void {
    this.triChange.emit(triSuivant(this.tri(), colonne.tri ?? colonne.cle));
  }

  protected tourner(pas: number): void {
    this.page.update((page) => Math.min(Math.max(page + pas, 0), this.nombreDePages() - 1));
    this.rang.set(0);
  }

  protected choisir(ligne: T, rang: number, evenement: Event): void {
    evenement.stopPropagation();
    const etend = evenement instanceof MouseEvent && evenement.shiftKey;
    if (etend) this.selection()?.etendre(this.montrees().map(this.idDe()), rang);
    else this.selection()?.basculer(this.idDe()(ligne), rang);
    // The box says what is chosen, not that it was pressed: a selection may ask something first.
    (evenement.target as HTMLInputElement).checked = this.selection()?.contient(this.idDe()(ligne)) ?? false;
  }

  protected toucher(evenement: KeyboardEvent): void {
    if ((evenement.target as HTMLElement).closest('input, select, textarea')) return;
    const geste = this.gestes(evenement);
    if (!geste) return;
    evenement.preventDefault();
    evenement.stopPropagation();
    geste();
  }

  private gestes(evenement: KeyboardEvent): (() => void) | undefined {
    const { shiftKey, ctrlKey, metaKey, altKey } = evenement;
    if (altKey) return undefined;
    const avecCtrl = ctrlKey || metaKey;
    const key = avecCtrl ? evenement.key : this.touches.usuelle(evenement.key, AU_CHOIX);
    const dernier = this.montrees().length - 1;
    const ecran = Math.max(1, Math.floor((this.vue()?.getViewportSize() ?? 320) / this.hauteur()) - 2);
    if (avecCtrl) return key === 'a' && this.selection() ? () => this.selection()?.toutes(this.montrees().map(this.idDe())) : undefined;
    const deplacements: Record<string, number> = {
      ArrowDown: this.rang() + 1,
      j: this.rang() + 1,
      ArrowUp: this.rang() - 1,
      k: this.rang() - 1,
      PageDown: this.rang() + ecran,
      PageUp: this.rang() - ecran,
      Home: 0,
      End: dernier,
    };
    const cible = deplacements[key];
    if (cible !== undefined) return () => this.deplacer(Math.min(Math.max(cible, 0), dernier), shiftKey);
    const ligne = this.montrees()[this.rang()];
    if (!ligne) return undefined;
    if (key === 'Enter') return () => this.ouvrir.emit(ligne);
    if (key === ' ' || key === 'x') return () => this.selection()?.basculer(this.idDe()(ligne), this.rang());
    return undefined;
  }

  private deplacer(rang: number, etend: boolean): void {
    if (etend) this.selection()?.etendre(this.montrees().map(this.idDe()), rang);
    this.allerA(rang, true);
  }

  protected arriver(ligne: T, rang: number): void {
    this.rang.set(rang);
    this.surLigne.emit(ligne);
  }

  private allerA(rang: number, avecFocus: boolean): void {
    this.rang.set(rang);
    const vue = this.vue();
    if (vue) {
      const haut = rang * this.hauteur();
      const [debut, taille] = [vue.measureScrollOffset(), vue.getViewportSize() - this.hauteur()];
      if (haut < debut) vue.scrollToOffset(haut);
      else if (haut + this.hauteur() > debut + taille) vue.scrollToOffset(haut + this.hauteur() - taille);
    }
    if (avecFocus) requestAnimationFrame(() => requestAnimationFrame(() => this.ligneDe(rang)?.focus({ preventScroll: true })));
  }

  private ligneDe(rang: number): HTMLElement | null {
    return this.hote.nativeElement.querySelector<HTMLElement>(`tr[data-rang="${rang}"]`);
  }
}

function echelleDuTexte(): number {
  return (parseFloat(getComputedStyle(document.documentElement).fontSize) || TEXTE_USUEL_PX) / TEXTE_USUEL_PX;
}

/** What is measured of the window, again whenever its size, or that of its rows, changes. */
function suivreLaFenetre<T>(mesure: () => T): Signal<T> {
  const mesuree = signal(mesure());
  const suivre = (): void => mesuree.set(mesure());
  window.addEventListener('resize', suivre, { passive: true });
  inject(DestroyRef).onDestroy(() => window.removeEventListener('resize', suivre));
  return mesuree.asReadonly();
}
