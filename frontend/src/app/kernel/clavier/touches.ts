import { computed, Injectable, signal } from '@angular/core';
import { ACTIONS, estUneAction, IdAction, meneAUnePage, ToucheFixe } from './actions';
import { avec, occupant, relireChoix, toucheDe } from './choix';

const CHOIX = 'raccourcis';
const UNE_LETTRE = 'raccourcis-a-une-lettre';

/** Which key does what: as the application has it, or as this person chose it, in every tab. Only names of actions are kept. */
@Injectable({ providedIn: 'root' })
export class Touches {
  private readonly choix = signal(relireChoix(localStorage.getItem(CHOIX)));
  private readonly permises = signal(lettresPermises());
  /** Shortcuts of one letter may be switched off (WCAG 2.1.4). */
  readonly uneLettre = this.permises.asReadonly();
  readonly sontChangees = computed(() => Object.keys(this.choix()).length > 0);

  constructor() {
    window.addEventListener('storage', ({ key }) => {
      if (key === null || key === CHOIX) this.choix.set(relireChoix(localStorage.getItem(CHOIX)));
      if (key === null || key === UNE_LETTRE) this.permises.set(lettresPermises());
    });
  }

  /** The key in force: `n`, `g f`. */
  de(id: IdAction): string {
    return meneAUnePage(id) ? `${this.seule('aller')} ${this.seule(id)}` : this.seule(id);
  }

  /** The key of the action alone: `f` for `aller-factures`. */
  seule(id: IdAction): string {
    return toucheDe(this.choix(), id);
  }

  /** What may be said of it beside what it does: nothing while keys of one letter are switched off. */
  affichee(touche: IdAction | ToucheFixe): string {
    if (!estUneAction(touche)) return touche;
    return this.uneLettre() ? this.de(touche) : '';
  }

  estChangee(id: IdAction): boolean {
    return this.choix()[id] !== undefined;
  }

  /**
   * What a key pressed in a list stands for there: the usual key of whichever of `ids` has it, nothing for the usual key of
   * one that has another now (or none, where letters are switched off), otherwise itself.
   */
  usuelle(touche: string, ids: readonly IdAction[]): string {
    const id = this.uneLettre() ? ids.find((candidate) => this.seule(candidate) === touche) : undefined;
    if (id) return ACTIONS[id].touche;
    return ids.some((candidate) => ACTIONS[candidate].touche === touche) ? '' : touche;
  }

  /** Give the action this key. When another one has it where both can be wanted nothing changes, and that one is returned. */
  changer(id: IdAction, touche: string): IdAction | undefined {
    const autre = occupant(this.choix(), id, touche);
    if (!autre) this.garder(avec(this.choix(), id, touche));
    return autre;
  }

  /** The action's own key again, with the same answer. */
  retablir(id: IdAction): IdAction | undefined {
    return this.changer(id, ACTIONS[id].touche);
  }

  retablirTout(): void {
    this.garder({});
  }

  permettreUneLettre(oui: boolean): void {
    this.permises.set(oui);
    localStorage.setItem(UNE_LETTRE, oui ? 'oui' : 'non');
  }

  private garder(choix: ReturnType<typeof relireChoix>): void {
    this.choix.set(choix);
    if (this.sontChangees()) localStorage.setItem(CHOIX, JSON.stringify(choix));
    else localStorage.removeItem(CHOIX);
  }
}

function lettresPermises(): boolean {
  return localStorage.getItem(UNE_LETTRE) !== 'non';
}
