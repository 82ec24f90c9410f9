import { FactureVue } from '../../api';
import { EtatAffiche } from '../../kernel/table';

const DOCUMENT: Record<FactureVue['statut_document'], EtatAffiche> = {
  BROUILLON: { mot: $localize`Brouillon`, signe: '✎', ton: 'discret' },
  EMISE: { mot: $localize`Émise`, signe: '●', ton: 'bien' },
  AVOIREE_TOTALE: { mot: $localize`Avoirée`, signe: '↺', ton: 'discret' },
};

const REGLEMENT: Record<FactureVue['statut_reglement'], EtatAffiche> = {
  NON_PAYEE: { mot: $localize`Non payée`, signe: '○', ton: 'attention' },
  PARTIELLE: { mot: $localize`Partielle`, signe: '◐', ton: 'attention' },
  PAYEE: { mot: $localize`Payée`, signe: '●', ton: 'bien' },
};

/** Whether the document is a draft, issued, or credited in full. */
export function etatDuDocument({ statut_document }: FactureVue): EtatAffiche {
  return DOCUMENT[statut_document];
}

/** Whether an issued invoice is paid; a draft and a credit note are not asked to be. */
export function etatDuReglement({ statut_document, statut_reglement, type }: FactureVue): EtatAffiche | undefined {
  return statut_document === 'BROUILLON' || type === 'AVOIR' ? undefined : REGLEMENT[statut_reglement];
}

/** How late it is, or when it falls due. */
export function etatDuRetard({ en_retard, jours_retard }: FactureVue): EtatAffiche | undefined {
  return en_retard ? { mot: $localize`En retard de ${jours_retard} j`, signe: '▲', ton: 'mal' } : undefined;
}

/** A dispute under way. */
export function etatDuLitige({ litige }: FactureVue): EtatAffiche | undefined {
  return litige ? { mot: $localize`En litige`, signe: '⚑', ton: 'mal' } : undefined;
}

/** An amount as it counts in sums: a credit note takes away. */
export function signe({ type }: FactureVue, centimes: number): number {
  return type === 'AVOIR' && centimes ? -centimes : centimes;
}

/** `FA-2026-000001`, or what it is without a number. */
export function nomDe({ numero, type }: Pick<FactureVue, 'numero' | 'type'>): string {
  return numero ?? (type === 'AVOIR' ? $localize`(avoir)` : $localize`(brouillon)`);
}
