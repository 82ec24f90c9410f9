import { BrouillonJson, FactureVue, LigneJson, NatureOperation } from '../../../api';
import { lireDecimal } from '../../../kernel/format/montant';

/** What is written in a draft besides its lines. */
export interface EnTete {
  readonly client_id: string;
  readonly nature_operation: NatureOperation;
  readonly numero_commande: string;
  readonly reference_externe: string;
  /** ISO day, empty without one. */
  readonly date_livraison: string;
  readonly devise: string;
}

/** A line with its decimals in one form, so that two of them can be compared. */
export interface LigneDeContenu {
  readonly designation: string;
  readonly quantite: string;
  readonly unite: string;
  readonly prix_unitaire_ht: string;
  readonly remise_pourcent: string;
  readonly taux_tva: string;
}

/** A draft as it is typed and compared. */
export interface Contenu {
  readonly entete: EnTete;
  readonly lignes: readonly LigneDeContenu[];
}

export const ENTETE_VIDE: EnTete = {
  client_id: '',
  nature_operation: 'SERVICES',
  numero_commande: '',
  reference_externe: '',
  date_livraison: '',
  devise: 'EUR',
};

const DECIMALES = 6;

/** What a draft of the service holds. */
export function contenuDe(facture: FactureVue): Contenu {
  return {
    entete: {
      client_id: facture.client_id,
      nature_operation: facture.nature_operation,
      numero_commande: facture.numero_commande ?? '',
      reference_externe: facture.reference_externe ?? '',
      date_livraison: facture.date_livraison ?? '',
      devise: facture.devise,
    },
    lignes: facture.lignes.map((ligne) => ({
      designation: ligne.designation,
      quantite: normale(ligne.quantite),
      unite: ligne.unite ?? '',
      prix_unitaire_ht: normale(ligne.prix_unitaire_ht),
      remise_pourcent: normale(ligne.remise_pourcent),
      taux_tva: normale(ligne.taux_tva),
    })),
  };
}

/** The body that stores it. */
export function corpsDe({ entete, lignes }: Contenu): BrouillonJson {
  return {
    client_id: entete.client_id,
    nature_operation: entete.nature_operation,
    devise: entete.devise,
    numero_commande: entete.numero_commande.trim() || null,
    reference_externe: entete.reference_externe.trim() || null,
    date_livraison: entete.date_livraison || null,
    lignes: lignes.map((ligne): LigneJson => ({ ...ligne, unite: ligne.unite || null })),
  };
}

/** `"80.00"` and `"080"` are `"80"`. */
export function normale(decimal: string): string {
  return lireDecimal(decimal, DECIMALES) ?? decimal;
}
