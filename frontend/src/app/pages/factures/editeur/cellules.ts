import { computed, Signal, signal, WritableSignal } from '@angular/core';
import { formaterDecimal, lireDecimal } from '../../../kernel/format/montant';
import { montantHt } from './calcul';
import { LigneDeContenu } from './contenu';

/** The cells of a line, in the order in which they are typed and pasted. */
export const CLES = ['designation', 'quantite', 'unite', 'prix_unitaire_ht', 'remise_pourcent', 'taux_tva'] as const;
export type Cle = (typeof CLES)[number];

/** The texts of a line as they stand in its fields. */
export type Textes = Readonly<Record<Cle, string>>;

/** Rates that a French invoice may carry, as facture-service admits them; the usual ones first. */
export const TAUX_USUELS = ['20', '10', '5.5', '2.1', '0'] as const;
const TAUX_ADMIS = new Set<string>([...TAUX_USUELS, '0.9', '1.05', '1.75', '7', '8.5', '9.2', '9.6', '13', '19.6', '20.6']);

const LIMITES = { designation: 1_000, unite: 20 };
const CHIFFRES_AU_PLUS = 15;

const NEUVE: Textes = { designation: '', quantite: '1', unite: '', prix_unitaire_ht: '', remise_pourcent: '', taux_tva: '20' };

/** What a line is at this moment. */
export interface LigneLue {
  /** Nothing was typed: it is not part of the invoice. */
  readonly vide: boolean;
  /** What is wrong, by cell. */
  readonly erreurs: Readonly<Partial<Record<Cle, string>>>;
  /** The line as it is stored, once nothing is wrong. */
  readonly contenu?: LigneDeContenu;
  readonly montantCentimes?: number;
}

let numeros = 0;

/** A line under the hands: one signal per cell, so that a keystroke concerns its own line only. */
export class LigneEdition {
  readonly id = ++numeros;
  private readonly cellules: Readonly<Record<Cle, WritableSignal<string>>>;
  /** Cells that were left: their errors are shown. */
  private readonly quittees = signal<ReadonlySet<Cle>>(new Set());
  readonly lue: Signal<LigneLue> = computed(() => lireLigne(this.textes()));
  /** What is wrong, where it is to be shown. */
  readonly erreurs = computed(() => {
    const { erreurs, vide } = this.lue();
    const quittees = this.quittees();
    return vide ? {} : (Object.fromEntries(Object.entries(erreurs).filter(([cle]) => quittees.has(cle as Cle))) as LigneLue['erreurs']);
  });

  constructor(textes: Partial<Textes> = {}) {
    const depart = { ...NEUVE, ...textes };
    this.cellules = Object.fromEntries(CLES.map((cle) => [cle, signal(depart[cle])])) as Record<Cle, WritableSignal<string>>;
  }

  texte(cle: Cle): string {
    return this.cellules[cle]();
  }

  textes(): Textes {
    return Object.fromEntries(CLES.map((cle) => [cle, this.cellules[cle]()])) as Textes;
  }

  ecrire(cle: Cle, texte: string): void {
    this.cellules[cle].set(texte);
  }

  /** The cell was left: a number that can be read is written as it is kept, an error is shown. */
  quitter(cle: Cle): void {
    const propre = formater(cle, this.cellules[cle]());
    if (propre !== undefined) this.cellules[cle].set(propre);
    if (!this.quittees().has(cle)) this.quittees.update((quittees) => new Set(quittees).add(cle));
  }

  /** Show everything that is wrong. */
  toutQuitter(): void {
    this.quittees.set(new Set(CLES));
  }
}

/** The texts of a stored line. */
export function textesDe(ligne: LigneDeContenu): Textes {
  const remise = ligne.remise_pourcent === '0' ? '' : formaterDecimal(ligne.remise_pourcent);
  return {
    designation: ligne.designation,
    quantite: formaterDecimal(ligne.quantite),
    unite: ligne.unite,
    prix_unitaire_ht: formaterPrix(ligne.prix_unitaire_ht),
    remise_pourcent: remise,
    taux_tva: formaterDecimal(ligne.taux_tva),
  };
}

