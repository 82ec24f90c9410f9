/** Metrics in words: the few that matter, and how values are written. */
import { formaterDuree } from '../commun/durees';

/** What `/actuator/metrics/{name}` says. */
export interface MesureJson {
  readonly name: string;
  readonly description?: string;
  readonly baseUnit?: string;
  readonly measurements: readonly { readonly statistic: string; readonly value: number }[];
  readonly availableTags: readonly { readonly tag: string; readonly values: readonly string[] }[];
}

/** A metric that is shown to everyone: its name (with tags as in a query), and ours. */
export interface MesureUtile {
  readonly nom: string;
  readonly etiquette?: string;
  readonly libelle: string;
}

export const MESURES_UTILES: readonly MesureUtile[] = [
  { nom: 'process.uptime', libelle: $localize`En marche depuis` },
  { nom: 'process.cpu.usage', libelle: $localize`Processeur pris par le processus` },
  { nom: 'jvm.memory.used', libelle: $localize`Mémoire prise` },
  { nom: 'jvm.threads.live', libelle: $localize`Fils d'exécution` },
  { nom: 'process.files.open', libelle: $localize`Fichiers et connexions ouverts` },
  { nom: 'system.load.average.1m', libelle: $localize`Charge de la machine sur 1 min` },
  { nom: 'http.server.requests', libelle: $localize`Requêtes reçues` },
  { nom: 'spring.cloud.gateway.requests', libelle: $localize`Requêtes routées` },
  { nom: 'http.client.requests', libelle: $localize`Appels à d'autres services` },
  { nom: 'logback.events', etiquette: 'level:error', libelle: $localize`Erreurs au journal` },
  { nom: 'hikaricp.connections.active', libelle: $localize`Connexions à la base prises` },
  { nom: 'hikaricp.connections.pending', libelle: $localize`Connexions à la base attendues` },
  { nom: 'outbox.pending', libelle: $localize`Messages à publier` },
  { nom: 'outbox.oldest.age', libelle: $localize`Âge du plus ancien message à publier` },
  { nom: 'messaging.backlog', libelle: $localize`Messages à traiter` },
  { nom: 'tasks.scheduled.execution', libelle: $localize`Tâches planifiées exécutées` },
  { nom: 'spring.batch.job.active.count', libelle: $localize`Traitements en cours` },
  { nom: 'facture.invariants.violations', libelle: $localize`Règles comptables violées` },
  { nom: 'eureka.server.registry.instances', libelle: $localize`Instances inscrites` },
  { nom: 'eureka.server.renewals.last.minute', libelle: $localize`Battements reçus en 1 min` },
];

const OCTETS: readonly (readonly [number, string])[] = [
  [1e9, $localize`Go`],
  [1e6, $localize`Mo`],
  [1e3, $localize`ko`],
];

/** `20 · moyenne 503 ms · maximum 1,9 s` of a timer, the value with its unit of anything else. */
export function valeursDe({ name, baseUnit, measurements }: MesureJson): string {
  const lues = new Map(measurements.map(({ statistic, value }) => [statistic, value]));
  const [nombre, total, maximum] = [lues.get('COUNT'), lues.get('TOTAL_TIME') ?? lues.get('TOTAL'), lues.get('MAX')];
  if (nombre === undefined || total === undefined) return measurements.map(({ value }) => ecrire(value, name, baseUnit)).join(' · ');
  const parties = [formaterNombre(nombre)];
  if (nombre) parties.push($localize`moyenne ${ecrire(total / nombre, name, baseUnit)}`);
  if (maximum) parties.push($localize`maximum ${ecrire(maximum, name, baseUnit)}`);
  return parties.join(' · ');
}

/** `110,5 Mo`, with U+00A0. */
export function formaterOctets(octets: number): string {
  const [diviseur, mot] = OCTETS.find(([taille]) => octets >= taille) ?? [1, $localize`octets`];
  return `${(octets / diviseur).toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00a0${mot}`;
}

function ecrire(valeur: number, nom: string, unite: string | undefined): string {
  if (unite === 'seconds') return formaterDuree(valeur * 1000);
  if (unite === 'bytes') return formaterOctets(valeur);
  if (nom.endsWith('.cpu.usage')) return `${(valeur * 100).toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00a0%`;
  return formaterNombre(valeur);
}

function formaterNombre(valeur: number): string {
  return valeur.toLocaleString('fr-FR', { maximumFractionDigits: 2 });
}
