/** The config server's environment as keys, each with the value in force, those that lost, and where they stand. */

export interface EnvironnementJson {
  readonly name: string;
  readonly profiles: readonly string[];
  readonly label: string | null;
  /** The commit the values were read from. */
  readonly version: string | null;
  readonly propertySources: readonly { readonly name: string; readonly source: Readonly<Record<string, unknown>> }[];
}

/** A value as it stands in one source. */
export interface Valeur {
  /** As shown; `******` for secrets. */
  readonly texte: string;
  readonly secrete: boolean;
  /** `facture-service.yml:4`, the file alone where the line is not known. */
  readonly origine: string;
  /** The whole name of the source. */
  readonly source: string;
  /** As it is, for comparisons only. */
  readonly brute: string;
}

export interface Cle {
  readonly nom: string;
  readonly gagnante: Valeur;
  /** Of sources with lower precedence, in their order. */
  readonly perdantes: readonly Valeur[];
}

/** A key in two environments. */
export interface Difference {
  readonly nom: string;
  readonly a?: Valeur;
  readonly b?: Valeur;
  readonly pareille: boolean;
}

/** What is asked of the config server. */
export interface Demande {
  readonly application: string;
  readonly profil: string;
  readonly etiquette: string;
}

/** Whether two ask for the same: then nothing is read again. */
export function memeDemande(a: Demande, b: Demande): boolean {
  return a.application === b.application && a.profil === b.profil && a.etiquette === b.etiquette;
}

export const MASQUE = '******';

/** Keys that end like a password, token or key: as the services mask them. */
const CLE_SECRETE = /pass(word|wd|phrase)?$|secret|credential|token$|api-?key|private-?key|(^|[.\-_])key$|encrypt/i;
const MOT_DE_PASSE_D_URL = /([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:)[^\s/?#@]*@/gi;

/** Where an environment is read; `/` in a label is written `(_)`. */
export function adresseDe({ application, profil, etiquette }: Demande, lien = '/exploitation/configuration'): string {
  const segments = [application, profil || 'default', ...(etiquette ? [etiquette.replaceAll('/', '(_)')] : [])];
  return [lien, ...segments.map(encodeURIComponent)].join('/');
}

/** All keys by name. */
export function clesDe(environnement: EnvironnementJson | undefined): Cle[] {
  const valeurs = new Map<string, Valeur[]>();
  for (const { name, source } of environnement?.propertySources ?? []) {
    for (const [cle, valeur] of Object.entries(source)) valeurs.set(cle, [...(valeurs.get(cle) ?? []), valeurDe(cle, valeur, name)]);
  }
  return [...valeurs]
    .map(([nom, [gagnante, ...perdantes]]) => ({ nom, gagnante: gagnante as Valeur, perdantes }))
    .sort((a, b) => a.nom.localeCompare(b.nom));
}

/** Every key of either, by name. */
export function comparer(a: readonly Cle[], b: readonly Cle[]): Difference[] {
  const [deA, deB] = [parNom(a), parNom(b)];
  return [...new Set([...deA.keys(), ...deB.keys()])]
    .map((nom) => ({ nom, a: deA.get(nom), b: deB.get(nom), pareille: deA.get(nom)?.brute === deB.get(nom)?.brute }))
    .sort((x, y) => x.nom.localeCompare(y.nom));
}

/** Whether a key or a value that may be seen holds `texte`. */
export function contient(texte: string, nom: string, ...valeurs: readonly (Valeur | undefined)[]): boolean {
  const cherche = texte.trim().toLowerCase();
  return [nom, ...valeurs.map((valeur) => valeur?.texte ?? '')].some((mot) => mot.toLowerCase().includes(cherche));
}

function parNom(cles: readonly Cle[]): Map<string, Valeur> {
  return new Map(cles.map(({ nom, gagnante }) => [nom, gagnante]));
}

function valeurDe(cle: string, json: unknown, source: string): Valeur {
  const avecOrigine =
    typeof json === 'object' && json !== null && 'value' in json ? (json as { value: unknown; origin?: string }) : { value: json };
  const brute = typeof avecOrigine.value === 'string' ? avecOrigine.value : JSON.stringify(avecOrigine.value);
  const secrete = CLE_SECRETE.test(cle.replace(/\[\d+\]$/, '').replaceAll('_', '-'));
  const texte = secrete ? MASQUE : brute.replace(MOT_DE_PASSE_D_URL, `$1${MASQUE}@`);
  const fichier = source.split('/').at(-1) ?? source;
  const ligne = 'origin' in avecOrigine ? avecOrigine.origin?.split(':')[0] : undefined;
  return { texte, secrete, origine: ligne ? `${fichier}:${ligne}` : fichier, source, brute };
}
