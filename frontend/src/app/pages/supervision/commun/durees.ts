/** Durations and clock times with seconds, as operators read them. */
import { ZONE } from '../../../kernel/format/date';

const SECONDES = new Intl.DateTimeFormat('fr-FR', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** `22:41:05`, Paris time. */
export function heureExacte(instant: string | Date | number): string {
  return SECONDES.format(new Date(instant));
}

/** `850 ms`, `16,1 s`, `2 min 05 s`, `1 h 02 min`, `3 j 4 h`, with U+00A0 before units. */
export function formaterDuree(ms: number): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 1) return `${Math.round(s * 1000)}\u00a0ms`;
  if (s < 60) return `${(Math.floor(s * 10) / 10).toLocaleString('fr-FR')}\u00a0s`;
  if (s < 3_600) return `${deux(s / 60)}\u00a0min ${deux(s % 60, 2)}\u00a0s`;
  if (s < 86_400) return `${deux(s / 3_600)}\u00a0h ${deux((s % 3_600) / 60, 2)}\u00a0min`;
  return $localize`${deux(s / 86_400)}\u00a0j ${deux((s % 86_400) / 3_600)}\u00a0h`;
}

/** `7 498`, with U+202F between thousands. */
export function formaterNombre(nombre: number): string {
  return nombre.toLocaleString('fr-FR');
}

function deux(nombre: number, chiffres = 1): string {
  return String(Math.floor(nombre)).padStart(chiffres, '0');
}
