import { computed, DestroyRef, inject, Injectable, Signal, signal } from '@angular/core';
import { IdAction, ToucheFixe } from './actions';
import { Touches } from './touches';

interface Effet {
  readonly libelle: string;
  readonly faire: () => void;
}

/** What a page does by keyboard: on a key that is what it is, or on the one in force for an action that people may give another. */
export type Raccourci = Effet & ({ readonly touche: ToucheFixe } | { readonly action: IdAction });

/** A shortcut with its key: `n`, `g f`, `Ctrl+s`, `F8`, `Escape`; compared with `event.key`, never with a place on the keyboard. */
export interface RaccourciEnVigueur extends Effet {
  readonly touche: string;
  readonly action?: IdAction;
}

const SUITE_MS = 1_500;

/** All shortcuts in force: the shell's, and those of the page that is shown. */
@Injectable({ providedIn: 'root' })
export class Raccourcis {
  private readonly touches = inject(Touches);
  private readonly groupes = signal<readonly (readonly Raccourci[])[]>([]);
  private attendue = '';
  private attendueJusqua = 0;
  readonly tous: Signal<readonly RaccourciEnVigueur[]> = computed(() =>
    this.groupes()
      .flat()
      .map((raccourci) => ('action' in raccourci ? { ...raccourci, touche: this.touches.de(raccourci.action) } : raccourci)),
  );

  constructor() {
    window.addEventListener('keydown', (evenement) => this.entendre(evenement));
  }

  /** Put shortcuts in force until the component that calls (in its injection context) goes away; later ones win. */
  ajouter(raccourcis: readonly Raccourci[]): void {
    this.groupes.update((groupes) => [raccourcis, ...groupes]);
    inject(DestroyRef).onDestroy(() => this.groupes.update((groupes) => groupes.filter((groupe) => groupe !== raccourcis)));
  }

  private entendre(evenement: KeyboardEvent): void {
    if (evenement.defaultPrevented || evenement.altKey || evenement.isComposing || document.querySelector('dialog[open]')) return;
    const touche = nomDe(evenement);
    const dansChamp = estUnChamp(evenement.target);
    const suite = Date.now() < this.attendueJusqua ? `${this.attendue} ${touche}` : '';
    const trouve = this.chercher(suite, dansChamp) ?? this.chercher(touche, dansChamp);
    this.attendue = '';
    this.attendueJusqua = 0;
    if (trouve) {
      evenement.preventDefault();
      trouve.faire();
    } else if (!dansChamp && this.touches.uneLettre() && this.tous().some((raccourci) => raccourci.touche.startsWith(`${touche} `))) {
      this.attendue = touche;
      this.attendueJusqua = Date.now() + SUITE_MS;
    }
  }

  private chercher(touche: string, dansChamp: boolean): RaccourciEnVigueur | undefined {
    if (!touche) return undefined;
    if (dansChamp && !touche.startsWith('Ctrl+') && touche !== 'Escape' && !/^F\d+$/.test(touche)) return undefined;
    const lettres = this.touches.uneLettre();
    return this.tous().find((raccourci) => raccourci.touche === touche && (lettres || !raccourci.action));
  }
}

function nomDe(evenement: KeyboardEvent): string {
  return evenement.ctrlKey || evenement.metaKey ? `Ctrl+${evenement.key}` : evenement.key;
}

function estUnChamp(cible: EventTarget | null): boolean {
  if (!(cible instanceof HTMLElement)) return false;
  if (cible.isContentEditable || cible.closest('textarea, select, [role="combobox"]')) return true;
  return cible instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(cible.type);
}
