import { computed, inject, Injectable, signal, Signal } from '@angular/core';
import {
  ClientJson,
  FactureVue,
  GetFacturesData,
  GetFacturesResponse,
  GetPaiementsData,
  GetPaiementsResponse,
  PaiementJson,
  SoldeJson,
} from '../../../api';
import { getClientsIdRequest, getFacturesRequest, getPaiementsRequest, getPaiementsSoldesRequest } from '../../../api/@angular/common.gen';
import { jusquAuBout, lire, Lecture, lireListe } from '../../../kernel/data';
import { aujourdHui } from '../../../kernel/format/date';
import { SimulationDuJour } from '../../../kernel/relances';
import { Encours, lireEncours } from '../encours';
import { Prochaine, prochaineAction } from './prochaine';

/** What is owed to a client in one currency. */
export interface Avoirs {
  readonly devise: string;
  /** Unapplied payments and credit notes: what may be used or paid back. */
  readonly disponible: number;
  readonly avoirs: number;
  readonly nonAffecte: number;
  /** Payments on their way to their invoices. */
  readonly enAttente: number;
}

/** Everything the sheet of one client is made of; each part is read when somebody looks at it and fails by itself. */
@Injectable()
export class Dossier {
  readonly id = signal('');
  readonly client: Lecture<ClientJson> = lire(() => (this.id() ? getClientsIdRequest({ path: { id: this.id() } }) : undefined));
  readonly encours = lireEncours(this.id);
  readonly soldes: Lecture<SoldeJson[]> = lire(() =>
    this.id() ? getPaiementsSoldesRequest({ query: { client_ids: [this.id()] } }) : undefined,
  );
  readonly avoirsOuverts = jusquAuBout(
    lireListe<FactureVue, GetFacturesResponse>((curseur) => {
      const query = { client_id: this.id(), type: 'AVOIR', ouverte_au: aujourdHui(), limit: 200, curseur } as GetFacturesData['query'];
      return this.id() ? getFacturesRequest({ query }) : undefined;
    }),
  );
  readonly sienEncours: Signal<readonly Encours[] | undefined> = computed(() =>
    this.encours.lecture.valeur() ? (this.encours.de().get(this.id()) ?? []) : undefined,
  );
  readonly avoirs: Signal<readonly Avoirs[] | undefined> = computed(() => {
    const soldes = this.soldes.valeur();
    return soldes && this.avoirsOuverts.complete() ? avoirsDe(soldes, this.avoirsOuverts.lignes()) : undefined;
  });
  readonly simulation = inject(SimulationDuJour).lire();
  readonly prochaine: Signal<Prochaine | undefined> = computed(() => {
    const simulation = this.simulation.valeur();
    return simulation && prochaineAction(simulation, this.id());
  });

  /** All documents of the client, issued ones, oldest first. Needs an injection context. */
  lireFactures(): ReturnType<typeof lireListe<FactureVue, GetFacturesResponse>> {
    return jusquAuBout(
      lireListe<FactureVue, GetFacturesResponse>((curseur) =>
        getFacturesRequest({ query: { client_id: this.id(), tri: 'date_emission', limit: 200, curseur } as GetFacturesData['query'] }),
      ),
    );
  }

  /** All payments of the client. Needs an injection context. */
  lirePaiements(): ReturnType<typeof lireListe<PaiementJson, GetPaiementsResponse>> {
    return jusquAuBout(
      lireListe<PaiementJson, GetPaiementsResponse>((curseur) =>
        getPaiementsRequest({ query: { client_id: this.id(), tri: '-date_paiement', limit: 200, curseur } as GetPaiementsData['query'] }),
      ),
    );
  }
}

function avoirsDe(soldes: readonly SoldeJson[], ouverts: readonly FactureVue[]): Avoirs[] {
  const devises = [...new Set([...soldes, ...ouverts].map(({ devise }) => devise))].sort();
  return devises.map((devise) => {
    const solde = soldes.find((un) => un.devise === devise);
    const siens = ouverts.filter((avoir) => avoir.devise === devise);
    const avoirs = siens.reduce((total, { a_affecter_centimes, reste_centimes }) => total + (a_affecter_centimes ?? reste_centimes), 0);
    const nonAffecte = solde?.non_affecte_centimes ?? 0;
    return { devise, avoirs, nonAffecte, disponible: avoirs + nonAffecte, enAttente: solde?.en_attente_centimes ?? 0 };
  });
}
