/** Dates: ISO strings inside, French text outside, always the days of Europe/Paris. */

import { LANGUE } from './langue';

export const ZONE = 'Europe/Paris';

const JOUR_ISO = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const INSTANT = new Intl.DateTimeFormat('fr-FR', {
  timeZone: ZONE,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const MOIS = new Intl.DateTimeFormat(LANGUE, { timeZone: 'UTC', month: 'short', year: 'numeric' });
const HEURE = new Intl.DateTimeFormat('fr-FR', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });

/** The day in Paris at an instant, as `2026-11-20`. */
export function jourDe(instant: Date): string {
  return JOUR_ISO.format(instant);
}

/** Today in Paris. */
export function aujourdHui(): string {
  return jourDe(new Date());
}

/** `2026-11-20` gives `20/11/2026`. */
export function formaterDate(iso: string): string {
  const [annee, mois, jour] = iso.split('-');
  return `${jour}/${mois}/${annee}`;
}

/** An instant of the API (`…Z`) gives `20/11/2026 10:42`, Paris time. */
export function formaterInstant(instant: string | Date): string {
  return INSTANT.format(new Date(instant)).replace(',', '');
}

/** `10:42`, Paris time. */
export function formaterHeure(instant: string | Date): string {
  return HEURE.format(new Date(instant));
}

/** The day `jours` after an ISO day. */
export function plusJours(iso: string, jours: number): string {
  const instant = new Date(`${iso}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + jours);
  return instant.toISOString().slice(0, 10);
}

/** The instant at which an ISO day begins in Paris, which is one hour ahead of UTC or two. */
export function minuitDe(iso: string): Date {
  const deuxHeuresAvant = new Date(Date.parse(`${iso}T00:00:00Z`) - 7_200_000);
  return jourDe(deuxHeuresAvant) === iso ? deuxHeuresAvant : new Date(deuxHeuresAvant.getTime() + 3_600_000);
}

/** The first day of the month of an ISO day, or of the one `decalage` months later (earlier when negative). */
export function premierDuMois(iso: string, decalage = 0): string {
  const rang = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1 + decalage;
  return `${Math.floor(rang / 12)}-${String((rang % 12) + 1).padStart(2, '0')}-01`;
}

/** The last day of the month of an ISO day, or of the one `decalage` months later. */
export function finDuMois(iso: string, decalage = 0): string {
  return plusJours(premierDuMois(iso, decalage + 1), -1);
}

/** The Monday of the week of an ISO day. */
export function lundiDe(iso: string): string {
  return plusJours(iso, -((new Date(`${iso}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** `2026-11-20` gives `nov. 2026`, `Nov 2026` in English. */
export function nomDuMois(iso: string): string {
  return MOIS.format(new Date(`${iso}T00:00:00Z`));
}

/** Days from one ISO day to another; negative when the second one is earlier. */
export function joursEntre(de: string, a: string): number {
  return Math.round((Date.parse(`${a}T00:00:00Z`) - Date.parse(`${de}T00:00:00Z`)) / 86_400_000);
}

/**
 * The ISO day of what was typed, `undefined` when it is none: `15` and `1512` in the present month or year, `151226`,
 * `15122026`, `15/12/2026` (also with `-`, `.` or blanks), `2026-12-15`, `+30` and `-7` days from `reference`, `.` for it.
 */
export function lireDate(texte: string, reference: string): string | undefined {
  const net = texte.trim();
  if (net === '.') return reference;
  const relatif = /^([+-])(\d{1,4})$/.exec(net);
  if (relatif) return plusJours(reference, Number(relatif[2]) * (relatif[1] === '+' ? 1 : -1));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(net);
  if (iso) return jourExistant(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '');
  const chiffres = /^(\d{1,2})(?:(\d{2})(\d{2}|\d{4})?)?$/.exec(net);
  const separes = /^(\d{1,2})[/\-. ](\d{1,2})(?:[/\-. ](\d{2}|\d{4}))?$/.exec(net);
  const trouve = separes ?? chiffres;
  if (!trouve) return undefined;
  const [annee, mois] = reference.split('-');
  return jourExistant(siecle(trouve[3]) ?? annee ?? '', trouve[2] ?? mois ?? '', trouve[1] ?? '');
}

function siecle(annee: string | undefined): string | undefined {
  return annee?.length === 2 ? `20${annee}` : annee;
}

function jourExistant(annee: string, mois: string, jour: string): string | undefined {
  const iso = `${annee}-${mois.padStart(2, '0')}-${jour.padStart(2, '0')}`;
  const instant = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(iso) ? iso : undefined;
}
