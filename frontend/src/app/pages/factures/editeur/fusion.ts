import { ChampCompare, Conflit } from '../../../kernel/conflit';
import { formaterDate } from '../../../kernel/format/date';
import { formaterDecimal, formaterTaux } from '../../../kernel/format/montant';
import { CLES, Cle } from './cellules';
import { Contenu, EnTete, LigneDeContenu } from './contenu';

/** A draft laid flat, so that fields can be compared one by one whatever was inserted or deleted meanwhile. */
type Aplati = Record<string, unknown>;

const ENTETES: Readonly<Record<keyof EnTete, string>> = {
  client_id: $localize`Client`,
  nature_operation: $localize`Nature de l'opération`,
  numero_commande: $localize`Numéro de commande`,
  reference_externe: $localize`Référence`,
  date_livraison: $localize`Date de livraison`,
  devise: $localize`Devise`,
};

const CELLULES: Readonly<Record<Cle, string>> = {
  designation: $localize`désignation`,
  quantite: $localize`quantité`,
  unite: $localize`unité`,
  prix_unitaire_ht: $localize`prix unitaire`,
  remise_pourcent: $localize`remise`,
  taux_tva: $localize`taux de TVA`,
};

const NATURES: Readonly<Record<string, string>> = {
  BIENS: $localize`Biens`,
  SERVICES: $localize`Services`,
  MIXTE: $localize`Biens et services`,
};

/** What became of each line of the base on one side (its index there, or -1), and what was inserted before each. */
interface Alignement {
  readonly devenues: readonly number[];
  readonly inserees: readonly (readonly number[])[];
}

/** What was read, typed and stored meanwhile, compared; `resultat` becomes a draft again by `relever`. */
export class Fusion {
  readonly conflit: Conflit<Aplati>;
  private readonly partages: readonly boolean[];

  /** `nomDe` names a client. */
  constructor(base: Contenu, mienne: Contenu, leur: Contenu, nomDe: (id: string) => string) {
    const [a, b] = [aligner(base.lignes, mienne.lignes), aligner(base.lignes, leur.lignes)];
    this.partages = base.lignes.map((_, i) => (a.devenues[i] ?? -1) >= 0 && (b.devenues[i] ?? -1) >= 0);
    const identite: Alignement = {
      devenues: base.lignes.map((_, i) => i),
      inserees: Array.from({ length: base.lignes.length + 1 }, () => []),
    };
    const aplatir = (contenu: Contenu, alignement: Alignement): Aplati => this.aplatir(contenu, alignement);
    this.conflit = new Conflit(aplatir(base, identite), aplatir(mienne, a), aplatir(leur, b), this.champs(base.lignes.length, nomDe));
  }

  /** The draft of a result of `conflit`. */
  relever(resultat: Aplati): Contenu {
    const entete = Object.fromEntries(Object.keys(ENTETES).map((cle) => [cle, resultat[cle]])) as unknown as EnTete;
    const lignes: LigneDeContenu[] = [];
    for (let i = 0; i <= this.partages.length; i++) {
      lignes.push(...(resultat[`+${i}`] as LigneDeContenu[]));
      if (i < this.partages.length) lignes.push(...this.ligne(resultat, i));
    }
    return { entete, lignes };
  }

  private ligne(resultat: Aplati, i: number): LigneDeContenu[] {
    if (!this.partages[i]) return resultat[`${i}`] ? [resultat[`${i}`] as LigneDeContenu] : [];
    return [Object.fromEntries(CLES.map((cle) => [cle, resultat[`${i}.${cle}`]])) as unknown as LigneDeContenu];
  }

  private aplatir(contenu: Contenu, { devenues, inserees }: Alignement): Aplati {
    const aplati: Aplati = { ...contenu.entete };
    inserees.forEach((indices, i) => (aplati[`+${i}`] = indices.map((j) => contenu.lignes[j])));
    devenues.forEach((j, i) => {
      const ligne = contenu.lignes[j];
      if (!this.partages[i]) aplati[`${i}`] = ligne ?? null;
      else for (const cle of CLES) aplati[`${i}.${cle}`] = ligne?.[cle];
    });
    return aplati;
  }

