/** What the gateway says of its routes, and of the one that takes a request. */

/** A route of `/actuator/gateway/routes`. */
export interface RouteJson {
  readonly route_id: string;
  readonly uri: string;
  readonly order: number;
  /** `(Paths: […] && Methods: […])`. */
  readonly predicate: string;
  /** `[[StripPrefix parts = 1], order = 3]`. */
  readonly filters: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface PredicatEssaye {
  readonly texte: string;
  readonly passe: boolean;
}

export interface RouteEssayee {
  readonly id: string;
  readonly uri: string;
  readonly ordre: number;
  readonly predicats: readonly PredicatEssaye[];
}

/** The answer of the tester. */
export interface EssaiJson {
  readonly requete: { readonly methode: string; readonly chemin: string; readonly parametres: string | null; readonly hote: string };
  readonly par: 'route' | 'passerelle' | null;
  readonly ecartees: readonly RouteEssayee[];
  readonly route:
    | (RouteEssayee & {
        readonly filtres: readonly { readonly ordre: number; readonly texte: string }[];
        readonly metadonnees: Readonly<Record<string, unknown>>;
      })
    | null;
  readonly amont: { readonly uri: string; readonly chemin: string; readonly parametres: string | null } | null;
  readonly sans_amont: string | null;
}

/** What is to be tried; `entetes` has one `Nom: valeur` a line. */
export interface EssaiDemande {
  readonly methode: string;
  readonly chemin: string;
  readonly hote: string;
  readonly entetes: string;
}

const SANS_AMONT: Readonly<Record<string, string>> = {
  'reponse-locale': $localize`La passerelle répond elle-même.`,
  redirection: $localize`La passerelle renvoie vers une autre adresse.`,
  'actuator-ferme': $localize`Refusée : le chemin mène à l'actuator d'un service.`,
  'chemin-refuse': $localize`Refusée : le chemin que les filtres produisent n'est pas permis.`,
};

/** Why nothing is sent on, in words. */
export function sansAmontEnMots(raison: string | null): string {
  return raison === null ? '' : (SANS_AMONT[raison] ?? raison);
}

/** The predicates of a route one by one, without the outer parentheses and what is so everywhere. */
export function predicatsDe({ predicate }: RouteJson): string[] {
  return predicate
    .replace(/^\((.*)\)$/s, '$1')
    .split(' && ')
    .map((texte) => texte.replace(', match trailing slash: false', ''));
}

/** `[[StripPrefix parts = 1], order = 3]` gives `StripPrefix parts = 1`. */
export function filtreDe(texte: string): string {
  return texte
    .replace(/, order = \d+\]$/, '')
    .replace(/^\[+/, '')
    .replace(/\]$/, '');
}

/** The query of the tester. */
export function parametresDe({ methode, chemin, hote, entetes }: EssaiDemande): Record<string, string | string[]> {
  const lignes = entetes
    .split('\n')
    .map((ligne) => ligne.trim())
    .filter(Boolean)
    .map((ligne) => ligne.replace(/\s*:\s*/, ':'));
  return {
    chemin: encodeURI(chemin.trim()).replace(/%25/g, '%'),
    methode,
    ...(hote.trim() && { hote: hote.trim() }),
    ...(lignes.length && { entete: lignes }),
  };
}
