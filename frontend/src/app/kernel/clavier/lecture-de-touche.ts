import { estUnCaractere } from './choix';

/** A key that was pressed to be an action's: the character it writes, or why it cannot be one. */
export type ToucheLue = { readonly touche: string } | { readonly refus: string };

/** Keys that are held while another is pressed, and those of which only the character will tell. */
const SEULES = ['Unidentified', 'Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Fn', 'OS'];

/** What somebody pressed; nothing while it is only Shift or the like, of which more is to come. */
export function lireTouche(evenement: KeyboardEvent): ToucheLue | undefined {
  if (SEULES.includes(evenement.key)) return undefined;
  const refus = refusDe(evenement);
  return refus ? { refus } : lireCaractere(evenement.key);
}

/** The same of what was written; a letter counts as without Caps Lock. */
export function lireCaractere(texte: string): ToucheLue {
  const touche = texte.toLowerCase();
  return estUnCaractere(touche) ? { touche } : { refus: $localize`Cette touche n'écrit pas un caractère visible.` };
}

function refusDe(evenement: KeyboardEvent): string | undefined {
  const { key } = evenement;
  if ((evenement.ctrlKey && evenement.altKey) || evenement.getModifierState('AltGraph'))
    return $localize`Ctrl+Alt est AltGr sur un clavier français : il sert à écrire.`;
  if (evenement.altKey) return $localize`Alt avec une touche ouvre les menus du navigateur.`;
  if (evenement.ctrlKey || evenement.metaKey) return $localize`Ctrl avec une touche est gardé par le navigateur et par les formulaires.`;
  if (key === 'Dead' || key === 'Process' || evenement.isComposing)
    return $localize`Cette touche n'écrit rien seule : elle attend une lettre.`;
  if (/^F\d+$/.test(key)) return $localize`Les touches de fonction sont gardées par le navigateur et par les formulaires.`;
  if (key === ' ' || key.length > 1) return $localize`Cette touche sert à se déplacer, à choisir ou à valider.`;
  if (evenement.shiftKey && key !== key.toLowerCase()) return $localize`Sans Maj : dans les listes, Maj étend le choix.`;
  return undefined;
}
