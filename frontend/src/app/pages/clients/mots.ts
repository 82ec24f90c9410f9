/** How the API's words for clients are said. */
import { ClientJson, ConditionsJson, SuspensionJson, TypeClient } from '../../api';
import { aujourdHui, formaterDate } from '../../kernel/format/date';
import { EtatAffiche } from '../../kernel/table';

export const TYPES: Readonly<Record<TypeClient, string>> = {
  ENTREPRISE: $localize`Entreprise`,
  PARTICULIER: $localize`Particulier`,
  PUBLIC: $localize`Acheteur public`,
};

/** The types as something to choose from. */
export const CHOIX_DE_TYPE = Object.entries(TYPES).map(([valeur, libelle]) => ({ valeur, libelle }));

export const MODES: Readonly<Record<NonNullable<ConditionsJson['mode']>, string>> = {
  NET: $localize`nets`,
  FIN_DE_MOIS: $localize`fin de mois`,
  FIN_DE_MOIS_PUIS_JOURS: $localize`fin de mois, puis les jours`,
};

/** `30 jours nets`, `45 jours fin de mois`. */
export function direConditions(conditions: ConditionsJson | undefined): string {
  if (!conditions) return '';
  const { delai_jours: jours, mode = 'NET' } = conditions;
  if (jours === 0 && mode === 'NET') return $localize`À réception`;
  return $localize`${jours} jours ${MODES[mode]}`;
}

/** Whether reminders are held today; the last day is included. */
export function estSuspendu(suspension: SuspensionJson | null | undefined, jour = aujourdHui()): boolean {
  return Boolean(suspension && (!suspension.jusqu_au || jour <= suspension.jusqu_au));
}

/** `jusqu'au 31/12/2026 : travaux`, or until further notice. */
export function direSuspension({ motif, jusqu_au }: SuspensionJson): string {
  return jusqu_au ? $localize`jusqu'au ${formaterDate(jusqu_au)} : ${motif}` : $localize`jusqu'à nouvel ordre : ${motif}`;
}

/** Whether the client takes invoices and reminders, as word, sign and colour. */
export function etatDuClient({ archive, suspension }: ClientJson): EtatAffiche {
  if (archive) return { mot: $localize`Archivé`, signe: '▪', ton: 'discret' };
  if (estSuspendu(suspension)) return { mot: $localize`Relances suspendues`, signe: '‖', ton: 'attention' };
  return { mot: $localize`Actif`, signe: '●', ton: 'bien' };
}
