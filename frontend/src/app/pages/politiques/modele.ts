/** A policy as the form holds it, as the service takes it, and what changes from one to the other. */
import { applyEach, maxLength, required, SchemaPathTree, validate, validateTree } from '@angular/forms/signals';
import { NiveauJson, PolitiqueBrouillonJson, PolitiqueJson, PolitiqueVue } from '../../api';
import { ChampCompare } from '../../kernel/conflit';
import { formaterMontant } from '../../kernel/format/montant';
import { direJours, envoiDe, NIVEAUX_MAX } from './mots';

/** One level; its number is its rank. The delay is a text until it is right. */
export interface NiveauSaisi {
  readonly delai_jours: string;
  readonly penalites: boolean;
}

export interface Modele {
  readonly libelle: string;
  readonly intervalle_min_jours: string;
  readonly minimum_centimes: number | null;
  readonly indemnite_centimes: number | null;
  readonly niveaux: NiveauSaisi[];
}

export const VIERGE: Modele = { libelle: '', intervalle_min_jours: '', minimum_centimes: null, indemnite_centimes: null, niveaux: [] };

export const LIBELLES: Readonly<Record<keyof Modele, string>> = {
  libelle: $localize`Intitulé`,
  intervalle_min_jours: $localize`Intervalle minimal, en jours`,
  minimum_centimes: $localize`Montant minimal pour relancer`,
  indemnite_centimes: $localize`Indemnité forfaitaire par facture`,
  niveaux: $localize`Échelle`,
};

const DELAI_MAX = 3650;
const INTERVALLE_MAX = 365;
const MINIMUM_MAX = 10 ** 9;
const INDEMNITE_MAX = 10 ** 6;

/** A stored policy as the form shows it. */
export function versModele(politique: PolitiqueVue): Modele {
  return {
    libelle: politique.libelle ?? '',
    intervalle_min_jours: String(politique.intervalle_min_jours ?? 7),
    minimum_centimes: politique.minimum_centimes ?? 500,
    indemnite_centimes: politique.indemnite_centimes ?? 4000,
    niveaux: politique.niveaux.map(({ delai_jours, penalites }) => ({ delai_jours: String(delai_jours), penalites })),
  };
}

/** What the service is sent; the form is valid. */
export function versPolitique(modele: Modele): PolitiqueJson {
  return {
    libelle: modele.libelle.trim(),
    intervalle_min_jours: Number(modele.intervalle_min_jours),
    minimum_centimes: modele.minimum_centimes ?? 0,
    indemnite_centimes: modele.indemnite_centimes ?? 0,
    niveaux: modele.niveaux.map(({ delai_jours, penalites }, rang): NiveauJson => ({
      niveau: rang + 1,
      delai_jours: Number(delai_jours),
      penalites,
      envoi: envoiDe(rang + 1),
    })),
  };
}

/** The same for a simulation. */
export function versBrouillon(nom: string, modele: Modele): PolitiqueBrouillonJson {
  return { nom, ...versPolitique(modele) };
}

/** The rules of the service, while one types. */
export function regles(c: SchemaPathTree<Modele>): void {
  maxLength(c.libelle, 200, { message: $localize`200 caractères au plus.` });
  validate(c.intervalle_min_jours, ({ value }) =>
    entre(value(), 1, INTERVALLE_MAX) ? undefined : { kind: 'hors-limites', message: $localize`De 1 à 365 jours.` },
  );
  required(c.minimum_centimes, { message: $localize`Le montant manque : 0 pour tout relancer.` });
  validate(c.minimum_centimes, ({ value }) => horsLimites(value(), MINIMUM_MAX));
  required(c.indemnite_centimes, { message: $localize`Le montant manque : 0 pour n'en demander aucune.` });
  validate(c.indemnite_centimes, ({ value }) => horsLimites(value(), INDEMNITE_MAX));
  validate(c.niveaux, ({ value }) => nombreDeNiveaux(value().length));
  applyEach(c.niveaux, (niveau) => {
    validate(niveau.delai_jours, ({ value }) =>
      entre(value(), 1, DELAI_MAX) ? undefined : { kind: 'delai-illisible', message: $localize`De 1 à 3650 jours.` },
    );
  });
  validateTree(c.niveaux, ({ value, fieldTree }) =>
    quiReculent(value()).map((rang) => ({
      fieldTree: fieldTree[rang]?.delai_jours,
      kind: 'delai-non-croissant',
      message: $localize`Plus que les ${value()[rang - 1]?.delai_jours ?? ''} jours du niveau ${rang}.`,
    })),
  );
}

