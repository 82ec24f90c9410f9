import { formaterDate } from '../format/date';
import { formaterMontant } from '../format/montant';
import { Adresse } from '../adresse/adresse';

/** A filter of a list; `cle` is the API's parameter and its name in the address. */
export interface Filtre {
  readonly cle: string;
  readonly libelle: string;
  readonly type: 'date' | 'montant' | 'choix' | 'texte' | 'client';
  /** Of a date that begins a period, the key of the one that ends it: usual periods are offered. */
  readonly fin?: string;
  readonly choix?: readonly { readonly valeur: string; readonly libelle: string }[];
}

/** A quick tab: a condition the service knows by name. */
export interface Onglet {
  readonly nom: string;
  readonly libelle: string;
}

/** A filter in force, in words. */
export interface FiltreActif {
  readonly filtre: Filtre;
  readonly texte: string;
}

/** The filters that the address holds; `nomDe` names a client. */
export function filtresActifs(adresse: Adresse, filtres: readonly Filtre[], nomDe: (id: string) => string): FiltreActif[] {
  return filtres.flatMap((filtre) => {
    const valeur = adresse.lire(filtre.cle);
    return valeur ? [{ filtre, texte: `${filtre.libelle} : ${enMots(filtre, valeur, nomDe)}` }] : [];
  });
}

function enMots(filtre: Filtre, valeur: string, nomDe: (id: string) => string): string {
  if (filtre.type === 'date') return formaterDate(valeur);
  if (filtre.type === 'montant') return formaterMontant(Number(valeur));
  if (filtre.type === 'client') return nomDe(valeur) || '…';
  return filtre.choix?.find((choix) => choix.valeur === valeur)?.libelle ?? valeur;
}

/** What the API is asked for: filters, tab and text; the order too unless `sansOrdre`. Read in a signal, it follows. */
export function parametresDeListe(adresse: Adresse, filtres: readonly Filtre[], sansOrdre = false): Record<string, string> {
  const lus: Record<string, string> = {};
  for (const { cle } of filtres) {
    const valeur = adresse.lire(cle);
    if (valeur) lus[cle] = valeur;
  }
  const texte = adresse.texte().trim();
  if (texte) lus['q'] = texte;
  if (sansOrdre) return lus;
  for (const cle of ['onglet', 'tri']) {
    const valeur = adresse.lire(cle);
    if (valeur) lus[cle] = valeur;
  }
  return lus;
}
