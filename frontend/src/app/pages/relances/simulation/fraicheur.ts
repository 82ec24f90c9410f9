import { computed } from '@angular/core';
import { GetPaiementsResponse } from '../../../api';
import { getPaiementsRequest } from '../../../api/@angular/common.gen';
import { lire } from '../../../kernel/data';
import { aujourdHui, formaterDate, jourDe, plusJours } from '../../../kernel/format/date';

/** After so many days without a payment entered, somebody who has paid may be reminded. */
const JOURS = 3;

/** How fresh is what is known of payments: a reminder of what was paid is what clients resent most. */
export class FraicheurDesPaiements {
  private readonly lecture = lire<GetPaiementsResponse>(() => getPaiementsRequest({ query: { tri: '-cree_le', limit: 1 } }));
  /** What there is to warn of, if anything. */
  readonly avertissement = computed(() => {
    const lue = this.lecture.valeur();
    if (!lue) return '';
    const [dernier] = lue.elements;
    if (!dernier) return $localize`Aucun paiement n'a encore été saisi : des clients qui ont payé seraient relancés.`;
    const jour = jourDe(new Date(dernier.cree_le));
    if (jour >= plusJours(aujourdHui(), -JOURS)) return '';
    return $localize`Dernier paiement saisi le ${formaterDate(jour)} : des clients qui ont payé depuis seraient relancés.`;
  });
}
