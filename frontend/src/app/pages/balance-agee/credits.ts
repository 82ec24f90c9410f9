import { computed, Signal } from '@angular/core';
import { ClientJson, FactureVue, GetFacturesData, GetFacturesResponse, SoldeJson } from '../../api';
import { getClientsRequest, getFacturesRequest, getPaiementsSoldesRequest } from '../../api/@angular/common.gen';
import { jusquAuBout, lire, Lecture, lireListe, Liste, Page } from '../../kernel/data';
import { creditsParClient } from './agee';

const IDS_AU_PLUS = 200;

/** What is owed to the clients at a date, and the names of those who owe nothing. */
export interface Credits {
  readonly parClient: Signal<ReadonlyMap<string, number> | undefined>;
  readonly noms: Signal<ReadonlyMap<string, string>>;
  readonly soldes: Lecture<SoldeJson[]>;
  readonly avoirs: Liste<FactureVue>;
}

/** Reads unapplied payments and open credit notes as of `au`. Needs an injection context. */
export function lireCredits(au: Signal<string>, debiteurs: Signal<ReadonlySet<string>>): Credits {
  const soldes = lire<SoldeJson[]>(() => getPaiementsSoldesRequest({ query: { au: au() } }));
  const avoirs = jusquAuBout(
    lireListe<FactureVue, GetFacturesResponse>((curseur) =>
      getFacturesRequest({ query: { ouverte_au: au(), type: 'AVOIR', limit: 200, curseur } as GetFacturesData['query'] }),
    ),
  );
  const parClient = computed(() => {
    const connus = soldes.valeur();
    return connus && avoirs.complete() ? creditsParClient(connus, avoirs.lignes()) : undefined;
  });
  const sansNom = computed(() =>
    [...new Set([...(parClient()?.keys() ?? [])].map((cle) => cle.split(' ')[0] ?? ''))].filter((id) => !debiteurs().has(id)),
  );
  const clients = lire<Page<ClientJson>>(() => {
    const ids = sansNom().slice(0, IDS_AU_PLUS);
    return ids.length ? getClientsRequest({ query: { ids, limit: IDS_AU_PLUS } }) : undefined;
  });
  const noms = computed(() => new Map(clients.valeur()?.elements.map(({ id, nom_affiche }) => [id, nom_affiche])));
  return { parClient, noms, soldes, avoirs };
}