  private champs(nombre: number, nomDe: (id: string) => string): ChampCompare<Aplati>[] {
    const entetes = (Object.keys(ENTETES) as (keyof EnTete)[]).map((cle) => ({
      cle,
      libelle: ENTETES[cle],
      dire: (aplati: Aplati) => direEntete(cle, String(aplati[cle]), nomDe),
    }));
    const lignes = Array.from({ length: nombre + 1 }, (_, i) => [this.insertion(i), ...(i < nombre ? this.champsDeLigne(i) : [])]);
    return [...entetes, ...lignes.flat()];
  }

  private insertion(i: number): ChampCompare<Aplati> {
    const dire = (aplati: Aplati): string => (aplati[`+${i}`] as LigneDeContenu[]).map(direLigne).join('\n');
    return { cle: `+${i}`, libelle: i ? $localize`Ajouté après la ligne ${i}` : $localize`Ajouté en tête`, dire };
  }

  private champsDeLigne(i: number): ChampCompare<Aplati>[] {
    const numero = i + 1;
    if (!this.partages[i]) {
      const dire = (aplati: Aplati): string => (aplati[`${i}`] ? direLigne(aplati[`${i}`] as LigneDeContenu) : $localize`supprimée`);
      return [{ cle: `${i}`, libelle: $localize`Ligne ${numero}`, dire }];
    }
    return CLES.map((cle) => ({
      cle: `${i}.${cle}`,
      libelle: $localize`Ligne ${numero} : ${CELLULES[cle]}`,
      dire: (aplati: Aplati) => direCellule(cle, String(aplati[`${i}.${cle}`])),
    }));
  }
}

/** Pairs the lines that are the same, then those between two such, in their order. */
function aligner(base: readonly LigneDeContenu[], autre: readonly LigneDeContenu[]): Alignement {
  const devenues = base.map(() => -1);
  const inserees: number[][] = Array.from({ length: base.length + 1 }, () => []);
  let [i, j] = [0, 0];
  for (const [p, q] of [...memes(base, autre), [base.length, autre.length] as const]) {
    for (; i < p && j < q; i++, j++) devenues[i] = j;
    for (; j < q; j++) inserees[p]?.push(j);
    if (p < base.length) devenues[p] = q;
    [i, j] = [p + 1, q + 1];
  }
  return { devenues, inserees };
}

/** The longest sequence of lines that both have, as pairs of indices. */
function memes(base: readonly LigneDeContenu[], autre: readonly LigneDeContenu[]): (readonly [number, number])[] {
  const [a, b] = [base.map((ligne) => JSON.stringify(ligne)), autre.map((ligne) => JSON.stringify(ligne))];
  const longueurs = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const lire = (i: number, j: number): number => longueurs[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const rang = longueurs[i] as Uint16Array;
    for (let j = b.length - 1; j >= 0; j--) rang[j] = a[i] === b[j] ? lire(i + 1, j + 1) + 1 : Math.max(lire(i + 1, j), lire(i, j + 1));
  }
  const paires: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) paires.push([i++, j++]);
    else if (lire(i + 1, j) >= lire(i, j + 1)) i++;
    else j++;
  }
  return paires;
}

function direEntete(cle: keyof EnTete, valeur: string, nomDe: (id: string) => string): string {
  if (cle === 'client_id') return nomDe(valeur) || valeur;
  if (cle === 'nature_operation') return NATURES[valeur] ?? valeur;
  return cle === 'date_livraison' && valeur ? formaterDate(valeur) : valeur;
}

function direCellule(cle: Cle, valeur: string): string {
  if (cle === 'designation' || cle === 'unite') return valeur;
  return cle === 'taux_tva' || cle === 'remise_pourcent' ? formaterTaux(valeur) : formaterDecimal(valeur);
}

function direLigne({ designation, quantite, unite, prix_unitaire_ht, taux_tva }: LigneDeContenu): string {
  return `${designation}, ${formaterDecimal(quantite)} ${unite} × ${formaterDecimal(prix_unitaire_ht)}, ${formaterTaux(taux_tva)}`.replace(
    '  ',
    ' ',
  );
}
