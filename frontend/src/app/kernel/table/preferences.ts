import { inject, Injectable, signal } from '@angular/core';

/** What one person wants of one list's columns: which ones in what order (empty: the usual ones), and widths in CSS pixels. */
export interface PreferenceDeColonnes {
  readonly choix: string;
  readonly largeurs: Readonly<Record<string, number>>;
}

/** Widths a column may be given, in CSS pixels. */
export const LARGEUR_MIN = 48;
export const LARGEUR_MAX = 800;

const MEMOIRE = 'colonnes ';
const RIEN: PreferenceDeColonnes = { choix: '', largeurs: {} };
const CLE = /^[\w.-]{1,60}$/;

/** The columns of every list as this browser's user left them. Names of columns and numbers only: nothing personal. */
@Injectable({ providedIn: 'root' })
export class PreferencesDeColonnes {
  private readonly connues = signal<Readonly<Record<string, PreferenceDeColonnes>>>({});

  /** The preference for a list; nothing preferred without a name. Reads a signal. */
  lire(liste: string): PreferenceDeColonnes {
    return this.connues()[liste] ?? (liste ? lue(localStorage.getItem(MEMOIRE + liste)) : RIEN);
  }

  choisir(liste: string, choix: string): void {
    this.retenir(liste, { ...this.lire(liste), choix });
  }

  /** Give a column a width in CSS pixels, held between the limits; `null` gives it back its own. */
  elargir(liste: string, cle: string, largeur: number | null): void {
    const autres = Object.entries(this.lire(liste).largeurs).filter(([autre]) => autre !== cle);
    const tenue = largeur === null ? [] : [[cle, Math.round(Math.min(Math.max(largeur, LARGEUR_MIN), LARGEUR_MAX))] as const];
    this.retenir(liste, { ...this.lire(liste), largeurs: Object.fromEntries([...autres, ...tenue]) });
  }

  oublier(liste: string): void {
    this.retenir(liste, RIEN);
  }

  private retenir(liste: string, preference: PreferenceDeColonnes): void {
    if (!liste) return;
    this.connues.update((connues) => ({ ...connues, [liste]: preference }));
    const vide = !preference.choix && !Object.keys(preference.largeurs).length;
    if (vide) localStorage.removeItem(MEMOIRE + liste);
    else localStorage.setItem(MEMOIRE + liste, JSON.stringify(preference));
  }
}

/** Columns to show: the address's word first, then what the user left, empty for the usual ones. Needs an injection context. */
export function colonnesRetenues(liste: () => string, adresse: () => string): () => string {
  const preferences = inject(PreferencesDeColonnes);
  return () => adresse() || preferences.lire(liste()).choix;
}

/** What an older version, or a hand, left in the storage counts as nothing. */
function lue(texte: string | null): PreferenceDeColonnes {
  try {
    const { choix, largeurs } = JSON.parse(texte ?? '{}') as Partial<Record<string, unknown>>;
    const paires = Object.entries(typeof largeurs === 'object' && largeurs ? largeurs : {});
    return {
      choix: typeof choix === 'string' ? choix : '',
      largeurs: Object.fromEntries(paires.filter(([cle, px]) => CLE.test(cle) && px >= LARGEUR_MIN && px <= LARGEUR_MAX)) as Record<
        string,
        number
      >,
    };
  } catch {
    return RIEN;
  }
}
