/** What `/actuator/health` says: a tree of components. */
import { EtatAffiche } from '../../../kernel/table';
import { etatDe } from '../parc/modele';
import { formaterOctets } from './mesures';

export interface SanteJson {
  readonly status: string;
  readonly components?: Readonly<Record<string, SanteJson>>;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly groups?: readonly string[];
}

/** A component of the tree as a row; `niveau` is 1 below the root. */
export interface LigneSante {
  readonly chemin: string;
  readonly nom: string;
  readonly niveau: number;
  readonly etat: EtatAffiche;
  readonly details: readonly (readonly [string, string])[];
}

/** A health status in words. */
export function santeEnMots(statut: string): EtatAffiche {
  return statut === 'UP' ? { mot: $localize`bonne`, signe: '✓', ton: 'bien' } : etatDe(statut);
}

/** The tree, each component below the one it belongs to. */
export function lignesDeSante(sante: SanteJson, niveau = 1, parent = ''): LigneSante[] {
  return Object.entries(sante.components ?? {}).flatMap(([nom, composant]) => {
    const chemin = parent ? `${parent}/${nom}` : nom;
    const details = Object.entries(composant.details ?? {}).map(([cle, valeur]) => [cle, detailDe(nom, valeur)] as const);
    return [{ chemin, nom, niveau, etat: santeEnMots(composant.status), details }, ...lignesDeSante(composant, niveau + 1, chemin)];
  });
}

/** The deepest components that are neither UP nor UNKNOWN: what is wrong. */
export function enDefaut(sante: SanteJson): string[] {
  return lignesEnDefaut(sante, '');
}

/** The commit of the configuration that an instance has read, where it says so. */
export function configurationLue(sante: SanteJson | undefined): string | undefined {
  const version = sante?.components?.['clientConfigServer']?.details?.['version'];
  return typeof version === 'string' ? version : undefined;
}

/** Any JSON value in one line: objects as `a: 1, b: 2`. */
export function enTexte(valeur: unknown): string {
  if (Array.isArray(valeur)) return valeur.map(enTexte).join(', ') || '–';
  if (valeur !== null && typeof valeur === 'object') {
    return Object.entries(valeur)
      .map(([cle, v]) => `${cle}: ${enTexte(v)}`)
      .join(', ');
  }
  return String(valeur);
}

function detailDe(composant: string, valeur: unknown): string {
  return composant === 'diskSpace' && typeof valeur === 'number' ? formaterOctets(valeur) : enTexte(valeur);
}

function lignesEnDefaut(sante: SanteJson, parent: string): string[] {
  return Object.entries(sante.components ?? {}).flatMap(([nom, composant]) => {
    const chemin = parent ? `${parent}/${nom}` : nom;
    const dessous = lignesEnDefaut(composant, chemin);
    return dessous.length || ['UP', 'UNKNOWN'].includes(composant.status) ? dessous : [chemin];
  });
}
