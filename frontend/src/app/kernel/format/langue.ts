/** The language of this build of the application: each has its own. Money, dates and times keep the French form in all. */

export type Langue = 'fr' | 'en';

export const LANGUE: Langue = $localize.locale === 'en' ? 'en' : 'fr';

/** Whether a number is said with the plural: from two on in French, all but one in English. */
export function estPluriel(nombre: number, langue: Langue = LANGUE): boolean {
  return langue === 'en' ? Math.abs(nombre) !== 1 : Math.abs(nombre) >= 2;
}
