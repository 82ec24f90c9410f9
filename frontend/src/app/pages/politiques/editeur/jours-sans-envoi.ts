/** Days on which no reminder leaves by itself, on the line of days after a due date. */
import { FerieVue } from '../../../api';
import { joursEntre, lundiDe, plusJours } from '../../../kernel/format/date';

/** Consecutive days without sending: from so many days after the due date, so many of them. */
export interface Fermeture {
  readonly debut: number;
  readonly jours: number;
}

const SAMEDI = 5;

/** Whether no reminder leaves by itself on a day: Saturday, Sunday, public holiday. */
export function estFerme(iso: string, feries: readonly FerieVue[]): boolean {
  return joursEntre(lundiDe(iso), iso) >= SAMEDI || feries.some(({ jour }) => jour === iso);
}

/** The closed days up to `dernier` days after `echeance`, those that follow one another together. */
export function fermetures(echeance: string, dernier: number, feries: readonly FerieVue[]): readonly Fermeture[] {
  const suites: Fermeture[] = [];
  for (let rang = 0; rang <= dernier; rang++) {
    if (!estFerme(plusJours(echeance, rang), feries)) continue;
    const avant = suites.at(-1);
    if (avant && avant.debut + avant.jours === rang) suites[suites.length - 1] = { ...avant, jours: avant.jours + 1 };
    else suites.push({ debut: rang, jours: 1 });
  }
  return suites;
}

/** The first day from `iso` on at which a reminder may leave by itself. */
export function premierOuvre(iso: string, feries: readonly FerieVue[]): string {
  let jour = iso;
  while (estFerme(jour, feries)) jour = plusJours(jour, 1);
  return jour;
}
