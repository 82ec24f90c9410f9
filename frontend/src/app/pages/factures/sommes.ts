import { FactureVue } from '../../api';
import { formaterMontant } from '../../kernel/format/montant';
import { signe } from './etats';

/** What is still due on several documents, one text per currency; credit notes take away. */
export function sommes(factures: readonly FactureVue[]): string[] {
  const parDevise = new Map<string, number>();
  for (const facture of factures) {
    parDevise.set(facture.devise, (parDevise.get(facture.devise) ?? 0) + signe(facture, facture.reste_centimes));
  }
  return [...parDevise].sort().map(([devise, centimes]) => $localize`${formaterMontant(centimes, devise)} de reste dû`);
}
