/** What `GET /exploitation` says: who is there, in which state, and where each can be called. */
import { EtatAffiche } from '../../../kernel/table';

/** The promise an instance renews; instants in ISO 8601, durations in seconds. */
export interface Bail {
  readonly intervalle_s: number;
  readonly duree_s: number;
  readonly inscrit_le: string | null;
  readonly renouvele_le: string | null;
  readonly en_service_depuis: string | null;
}

export interface Instance {
  readonly id: string;
  readonly hote: string;
  readonly port: number;
  readonly securise: boolean;
  readonly statut: string;
  /** The status an operator imposes, null without one. */
  readonly statut_impose: string | null;
  readonly zone: string;
  readonly metadonnees: Readonly<Record<string, string>>;
  readonly depuis: string | null;
  readonly bail: Bail | null;
  /** The gateway itself sends requests there. */
  readonly appelee: boolean;
  readonly joignable: boolean;
  readonly raison: string | null;
  /** Where its actuator can be called, null when nowhere. */
  readonly lien: string | null;
}

export interface Application {
  readonly nom: string;
  readonly instances: readonly Instance[];
}

export interface Annuaire {
  readonly applications: readonly Application[];
  readonly registre: {
    readonly adresse: string;
    readonly joignable: boolean;
    readonly raison: string | null;
    readonly lien: string;
  } | null;
  readonly configuration: { readonly adresse: string; readonly lien: string } | null;
  readonly releve_le: string;
}

/** One instance with the application it belongs to. */
export interface Cible {
  readonly cle: string;
  readonly application: string;
  readonly instance: Instance;
}

/** The instances of `application` (all without a name), or the one with that id. */
export function ciblesDe(annuaire: Annuaire | undefined, application = '', id = ''): Cible[] {
  return (annuaire?.applications ?? [])
    .filter(({ nom }) => !application || nom === application)
    .flatMap(({ nom, instances }) => instances.map((instance): Cible => ({ cle: `${nom} ${instance.id}`, application: nom, instance })))
    .filter(({ instance }) => !id || instance.id === id);
}

/** Whether two lists name the same instances at the same places: then nobody has to be asked again. */
export function memesCibles(a: readonly Cible[], b: readonly Cible[]): boolean {
  return a.length === b.length && a.every(({ cle, instance }, i) => cle === b[i]?.cle && instance.lien === b[i]?.instance.lien);
}

const ETATS: Readonly<Record<string, EtatAffiche>> = {
  UP: { mot: $localize`en service`, signe: '✓', ton: 'bien' },
  DOWN: { mot: $localize`en panne`, signe: '✕', ton: 'mal' },
  STARTING: { mot: $localize`démarre`, signe: '…', ton: 'attention' },
  OUT_OF_SERVICE: { mot: $localize`hors service`, signe: '‖', ton: 'attention' },
  UNKNOWN: { mot: $localize`inconnu`, signe: '?', ton: 'discret' },
};

/** A status of the registry or of a health answer, in words. */
export function etatDe(statut: string): EtatAffiche {
  return ETATS[statut] ?? { mot: statut, signe: '?', ton: 'discret' };
}

const GRAVITES = ['DOWN', 'OUT_OF_SERVICE', 'STARTING', 'UNKNOWN', 'UP'];

/** The worst status of several. */
export function pire(statuts: readonly string[]): string {
  return GRAVITES.find((statut) => statuts.includes(statut)) ?? statuts[0] ?? 'UNKNOWN';
}

const RAISONS: Readonly<Record<string, string>> = {
  'ne-repond-pas': $localize`La passerelle n'a pas pu la joindre récemment.`,
  'sans-adresse': $localize`Elle n'a pas d'adresse utilisable au registre.`,
  'identifiant-non-adressable': $localize`Son identifiant ne peut pas figurer dans une adresse.`,
  'nom-reserve': $localize`Son application porte un nom réservé.`,
};

/** Why an instance cannot be called, in words; empty when it can. */
export function raisonEnMots(raison: string | null): string {
  return raison === null ? '' : (RAISONS[raison] ?? raison);
}
