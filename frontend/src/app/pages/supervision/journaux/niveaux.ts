/** Loggers of several instances side by side. */
import { Reponse } from '../parc/interrogation';

export interface NiveauJson {
  readonly configuredLevel?: string | null;
  readonly effectiveLevel?: string;
}

/** What `/actuator/loggers` says. */
export interface JournauxJson {
  readonly levels: readonly string[];
  readonly loggers: Readonly<Record<string, NiveauJson>>;
  readonly groups?: Readonly<Record<string, NiveauJson & { readonly members: readonly string[] }>>;
}

export interface LigneJournal {
  readonly nom: string;
  /** The loggers of a group, undefined for a single one. */
  readonly membres?: readonly string[];
  /** Levels in force with the number of instances that have them, most frequent first. */
  readonly effectifs: readonly (readonly [string, number])[];
  /** The level that was set, empty where none was; undefined where instances differ. */
  readonly fixe: string | undefined;
}

/** The package of the platform that all members share. */
const PLATEFORME = 'ressort';

export const NIVEAUX: readonly string[] = ['OFF', 'FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'];

/** One row per name: ROOT, the groups, the modules of the application and of the platform, then all others by name. */
export function lignesDe(reponses: readonly Reponse<JournauxJson>[]): LigneJournal[] {
  const corps = reponses.flatMap((reponse) => reponse.corps ?? []);
  const groupes = nomsDe(corps.map(({ groups }) => groups ?? {})).map((nom) => ({
    ...ligne(
      nom,
      corps.map(({ groups }) => groups?.[nom]),
    ),
    membres: corps.flatMap(({ groups }) => groups?.[nom]?.members ?? []).filter((membre, i, tous) => tous.indexOf(membre) === i),
  }));
  const seuls = nomsDe(corps.map(({ loggers }) => loggers)).map((nom) =>
    ligne(
      nom,
      corps.map(({ loggers }) => loggers[nom]),
    ),
  );
  const racines = [...new Set(reponses.map(({ cible }) => cible.application.replaceAll('-', '_'))), PLATEFORME];
  const rangDe = ({ nom }: LigneJournal): number => racines.findIndex((racine) => nom === racine || nom.startsWith(`${racine}.`));
  const racine = seuls.filter(({ nom }) => nom === 'ROOT');
  const siens = seuls.filter((seul) => rangDe(seul) >= 0).sort((a, b) => rangDe(a) - rangDe(b));
  const autres = seuls.filter((seul) => seul.nom !== 'ROOT' && rangDe(seul) < 0);
  return [...racine, ...groupes, ...siens, ...autres];
}

/** Those whose name or members hold `texte`, only those that were set if `fixes`. */
export function filtrer(lignes: readonly LigneJournal[], texte: string, fixes: boolean): LigneJournal[] {
  const cherche = texte.trim().toLowerCase();
  return lignes.filter(
    ({ nom, membres = [], fixe }) => (!fixes || fixe !== '') && [nom, ...membres].some((mot) => mot.toLowerCase().includes(cherche)),
  );
}

function nomsDe(objets: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(objets.flatMap((objet) => Object.keys(objet)))].sort((a, b) => a.localeCompare(b));
}

function ligne(nom: string, niveaux: readonly (NiveauJson | undefined)[]): LigneJournal {
  const connus = niveaux.filter((niveau) => niveau !== undefined);
  const comptes = new Map<string, number>();
  for (const { effectiveLevel = '' } of connus) comptes.set(effectiveLevel, (comptes.get(effectiveLevel) ?? 0) + 1);
  const fixes = new Set(connus.map(({ configuredLevel }) => configuredLevel ?? ''));
  return {
    nom,
    effectifs: [...comptes].filter(([niveau]) => niveau).sort(([, a], [, b]) => b - a),
    fixe: fixes.size > 1 ? undefined : [...fixes][0],
  };
}
