import { computed, DestroyRef, inject, Injectable, Signal, signal } from '@angular/core';

/** A key and what it does. */
export interface Raccourci {
  /** `n`, `g f`, `Ctrl+s`, `Ctrl+Enter`, `F8`, `?`, `/`, `Escape`: compared with `event.key`, never with a place on the keyboard. */
  readonly touche: string;
  readonly libelle: string;
  readonly faire: () => void;
  /** Works inside fields too (those with Ctrl, function keys and Escape do anyway). */
  readonly dansLesChamps?: boolean;
}

const SUITE_MS = 1_500;
const PREFERENCE = 'raccourcis-a-une-lettre';

/** All shortcuts in force: the shell's, and those of the page that is shown. */
@Injectable({ providedIn: 'root' })
export class Raccourcis {
  private readonly groupes = signal<readonly (readonly Raccourci[])[]>([]);
  private attendue = '';
  private attendueJusqua = 0;
  readonly tous: Signal<readonly Raccourci[]> = computed(() => this.groupes().flat());
  /** Shortcuts of one letter may be switched off (WCAG 2.1.4). */
  readonly uneLettre = signal(localStorage.getItem(PREFERENCE) !== 'non');

  constructor() {
    window.addEventListener('keydown', (evenement) => this.entendre(evenement));
  }

  /** Put shortcuts in force until the component that calls (in its injection context) goes away; later ones win. */
  ajouter(raccourcis: readonly Raccourci[]): void {
    this.groupes.update((groupes) => [raccourcis, ...groupes]);
    inject(DestroyRef).onDestroy(() => this.groupes.update((groupes) => groupes.filter((groupe) => groupe !== raccourcis)));
  }

  permettreUneLettre(oui: boolean): void {
    this.uneLettre.set(oui);
    localStorage.setItem(PREFERENCE, oui ? 'oui' : 'non');
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
    } else if (!dansChamp && this.uneLettre() && this.tous().some((raccourci) => raccourci.touche.startsWith(`${touche} `))) {
      this.attendue = touche;
      this.attendueJusqua = Date.now() + SUITE_MS;
    }
  }

  private chercher(touche: string, dansChamp: boolean): Raccourci | undefined {
    if (!touche) return undefined;
    const simple = !touche.startsWith('Ctrl+') && touche !== 'Escape' && !/^F\d+$/.test(touche);
    if (simple && (dansChamp || !this.uneLettre())) return undefined;
    return this.tous().find((raccourci) => raccourci.touche === touche && (!dansChamp || raccourci.dansLesChamps || !simple));
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