/** The ranks whose delay is not above that of the level before; unreadable ones are another matter. */
export function quiReculent(niveaux: readonly NiveauSaisi[]): number[] {
  return niveaux.flatMap((niveau, rang) => {
    const precedent = niveaux[rang - 1];
    if (!precedent || ![niveau, precedent].every(({ delai_jours }) => entre(delai_jours, 1, DELAI_MAX))) return [];
    return Number(niveau.delai_jours) > Number(precedent.delai_jours) ? [] : [rang];
  });
}

function entre(texte: string, bas: number, haut: number): boolean {
  const net = texte.trim();
  return /^\d{1,9}$/.test(net) && Number(net) >= bas && Number(net) <= haut;
}

function horsLimites(centimes: number | null, haut: number): { kind: string; message: string } | undefined {
  if (centimes === null || (centimes >= 0 && centimes <= haut)) return undefined;
  return { kind: 'hors-limites', message: $localize`De 0 à ${formaterMontant(haut)}.` };
}

function nombreDeNiveaux(nombre: number): { kind: string; message: string } | undefined {
  if (nombre >= 1 && nombre <= NIVEAUX_MAX) return undefined;
  return { kind: 'nombre-de-niveaux', message: $localize`Une politique a de 1 à 9 niveaux.` };
}

/** `15 jours, avec pénalités`. */
export function direNiveau({ delai_jours, penalites }: NiveauSaisi): string {
  const delai = direJours(delai_jours.trim());
  return penalites ? $localize`${delai}, avec pénalités` : $localize`${delai}, sans pénalités`;
}

/** What `apres` changes of `avant`, one sentence each; nothing when they are the same. */
export function differences(avant: Modele, apres: Modele): string[] {
  const champs = COMPARES.filter(({ cle }) => cle !== 'niveaux')
    .filter(({ dire }) => dire(avant) !== dire(apres))
    .map(({ libelle, dire }) => $localize`${libelle} : ${dire(avant) || '–'} → ${dire(apres) || '–'}`);
  const nombre = Math.max(avant.niveaux.length, apres.niveaux.length);
  return [...champs, ...Array.from({ length: nombre }, (_, rang) => differencesDeNiveau(avant, apres, rang)).flat()];
}

function differencesDeNiveau(avant: Modele, apres: Modele, rang: number): string[] {
  const [vieux, neuf] = [avant.niveaux[rang], apres.niveaux[rang]];
  const numero = rang + 1;
  if (!vieux) return neuf ? [$localize`Niveau ${numero} ajouté : ${direNiveau(neuf)}`] : [];
  if (!neuf) return [$localize`Niveau ${numero} supprimé : ${direNiveau(vieux)}`];
  const delai = vieux.delai_jours.trim() !== neuf.delai_jours.trim();
  const penalites = neuf.penalites ? $localize`Niveau ${numero} : avec pénalités` : $localize`Niveau ${numero} : sans pénalités`;
  return [
    ...(delai ? [$localize`Niveau ${numero} : ${vieux.delai_jours} → ${direJours(neuf.delai_jours)}`] : []),
    ...(vieux.penalites === neuf.penalites ? [] : [penalites]),
  ];
}

/** How fields are compared when somebody else saved meanwhile. */
export const COMPARES: readonly ChampCompare<Modele>[] = [
  { cle: 'libelle', libelle: LIBELLES.libelle, dire: ({ libelle }) => libelle.trim() },
  { cle: 'intervalle_min_jours', libelle: LIBELLES.intervalle_min_jours, dire: ({ intervalle_min_jours: jours }) => jours.trim() },
  { cle: 'minimum_centimes', libelle: LIBELLES.minimum_centimes, dire: ({ minimum_centimes: m }) => direMontant(m) },
  { cle: 'indemnite_centimes', libelle: LIBELLES.indemnite_centimes, dire: ({ indemnite_centimes: m }) => direMontant(m) },
  {
    cle: 'niveaux',
    libelle: LIBELLES.niveaux,
    dire: ({ niveaux }) => niveaux.map((niveau, rang) => `${rang + 1}. ${direNiveau(niveau)}`).join('\n'),
  },
];

function direMontant(centimes: number | null): string {
  return centimes === null ? '' : formaterMontant(centimes);
}
