import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, forkJoin, map, Observable, of } from 'rxjs';
import { ClientJson, FactureVue } from '../../api';
import { Page } from '../data';
import { Proposition, Recherche } from './champ-recherche';
import { ClientsConnus } from './clients-connus';

const COMBIEN = 8;

/**
 * Clients by name, SIREN, e-mail or town; with `parFacture` by the number of one of their invoices too, as a bank line
 * quotes it (facture-service out: the clients alone). Without a text, those chosen last come first. Needs an injection
 * context.
 */
export function rechercheDeClients({ parFacture = false } = {}): Recherche {
  const http = inject(HttpClient);
  const connus = inject(ClientsConnus);
  const clients = (q: string): Observable<readonly Proposition[]> =>
    http
      .get<Page<ClientJson>>('/api/clients', {
        params: { ...(q && { q }), archive: false, limit: COMBIEN, tri: q ? 'nom_affiche' : '-modifie_le' },
      })
      .pipe(map(({ elements }) => (q ? elements.map(proposerClient) : precedes(connus.recents(), elements.map(proposerClient)))));
  const factures = (q: string): Observable<readonly Proposition[]> =>
    http.get<Page<FactureVue>>('/api/factures', { params: { q, limit: COMBIEN } }).pipe(
      map(({ elements }) => elements.flatMap(proposerFacture)),
      catchError(() => of([])),
    );
  return (texte) => (parFacture && /\d/.test(texte) ? forkJoin([clients(texte), factures(texte)]).pipe(map(assembler)) : clients(texte));
}

function proposerClient({ id, nom_affiche, siren, adresse }: ClientJson): Proposition {
  const ville = adresse?.ville;
  return { valeur: id, texte: nom_affiche, detail: [siren && $localize`SIREN ${siren}`, ville].filter(Boolean).join(' · ') };
}

function proposerFacture({ client_id, client, numero }: FactureVue): Proposition[] {
  return client_id && numero ? [{ valeur: client_id, texte: client?.nom_affiche ?? client_id, detail: $localize`Facture ${numero}` }] : [];
}

function precedes(recents: readonly Proposition[], usuels: readonly Proposition[]): readonly Proposition[] {
  return [...recents, ...usuels.filter(({ valeur }) => !recents.some((recent) => recent.valeur === valeur))].slice(0, COMBIEN);
}

function assembler([clients, factures]: readonly (readonly Proposition[])[]): readonly Proposition[] {
  return [...(clients ?? []), ...(factures ?? [])].slice(0, COMBIEN);
}
