import {
  afterNextRender,
  ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  inject,
  input,
  viewChild,
} from '@angular/core';
import { Annonces } from '../../../kernel/etats';
import { Cle, CLES, LigneEdition, TAUX_USUELS } from './cellules';
import { LigneDeGrille } from './ligne';
import { Lignes } from './lignes';
import { estUnBloc, lireTableau } from './presse-papiers';

/** A cell that has the focus. */
interface Place {
  readonly rang: number;
  readonly cle: Cle;
  readonly champ: HTMLInputElement | HTMLTextAreaElement;
}

/**
 * The grid of lines. Enter goes on and adds a line at the end, Tab leaves only from an empty last line, arrows change the
 * line, Alt with arrows moves it, Alt+Shift+ArrowDown copies it; a block from a spreadsheet is pasted as cells. Events are
 * heard once on the table, outside of the templates: what a keystroke renews is its own line, and the totals.
 */
@Component({
  selector: 'app-grille',
  imports: [LigneDeGrille],
  templateUrl: './grille.html',
  styleUrl: './grille.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Grille {
  readonly lignes = input.required<Lignes>();
  readonly devise = input('EUR');
  protected readonly taux = TAUX_USUELS.map((taux) => taux.replace('.', ',')).join(' ; ');
  private readonly table = viewChild.required<ElementRef<HTMLTableElement>>('table');
  private readonly application = inject(ApplicationRef);
  /** The lines as they were drawn when the focus was last put somewhere. */
  private dessinee: readonly LigneEdition[] = [];
  private readonly annonces = inject(Annonces);

  constructor() {
    const ecoutes = new AbortController();
    inject(DestroyRef).onDestroy(() => ecoutes.abort());
    afterNextRender(() => {
      const table = this.table().nativeElement;
      const ecouter = <E extends Event>(type: string, faire: (evenement: E) => void): void =>
        table.addEventListener(type, faire as (evenement: Event) => void, { signal: ecoutes.signal });
      ecouter('input', (evenement) => this.taper(evenement));
      ecouter('focusout', (evenement) => this.quitter(evenement));
      ecouter<KeyboardEvent>('keydown', (evenement) => this.toucher(evenement));
      ecouter<ClipboardEvent>('paste', (evenement) => this.coller(evenement));
      ecouter<MouseEvent>('click', (evenement) => this.cliquer(evenement));
    });
  }

  /**
   * Put the focus in a cell; the first cell of the first line unless said otherwise. At once, what changed being drawn
   * first: the next keystroke belongs there already, and a line that is moved would lose the focus on its way.
   */
  focaliser(ligne: LigneEdition | undefined = this.lignes().toutes()[0], cle: Cle = 'designation'): void {
    if (this.dessinee !== this.lignes().toutes()) this.application.tick();
    this.dessinee = this.lignes().toutes();
    const champ = this.table().nativeElement.querySelector<HTMLInputElement>(`[data-ligne="${ligne?.id}"] [data-cle="${cle}"]`);
    champ?.focus();
    if (cle !== 'designation') champ?.select();
  }

  protected ajouter(): void {
    this.focaliser(this.lignes().inserer(this.lignes().toutes().length - 1));
  }

  protected defaire(): void {
    this.lignes().defaire();
    this.focaliser();
  }

  private taper({ target }: Event): void {
    const place = this.placeDe(target);
    const ligne = place && this.lignes().toutes()[place.rang];
    if (ligne) this.lignes().ecrire(ligne, place.cle, place.champ.value);
  }

  private quitter({ target }: Event): void {
    const place = this.placeDe(target);
    if (place) this.lignes().toutes()[place.rang]?.quitter(place.cle);
  }

  private cliquer({ target }: Event): void {
    const bouton = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-geste="supprimer"]') : null;
    const rang = bouton ? this.rangDe(bouton) : -1;
    if (rang >= 0) this.supprimer(rang);
  }

  private coller(evenement: ClipboardEvent): void {
    const texte = evenement.clipboardData?.getData('text/plain') ?? '';
    const place = this.placeDe(evenement.target);
    if (!place || !estUnBloc(texte)) return;
    evenement.preventDefault();
    this.lignes().coller(place.rang, place.cle, lireTableau(texte));
    this.annonces.dire(this.lignes().aDefaire() ?? '');
    this.focaliser(this.lignes().toutes()[place.rang], place.cle);
  }

  private toucher(evenement: KeyboardEvent): void {
    const place = this.placeDe(evenement.target);
    const geste = place && this.gestes(evenement, place);
    if (!geste) return;
    evenement.preventDefault();
    evenement.stopPropagation();
    geste();
  }

  private gestes(evenement: KeyboardEvent, place: Place): (() => void) | undefined {
    const { key, altKey, shiftKey, ctrlKey, metaKey, isComposing } = evenement;
    if (ctrlKey || metaKey || isComposing) return undefined;
    if (altKey) return this.gestesDeLigne(key, shiftKey, place);
    if (key === 'Enter' && !shiftKey) return () => this.suivante(place);
    if (key === 'Tab' && !shiftKey && this.auBout(place) && !this.lignes().toutes()[place.rang]?.lue().vide) return () => this.ajouter();
    if (key === 'ArrowUp' && !shiftKey && bordDuTexte(place.champ, 'haut')) return this.vers(place, -1);
    if (key === 'ArrowDown' && !shiftKey && bordDuTexte(place.champ, 'bas')) return this.vers(place, 1);
    return undefined;
  }

  private gestesDeLigne(key: string, shiftKey: boolean, { rang, cle }: Place): (() => void) | undefined {
    const ligne = this.lignes().toutes()[rang];
    if (key === 'ArrowDown' && shiftKey) return () => this.focaliser(this.lignes().dupliquer(rang), cle);
    if (shiftKey) return undefined;
    const sur: Record<string, () => void> = {
      ArrowUp: () => this.lignes().deplacer(rang, -1) && this.focaliser(ligne, cle),
      ArrowDown: () => this.lignes().deplacer(rang, 1) && this.focaliser(ligne, cle),
      Enter: () => this.focaliser(this.lignes().inserer(rang)),
      Delete: () => this.supprimer(rang, cle),
    };
    return sur[key];
  }

  private suivante(place: Place): void {
    const colonne = CLES.indexOf(place.cle);
    if (this.auBout(place)) this.ajouter();
    else if (colonne < CLES.length - 1) this.focaliser(this.lignes().toutes()[place.rang], CLES[colonne + 1]);
    else this.focaliser(this.lignes().toutes()[place.rang + 1]);
  }

  private vers({ rang, cle }: Place, pas: number): (() => void) | undefined {
    const ligne = this.lignes().toutes()[rang + pas];
    return ligne && (() => this.focaliser(ligne, cle));
  }

  private supprimer(rang: number, cle: Cle = 'designation'): void {
    this.lignes().supprimer(rang);
    this.annonces.dire(this.lignes().aDefaire() ?? '');
    this.focaliser(this.lignes().toutes()[Math.min(rang, this.lignes().toutes().length - 1)], cle);
  }

  private auBout({ rang, cle }: Place): boolean {
    return rang === this.lignes().toutes().length - 1 && cle === CLES.at(-1);
  }

  private placeDe(cible: EventTarget | null): Place | undefined {
    const champ = cible instanceof HTMLInputElement || cible instanceof HTMLTextAreaElement ? cible : undefined;
    const cle = champ?.dataset['cle'] as Cle | undefined;
    const rang = champ && cle ? this.rangDe(champ) : -1;
    return champ && cle && rang >= 0 ? { rang, cle, champ } : undefined;
  }

  private rangDe(element: HTMLElement): number {
    const id = Number(element.closest<HTMLElement>('[data-ligne]')?.dataset['ligne']);
    return this.lignes()
      .toutes()
      .findIndex((ligne) => ligne.id === id);
  }
}

/** Whether an arrow would leave the text: in a text of several lines it moves within it first. */
function bordDuTexte(champ: HTMLInputElement | HTMLTextAreaElement, bord: 'haut' | 'bas'): boolean {
  if (champ instanceof HTMLInputElement) return true;
  const curseur = champ.selectionStart;
  return bord === 'haut' ? !champ.value.slice(0, curseur).includes('\n') : !champ.value.slice(curseur).includes('\n');
}
