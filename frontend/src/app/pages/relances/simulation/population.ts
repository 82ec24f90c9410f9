import { ComparaisonVue, EcarteeVue, RelanceSimulee } from '../../../api';
import { plier } from '../../../kernel/format/texte';
import { Motif, MOTIFS, Voie, voieDe, VOIES } from '../mots';

/** How many reminders, and what they ask for by currency. */
export interface Somme {
  readonly relances: number;
  readonly clients: number;
  readonly factures: number;
  readonly totaux: readonly { readonly devise: string; readonly centimes: number }[];
}

/** A part of the population, with what chooses it in the address. */
export interface Part<C> {
  readonly cle: C;
  readonly nombre: number;
}

/** One reminder for each client and currency. */
export function cleDe({ client_id, devise }: { client_id: string; devise: string }): string {
  return `${client_id} ${devise}`;
}

export function sommer(relances: readonly RelanceSimulee[]): Somme {
  const totaux = new Map<string, number>();
  for (const { devise, total_du_centimes } of relances) totaux.set(devise, (totaux.get(devise) ?? 0) + total_du_centimes);
  return {
    relances: relances.length,
    clients: new Set(relances.map(({ client_id }) => client_id)).size,
    factures: relances.reduce((nombre, { factures }) => nombre + factures.length, 0),
    totaux: [...totaux].sort().map(([devise, centimes]) => ({ devise, centimes })),
  };
}

export function parNiveau(relances: readonly RelanceSimulee[]): readonly Part<number>[] {
  return compterPar(relances, ({ niveau }) => niveau).sort((a, b) => a.cle - b.cle);
}

export function parVoie(relances: readonly RelanceSimulee[]): readonly Part<Voie>[] {
  return dansLOrdre(compterPar(relances, voieDe), Object.keys(VOIES));
}

export function parMotif(ecartees: readonly EcarteeVue[]): readonly Part<Motif>[] {
  return dansLOrdre(
    compterPar(ecartees, ({ motif }) => motif),
    Object.keys(MOTIFS),
  );
}

/** What the page shows of the population. */
export interface Choix {
  readonly niveau: string;
  readonly voie: string;
  readonly motif: string;
  readonly texte: string;
  readonly exclus: 'oui' | 'non' | '';
}

export function filtrerRelances(
  relances: readonly RelanceSimulee[],
  { niveau, voie, texte, exclus }: Choix,
  estExclu: (clientId: string) => boolean,
): readonly RelanceSimulee[] {
  const cherche = plier(texte.trim());
  return relances.filter(
    (relance) =>
      (!niveau || String(relance.niveau) === niveau) &&
      (!voie || voieDe(relance) === voie) &&
      (!exclus || estExclu(relance.client_id) === (exclus === 'oui')) &&
      (!cherche || plier([relance.nom, ...relance.factures.map(({ numero }) => numero)].join(' ')).includes(cherche)),
  );
}

export function filtrerEcartees(ecartees: readonly EcarteeVue[], { motif, texte }: Choix): readonly EcarteeVue[] {
  const cherche = plier(texte.trim());
  return ecartees.filter(
    (ecartee) =>
      (!motif || ecartee.motif === motif) &&
      (!cherche || plier(`${ecartee.nom ?? ''} ${ecartee.numero} ${ecartee.detail}`).includes(cherche)),
  );
}

/** How many differences there are in all. */
export function nombreDeDifferences({ apparues, disparues, niveaux_changes }: ComparaisonVue): number {
  return apparues + disparues + niveaux_changes;
}

function compterPar<T, C>(lignes: readonly T[], cleDeLigne: (ligne: T) => C): Part<C>[] {
  const nombres = new Map<C, number>();
  for (const ligne of lignes) nombres.set(cleDeLigne(ligne), (nombres.get(cleDeLigne(ligne)) ?? 0) + 1);
  return [...nombres].map(([cle, nombre]) => ({ cle, nombre }));
}

function dansLOrdre<C extends string>(parts: readonly Part<C>[], ordre: readonly string[]): readonly Part<C>[] {
  return [...parts].sort((a, b) => ordre.indexOf(a.cle) - ordre.indexOf(b.cle));
}
