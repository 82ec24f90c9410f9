import { computed, Signal } from '@angular/core';
import { ClientJson } from '../../../api';
import { getClientsIdRequest } from '../../../api/@angular/common.gen';
import { lire } from '../../../kernel/data';
import { aujourdHui } from '../../../kernel/format/date';
import { delaiRaccourci, phraseDesConditions } from './echeance';

/** What matters of the client of a draft. */
export interface ClientChoisi {
  readonly nom: Signal<string>;
  /** The terms in one sentence, with the due date. */
  readonly phrase: Signal<string>;
  /** What will be missing at the issue, or deserves a look. */
  readonly remarques: Signal<readonly string[]>;
  /** The client cannot be read just now. */
  readonly muet: Signal<boolean>;
}

/** Reads the client as long as one is chosen. Needs an injection context. */
export function suivreClient(clientId: () => string, emission: () => string): ClientChoisi {
  const lecture = lire<ClientJson>(() => (clientId() ? getClientsIdRequest({ path: { id: clientId() } }) : undefined));
  const fiche = computed(() => (lecture.valeur()?.id === clientId() ? lecture.valeur() : undefined));
  return {
    nom: computed(() => fiche()?.nom_affiche ?? ''),
    phrase: computed(() => phraseDe(fiche(), emission() || aujourdHui())),
    remarques: computed(() => remarquesDe(fiche())),
    muet: computed(() => clientId() !== '' && fiche() === undefined && lecture.probleme() !== undefined),
  };
}

function phraseDe(fiche: ClientJson | undefined, emission: string): string {
  if (!fiche) return '';
  return phraseDesConditions(emission, conditionsDe(fiche), fiche.type === 'PUBLIC');
}

function remarquesDe(fiche: ClientJson | undefined): string[] {
  if (!fiche) return [];
  const remarque = (vrai: boolean, texte: string): string[] => (vrai ? [texte] : []);
  return [
    ...remarque(fiche.archive, $localize`Ce client est archivé : il ne reçoit plus de facture.`),
    ...remarque(!fiche.adresse, $localize`Ce client n'a pas d'adresse postale, mention obligatoire.`),
    ...remarque(!fiche.siren && fiche.type !== 'PARTICULIER', $localize`Le SIREN de ce client professionnel manque.`),
    ...remarque(!fiche.email, $localize`Sans adresse électronique, l'envoi par courriel n'est pas possible.`),
    ...remarque(
      delaiRaccourci(conditionsDe(fiche), fiche.type === 'PUBLIC'),
      $localize`Le délai convenu dépasse la loi : l'échéance est raccourcie.`,
    ),
  ];
}

function conditionsDe({ conditions_paiement }: ClientJson): {
  delai_jours: number;
  mode: 'NET' | 'FIN_DE_MOIS' | 'FIN_DE_MOIS_PUIS_JOURS';
} {
  return { delai_jours: conditions_paiement?.delai_jours ?? 30, mode: conditions_paiement?.mode ?? 'NET' };
}
