import { PaiementJson } from '../../api';

/** The invoices of a payment, as one text. */
export function facturesDe({ affectations }: PaiementJson): string {
  return affectations.map(({ numero, facture_id }) => numero ?? facture_id).join(', ');
}
