import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { ACTIONS, IdAction, lireCaractere, lireTouche, meneAUnePage, ToucheLue, Touches } from '../../kernel/clavier';

/**
 * A shortcut and its key. For an action: `Changer` puts a field in its own place, and the next key that is pressed there is
 * the new one; Escape or going elsewhere change nothing. A key that cannot be taken is refused with the reason.
 */
@Component({
  selector: 'app-ligne-touche',
  templateUrl: './ligne-touche.html',
  styleUrl: './ligne-touche.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LigneTouche {
  readonly libelle = input.required<string>();
  readonly touche = input.required<string>();
  readonly action = input<IdAction>();
  /** What became of it, in words. */
  readonly fait = output<string>();
  protected readonly touches = inject(Touches);
  protected readonly ecoute = signal(false);
  protected readonly refus = signal('');
  protected readonly origine = computed(() => {
    const action = this.action();
    return action ? ACTIONS[action].touche : '';
  });
  /** The field and the buttons, as those are told who do not see the row around them. */
  protected readonly noms = computed(() => ({
    champ: $localize`Nouvelle touche pour ${this.libelle()}`,
    changer: $localize`Changer la touche de ${this.libelle()}`,
    retablir: $localize`Rétablir ${this.origine()} pour ${this.libelle()}`,
  }));
  /** What is pressed before, for pages. */
  protected readonly avant = computed(() => {
    const action = this.action();
    return action && meneAUnePage(action) ? this.touches.seule('aller') : '';
  });
  private readonly injector = inject(Injector);
  private readonly champ = viewChild<ElementRef<HTMLElement>>('champ');
  private readonly changer = viewChild<ElementRef<HTMLElement>>('changer');

  protected ecouter(): void {
    this.refus.set('');
    this.montrer(true);
  }

  protected toucher(evenement: KeyboardEvent, action: IdAction): void {
    if (evenement.key === 'Tab' || !this.ecoute()) return;
    const lue = lireTouche(evenement);
    if (!lue) return;
    evenement.preventDefault();
    evenement.stopPropagation();
    if (evenement.key === 'Escape') this.annuler();
    else this.prendre(lue, action);
  }

  /** A character that came without a key: from a keyboard on glass, or dictated. */
  protected taper(champ: HTMLInputElement, action: IdAction): void {
    const lue = lireCaractere(champ.value.slice(-1));
    champ.value = '';
    this.prendre(lue, action);
  }

  protected quitter(): void {
    this.ecoute.set(false);
  }

  protected retablir(action: IdAction): void {
    if (this.refuser(this.touches.retablir(action), ACTIONS[action].touche)) return;
    this.dire(action);
  }

  private prendre(lue: ToucheLue, action: IdAction): void {
    if ('refus' in lue) this.refus.set(lue.refus);
    else if (!this.refuser(this.touches.changer(action, lue.touche), lue.touche)) this.dire(action);
  }

  private refuser(autre: IdAction | undefined, touche: string): boolean {
    if (autre) this.refus.set($localize`« ${touche} » est déjà la touche de « ${ACTIONS[autre].libelle} ».`);
    return autre !== undefined;
  }

  private dire(action: IdAction): void {
    this.fait.emit($localize`« ${this.libelle()} » : ${this.touches.de(action)}`);
    this.annuler();
  }

  private annuler(): void {
    this.refus.set('');
    this.montrer(false);
  }

  /** The field or its button, with the focus. */
  private montrer(ecoute: boolean): void {
    this.ecoute.set(ecoute);
    afterNextRender(() => (ecoute ? this.champ() : this.changer())?.nativeElement.focus(), { injector: this.injector });
  }
}
