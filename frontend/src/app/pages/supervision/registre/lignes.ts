/** The registry as rows: applications, and below them their instances with what each one says of itself. */
import { EtatAffiche } from '../../../kernel/table';
import { Reponse } from '../parc/interrogation';
import { Annuaire, Cible, ciblesDe, etatDe, Instance, pire } from '../parc/modele';

/** The registry's answer about one instance: the only place where its last beat is of now. */
export interface InscriptionJson {
  readonly instance: {
    readonly leaseInfo?: { readonly durationInSecs: number; readonly lastRenewalTimestamp: number; readonly registrationTimestamp: number };
  };
}

/** What `/actuator/info` says of the program that runs. */
export interface InfoJson {
  readonly build?: { readonly version?: string };
  readonly [partie: string]: unknown;
}

/** The state of a lease. */
export interface Battement {
  /** Last beat, milliseconds since 1970. */
  readonly dernier: number;
  /** Seconds since then, by the registry's clock. */
  readonly age: number;
  /** Seconds after which it runs out. */
  readonly duree: number;
  readonly enRetard: boolean;
}

export interface LigneInstance {
  readonly cible: Cible;
  readonly instance: Instance;
  readonly etat: EtatAffiche;
  readonly version?: string;
  readonly battement?: Battement;
  /** Known to the registry, so its status can be imposed. */
  readonly inscrite: boolean;
}

export interface LigneApplication {
  readonly nom: string;
  readonly instances: readonly LigneInstance[];
  readonly enService: number;
  /** Nobody of it is registered: a platform server that stands under its address. */
  readonly horsRegistre: boolean;
  readonly etat: EtatAffiche;
  readonly versions: readonly string[];
  readonly zones: readonly string[];
  /** The lease that was renewed longest ago. */
  readonly battement?: Battement;
}

const HORS_REGISTRE: EtatAffiche = { mot: $localize`non inscrite`, signe: '–', ton: 'discret' };

type Reponses<T> = ReadonlyMap<string, Reponse<T>>;

/** One row per application, by name. */
export function lignesDe(
  annuaire: Annuaire | undefined,
  inscriptions: Reponses<InscriptionJson>,
  infos: Reponses<InfoJson>,
): LigneApplication[] {
  return (annuaire?.applications ?? []).map(({ nom }) => {
    const instances = ciblesDe(annuaire, nom).map((cible) => ligneDe(cible, inscriptions.get(cible.cle), infos.get(cible.cle)));
    const battements = instances.flatMap(({ battement }) => battement ?? []);
    return {
      nom,
      instances,
      enService: instances.filter(({ instance }) => instance.statut === 'UP').length,
      horsRegistre: instances.every(({ instance }) => horsRegistre(instance)),
      etat: instances.every(({ instance }) => horsRegistre(instance))
        ? HORS_REGISTRE
        : etatDe(pire(instances.map(({ instance }) => instance.statut))),
      versions: distincts(instances.map(({ version }) => version)),
      zones: distincts(instances.map(({ instance }) => instance.zone)),
      battement: battements.reduce<Battement | undefined>((vieux, b) => (vieux && vieux.age >= b.age ? vieux : b), undefined),
    };
  });
}

/** Where the registry is asked about one instance and told its status. */
export function adresseAuRegistre({ application, instance }: Cible, lien = '/exploitation/registre/apps'): string {
  return `${lien}/${encodeURIComponent(application.toUpperCase())}/${encodeURIComponent(instance.id)}`;
}

/** The instances of the same application that would still be called without this one. */
export function autresEnService(ligne: LigneApplication, { instance }: Cible): number {
  return ligne.instances.filter((autre) => autre.instance.statut === 'UP' && autre.instance.id !== instance.id).length;
}

function ligneDe(cible: Cible, inscription: Reponse<InscriptionJson> | undefined, info: Reponse<InfoJson> | undefined): LigneInstance {
  const { instance } = cible;
  return {
    cible,
    instance,
    etat: horsRegistre(instance) ? HORS_REGISTRE : etatDe(instance.statut),
    version: info?.corps?.build?.version,
    battement: battementDe(inscription),
    inscrite: instance.bail !== null,
  };
}

function battementDe(inscription: Reponse<InscriptionJson> | undefined): Battement | undefined {
  const bail = inscription?.corps?.instance.leaseInfo;
  if (!bail?.lastRenewalTimestamp || inscription?.faiteLe === undefined) return undefined;
  const age = Math.max(0, Math.floor((inscription.faiteLe.getTime() - bail.lastRenewalTimestamp) / 1000));
  return { dernier: bail.lastRenewalTimestamp, age, duree: bail.durationInSecs, enRetard: age > bail.durationInSecs };
}

function horsRegistre({ bail, statut }: Instance): boolean {
  return bail === null && statut === 'UNKNOWN';
}

function distincts(valeurs: readonly (string | undefined)[]): string[] {
  return [...new Set(valeurs.filter((valeur) => valeur !== undefined))].sort();
}

/** What becomes of an operator's reason. */
export const MOTIF_GARDE = $localize`Le registre le garde dans son journal et le montre parmi les actes des opérateurs.`;
