import { EcarteeVue, PostRelancesSimulationResponse } from '../../../api';
import { formaterMontant } from '../../../kernel/format/montant';

/** What a run of reminders would do with a client, in a few words. */
export interface Prochaine {
  readonly quoi: string;
  readonly pourquoi: string;
}

/** Reasons that concern the client as a whole come before those of single invoices. */
const ORDRE: readonly EcarteeVue['motif'][] = [
  'client-suspendu',
  'politique-inconnue',
  'credit-couvrant',
  'montant-minimum',
  'contact-recent',
  'paiement-en-attente',
  'niveau-deja-demande',
  'echelle-terminee',
  'delai-non-atteint',
  'litige',
];

/** The client's part of a simulation; nothing when nothing of theirs is late. */
export function prochaineAction(simulation: PostRelancesSimulationResponse, clientId: string): Prochaine | undefined {
  const relances = simulation.relances.filter(({ client_id }) => client_id === clientId);
  const premiere = relances[0];
  if (premiere) {
    const montants = relances.map(({ total_du_centimes, devise }) => formaterMontant(total_du_centimes, devise)).join(' + ');
    const niveau = Math.max(...relances.map((relance) => relance.niveau));
    return { quoi: $localize`Relance de niveau ${niveau}`, pourquoi: $localize`à la prochaine campagne, ${montants}` };
  }
  const ecartees = simulation.ecartees.filter(({ client_id }) => client_id === clientId);
  const raison = ORDRE.map((motif) => ecartees.find((ecartee) => ecartee.motif === motif)).find(Boolean) ?? ecartees[0];
  return raison && { quoi: $localize`Pas de relance`, pourquoi: raison.detail };
}