function lireLigne(textes: Textes): LigneLue {
  const [quantite, prix, remise, taux] = [
    nombre(textes.quantite, 4),
    nombre(textes.prix_unitaire_ht, 6),
    nombre(textes.remise_pourcent || '0', 2),
    nombre(textes.taux_tva, 2),
  ];
  const erreurs: Partial<Record<Cle, string>> = {
    ...fautif('designation', texteFautif(textes.designation, LIMITES.designation, true)),
    ...fautif('quantite', quantiteFautive(quantite)),
    ...fautif('unite', texteFautif(textes.unite, LIMITES.unite, false)),
    ...fautif('prix_unitaire_ht', textes.prix_unitaire_ht.trim() ? prixFautif(prix) : $localize`Prix manquant`),
    ...fautif('remise_pourcent', remiseFautive(remise)),
    ...fautif('taux_tva', taux !== undefined && TAUX_ADMIS.has(taux) ? '' : $localize`Taux inconnu`),
  };
  const vide = estVide(textes);
  if (Object.keys(erreurs).length || vide) return { vide, erreurs };
  const contenu = {
    designation: textes.designation.trim(),
    quantite: quantite ?? '',
    unite: textes.unite.trim(),
    prix_unitaire_ht: prix ?? '',
    remise_pourcent: remise ?? '',
    taux_tva: taux ?? '',
  };
  return { vide, erreurs, contenu, montantCentimes: montantHt(contenu) };
}

function estVide({ designation, quantite, unite, prix_unitaire_ht, remise_pourcent }: Textes): boolean {
  return !`${designation}${unite}${prix_unitaire_ht}${remise_pourcent}`.trim() && ['', '1'].includes(quantite.trim());
}

function fautif(cle: Cle, message: string): Partial<Record<Cle, string>> {
  return message ? { [cle]: message } : {};
}

function texteFautif(texte: string, limite: number, exige: boolean): string {
  if (exige && !texte.trim()) return $localize`Désignation manquante`;
  return texte.trim().length > limite ? $localize`${limite} caractères au plus` : '';
}

function quantiteFautive(quantite: string | undefined): string {
  if (quantite === undefined || trop(quantite)) return $localize`Quantité illisible`;
  return Number(quantite) > 0 ? '' : $localize`Quantité à dire, plus grande que zéro`;
}

function prixFautif(prix: string | undefined): string {
  if (prix === undefined || trop(prix)) return $localize`Prix illisible`;
  return Number(prix) >= 0 ? '' : $localize`Un prix n'est pas négatif : faire un avoir, ou une remise`;
}

function remiseFautive(remise: string | undefined): string {
  return remise !== undefined && Number(remise) >= 0 && Number(remise) <= 100 ? '' : $localize`Remise de 0 à 100`;
}

function trop(decimal: string): boolean {
  return decimal.replace(/\D/g, '').length > CHIFFRES_AU_PLUS;
}

/** The decimal of what was typed or pasted; signs of currency and percent are passed over. */
function nombre(texte: string, decimales: number): string | undefined {
  return lireDecimal(texte.replace(/€|EUR|%/gi, ''), decimales);
}

function formater(cle: Cle, texte: string): string | undefined {
  if (cle === 'designation' || cle === 'unite') return texte.trim();
  if (!texte.trim()) return '';
  const lu = nombre(texte, cle === 'prix_unitaire_ht' ? 6 : cle === 'quantite' ? 4 : 2);
  if (lu === undefined) return undefined;
  return cle === 'prix_unitaire_ht' ? formaterPrix(lu) : formaterDecimal(lu);
}

/** At least two decimals: `80` is `80,00`. */
function formaterPrix(decimal: string): string {
  const [entier, fraction = ''] = formaterDecimal(decimal).split(',');
  return `${entier},${fraction.padEnd(2, '0')}`;
}
