import { ACTIONS, estUneAction, IdAction, IDS, seRencontrent } from './actions';

/** Keys that somebody chose, by action; every other action keeps its own. */
export type Choix = Readonly<Partial<Record<IdAction, string>>>;

/** One character that a key writes: no space, no control, no capital (Shift widens what is chosen in lists). */
const CARACTERE = /^[^\s\p{C}\p{M}\p{Lu}]$/u;

export function estUnCaractere(texte: unknown): texte is string {
  return typeof texte === 'string' && CARACTERE.test(texte);
}

export function toucheDe(choix: Choix, id: IdAction): string {
  return choix[id] ?? ACTIONS[id].touche;
}

/** The action that has this key where `id` would want it. */
export function occupant(choix: Choix, id: IdAction, touche: string): IdAction | undefined {
  return IDS.find((autre) => autre !== id && toucheDe(choix, autre) === touche && seRencontrent(id, autre));
}

/** What was chosen, and `touche` for `id`; its own key is no choice. */
export function avec(choix: Choix, id: IdAction, touche: string): Choix {
  const autres: Choix = Object.fromEntries(Object.entries(choix).filter(([nom]) => nom !== id));
  return touche === ACTIONS[id].touche ? autres : { ...autres, [id]: touche };
}

/**
 * What was kept, without all that is none of ours, no key, or taken since: a browser may hold what an older version wrote,
 * or anything else. Choices are judged together, so that two actions may have exchanged their keys.
 */
export function relireChoix(garde: string | null): Choix {
  let choix = lireChoix(garde);
  for (let perdu = enTrop(choix); perdu; perdu = enTrop(choix)) choix = avec(choix, perdu, ACTIONS[perdu].touche);
  return choix;
}

function enTrop(choix: Choix): IdAction | undefined {
  return IDS.find((id) => choix[id] !== undefined && occupant(choix, id, choix[id]));
}

function lireChoix(garde: string | null): Choix {
  const lu = analyser(garde ?? '{}');
  if (typeof lu !== 'object' || lu === null) return {};
  return Object.entries(lu).reduce<Choix>(
    (choix, [id, touche]) => (estUneAction(id) && estUnCaractere(touche) ? avec(choix, id, touche) : choix),
    {},
  );
}

function analyser(texte: string): unknown {
  try {
    return JSON.parse(texte) as unknown;
  } catch {
    return undefined;
  }
}
