import { PasseVue } from '../../../api';
import { formaterDate } from '../../../kernel/format/date';
import { tourne } from '../../../kernel/travaux';

/** So many of the last campaigns are looked at before a new one. */
export const DERNIERES = 100;

/** What stands in the way of a campaign, and the run that is the reason, if one is. */
export interface Empechement {
  readonly raison: string;
  readonly execution?: string;
}

export function jourDe({ parametres }: Pick<PasseVue, 'parametres'>): string {
  const jour = parametres['date_reference'];
  return typeof jour === 'string' ? jour : '';
}

export function passageDe({ parametres }: Pick<PasseVue, 'parametres'>): number {
  return Number(parametres['passage'] ?? 1);
}

/** The clients that were left out of a run. */
export function exclusDe({ parametres }: Pick<PasseVue, 'parametres'>): readonly string[] {
  const exclus = parametres['exclusions'];
  return Array.isArray(exclus) ? exclus.map(String) : [];
}

/** The day of the last campaign that was brought to its end. */
export function derniereTerminee(passes: readonly PasseVue[]): string {
  return passes
    .filter(({ statut }) => statut === 'COMPLETED')
    .map(jourDe)
    .reduce((a, b) => (a > b ? a : b), '');
}

/** Why no campaign can be launched for `jour` now; the service has the last word. */
export function empechement(passes: readonly PasseVue[], jour: string, aujourdHui: string): Empechement | undefined {
  const enCours = passes.find(tourne);
  if (enCours) return { raison: $localize`Une campagne est en cours.`, execution: enCours.id };
  if (jour > aujourdHui) return { raison: $localize`Une campagne ne se lance pas pour un jour à venir : le ${formaterDate(jour)}.` };
  const derniere = derniereTerminee(passes);
  if (jour < derniere) {
    return { raison: $localize`Une campagne s'est terminée pour le ${formaterDate(derniere)} : on ne revient pas avant elle.` };
  }
  const interrompue = passes.find((passe) => jourDe(passe) === jour && passageDe(passe) === passageSuivant(passes, jour) - 1);
  if (interrompue?.statut === 'FAILED' || interrompue?.statut === 'STOPPED') {
    return { raison: $localize`La campagne de ce jour s'est interrompue : reprenez-la où elle s'est arrêtée.`, execution: interrompue.id };
  }
  return undefined;
}

/** The number of the next run of a day, 1 when it has had none. */
export function passageSuivant(passes: readonly PasseVue[], jour: string): number {
  return 1 + Math.max(0, ...passes.filter((passe) => jourDe(passe) === jour).map(passageDe));
}
