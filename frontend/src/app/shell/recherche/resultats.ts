import { ClientJson, FactureVue, PaiementJson } from '../../api';
import { formaterDate } from '../../kernel/format/date';
import { formaterMontant } from '../../kernel/format/montant';
import { plier } from '../../kernel/format/texte';
import { meneAUnePage, RaccourciEnVigueur, Touches } from '../../kernel/clavier';
import { Page } from '../navigation';

/** Something found: what it is, what is said of it, and where it leads or what it does. */
export interface Resultat {
  readonly groupe: string;
  readonly titre: string;
  readonly detail: string;
  readonly chemin?: string;
  readonly faire?: () => void;
}

/** Pages and actions whose words hold every word that was typed; without any, the families alone. */
export function trouverPages(texte: string, pages: readonly Page[], touches: Touches): Resultat[] {
  return pages
    .filter(({ titre, action }) => (texte || action) && contient(titre, texte))
    .map(({ titre, chemin, action }) => ({ groupe: $localize`Pages`, titre, detail: action ? touches.affichee(action) : '', chemin }));
}

/** What can be done on the page, with the key in force for it. */
export function trouverActions(texte: string, raccourcis: readonly RaccourciEnVigueur[], touches: Touches): Resultat[] {
  return raccourcis
    .filter(({ libelle, action }) => texte && !(action && meneAUnePage(action)) && contient(libelle, texte))
    .map(({ libelle, touche, action, faire }) => ({
      groupe: $localize`Actions`,
      titre: libelle,
      detail: action ? touches.affichee(action) : touche,
      faire,
    }));
}

export function resultatClient(client: ClientJson): Resultat {
  const detail = [client.siren, client.adresse?.ville].filter(Boolean).join(' · ');
  return { groupe: $localize`Clients`, titre: client.nom_affiche, detail, chemin: `/clients/${client.id}` };
}

export function resultatFacture(facture: FactureVue): Resultat {
  return {
    groupe: $localize`Factures`,
    titre: facture.numero ?? $localize`(brouillon)`,
    detail: [facture.client?.nom_affiche, formaterMontant(facture.total_ttc_centimes, facture.devise)].filter(Boolean).join(' · '),
    chemin: `/factures/${facture.id}`,
  };
}

export function resultatPaiement(paiement: PaiementJson): Resultat {
  return {
    groupe: $localize`Paiements`,
    titre: `${formaterMontant(paiement.montant_centimes, paiement.devise)} · ${formaterDate(paiement.date_paiement)}`,
    detail: paiement.reference ?? '',
    chemin: `/paiements/${paiement.id}`,
  };
}

function contient(libelle: string, texte: string): boolean {
  const plie = plier(libelle);
  return plier(texte)
    .split(/\s+/)
    .every((mot) => plie.includes(mot));
}
