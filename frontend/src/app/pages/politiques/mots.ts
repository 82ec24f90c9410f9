/** How policies and their levels are said. */
import { NiveauJson } from '../../api';
import { estPluriel, LANGUE } from '../../kernel/format/langue';

/** From this level on a reminder is a letter that a person confirms (api.md 6). */
export const MISE_EN_DEMEURE = 4;
export const NIVEAUX_MAX = 9;

const TONS = [$localize`Rappel`, $localize`Second rappel`, $localize`Dernier rappel`, $localize`Mise en demeure`];

/** What the message of a level says it is; the last word stays for all levels above. */
export function tonDe(niveau: number): string {
  return TONS[Math.min(niveau, TONS.length) - 1] ?? '';
}

/** How a level leaves: decided by its rank, never by a person. */
export function envoiDe(niveau: number): NonNullable<NiveauJson['envoi']> {
  return niveau >= MISE_EN_DEMEURE ? 'MANUEL' : 'AUTOMATIQUE';
}

/** The same in words. */
export function direEnvoi(niveau: number): string {
  return envoiDe(niveau) === 'MANUEL' ? $localize`lettre, confirmée par une personne` : $localize`courriel ou SMS, part seul`;
}

export function direJours(jours: number | string): string {
  return estPluriel(Number(jours)) ? $localize`${jours} jours` : $localize`${jours} jour`;
}

/** `5, 15, 30 et 45 jours`: the delays of a ladder. */
export function direEchelle(niveaux: readonly Pick<NiveauJson, 'delai_jours'>[]): string {
  const delais = new Intl.ListFormat(LANGUE).format(niveaux.map(({ delai_jours }) => String(delai_jours)));
  return $localize`${delais} jours`;
}
