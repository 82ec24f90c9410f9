import { Signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { computed } from '@angular/core';
import { debounceTime } from 'rxjs';
import { GetPaiementsResponse, PaiementJson } from '../../../api';
import { getPaiementsRequest } from '../../../api/@angular/common.gen';
import { lire } from '../../../kernel/data';
import { plier } from '../../../kernel/format/texte';

const ATTENTE_MS = 300;
const AU_MOINS = 3;

/** A payment of the same client under the same reference, if there is one already. Needs an injection context. */
export function chercherDoublon(client: Signal<string>, reference: Signal<string>): Signal<PaiementJson | undefined> {
  const saisie = toSignal(toObservable(reference).pipe(debounceTime(ATTENTE_MS)), { initialValue: '' });
  const cherchee = computed(() => saisie().trim());
  const lus = lire<GetPaiementsResponse>(() =>
    client() && cherchee().length >= AU_MOINS
      ? getPaiementsRequest({ query: { client_id: client(), q: cherchee(), limit: 20 } })
      : undefined,
  );
  return computed(() => {
    const egale = plier(reference().trim());
    return lus.valeur()?.elements.find((p) => p.client_id === client() && egale !== '' && plier(p.reference ?? '') === egale);
  });
}
