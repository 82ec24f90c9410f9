import { computed, Signal } from '@angular/core';
import { BalanceVue, LigneBalanceVue } from '../../api';
import { getBalanceAgeeRequest } from '../../api/@angular/common.gen';
import { lire, Lecture } from '../../kernel/data';
import { formaterMontant } from '../../kernel/format/montant';

/** What the aged balance of today says of one client in one currency. */
export interface Encours {
  readonly devise: string;
  readonly encours: number;
  readonly retard: number;
}

/** Every client's balance, by identifier; clients without a debt are not in it. */
export interface EncoursDesClients {
  readonly lecture: Lecture<BalanceVue>;
  readonly de: Signal<ReadonlyMap<string, readonly Encours[]>>;
}

/** Reads what all clients owe, or one. Needs an injection context. */
export function lireEncours(clientId?: Signal<string>): EncoursDesClients {
  const lecture = lire<BalanceVue>(() => {
    if (!clientId) return getBalanceAgeeRequest();
    return clientId() ? getBalanceAgeeRequest({ query: { client_id: clientId() } }) : undefined;
  });
  const de = computed(() => {
    const parClient = new Map<string, Encours[]>();
    for (const ligne of lecture.valeur()?.lignes ?? []) {
      parClient.set(ligne.client_id, [...(parClient.get(ligne.client_id) ?? []), encoursDe(ligne)]);
    }
    return parClient;
  });
  return { lecture, de };
}

/** One text for all currencies, empty where nothing is owed. */
export function direEncours(encours: readonly Encours[] | undefined, quoi: 'encours' | 'retard'): string {
  return (encours ?? [])
    .filter((un) => un[quoi])
    .map((un) => formaterMontant(un[quoi], un.devise))
    .join(' + ');
}

function encoursDe({ devise, total_centimes, non_echu_centimes }: LigneBalanceVue): Encours {
  return { devise, encours: total_centimes, retard: total_centimes - non_echu_centimes };
}
