import { EvenementVue, FactureVue } from '../../../api';
import { formaterDate, joursEntre } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { EtatAffiche } from '../../../kernel/table';
import { etatDuDocument, etatDuLitige, etatDuReglement, etatDuRetard } from '../etats';

/** One dimension of a document's state: what it is, since when, and why. */
export interface Dimension {
  readonly nom: string;
  readonly etat: EtatAffiche;
  readonly cause: string;
}

/** The states of a document, one line each, never mixed into one. */
export function dimensions(facture: FactureVue, evenements: readonly EvenementVue[], jour: string): Dimension[] {
  const lignes = [
    documentDe(facture),
    reglementDe(facture, evenements),
    echeanceDe(facture, jour),
    litigeDe(facture, evenements),
    envoiDe(facture, evenements),
  ];
  return lignes.flatMap((ligne) => ligne ?? []);
}

function documentDe(facture: FactureVue): Dimension {
  const le = facture.date_emission ? formaterDate(facture.date_emission) : '';
  const cause = facture.reprise
    ? $localize`le ${le}, reprise d'un autre système`
    : le
      ? $localize`le ${le}, sous le numéro ${facture.numero ?? ''}`
      : $localize`sans numéro, peut encore changer`;
  return { nom: $localize`Document`, etat: etatDuDocument(facture), cause };
}

function reglementDe(facture: FactureVue, evenements: readonly EvenementVue[]): Dimension | undefined {
  const etat = etatDuReglement(facture);
  if (!etat) return undefined;
  const dernier = dernierDe(evenements, ({ poste }) => poste !== null);
  const reste = formaterMontant(facture.reste_centimes, facture.devise);
  const cause = dernier
    ? $localize`dernier mouvement le ${formaterDate(dernier.date_effet)}, reste ${reste}`
    : $localize`aucun règlement, reste ${reste}`;
  return { nom: $localize`Règlement`, etat, cause };
}

function echeanceDe(facture: FactureVue, jour: string): Dimension | undefined {
  if (!facture.date_echeance || facture.type === 'AVOIR') return undefined;
  const le = formaterDate(facture.date_echeance);
  const retard = etatDuRetard(facture);
  if (retard) return { nom: $localize`Échéance`, etat: retard, cause: $localize`échue le ${le}` };
  if (!facture.reste_centimes)
    return { nom: $localize`Échéance`, etat: { mot: $localize`Soldée`, signe: '●', ton: 'bien' }, cause: $localize`échéance le ${le}` };
  const dans = joursEntre(jour, facture.date_echeance);
  return {
    nom: $localize`Échéance`,
    etat: { mot: $localize`À échoir`, signe: '○', ton: 'discret' },
    cause: $localize`le ${le}, dans ${dans} j`,
  };
}

function litigeDe(facture: FactureVue, evenements: readonly EvenementVue[]): Dimension | undefined {
  const etat = etatDuLitige(facture);
  if (etat && facture.litige) {
    return { nom: $localize`Litige`, etat, cause: $localize`depuis le ${formaterDate(facture.litige.depuis)} : ${facture.litige.motif}` };
  }
  const clos = dernierDe(evenements, ({ type }) => type === 'LITIGE_CLOS');
  if (!clos) return undefined;
  return {
    nom: $localize`Litige`,
    etat: { mot: $localize`Clos`, signe: '●', ton: 'bien' },
    cause: $localize`jusqu'au ${formaterDate(clos.date_effet)}`,
  };
}

function envoiDe(facture: FactureVue, evenements: readonly EvenementVue[]): Dimension | undefined {
  if (facture.statut_document === 'BROUILLON') return undefined;
  const dernier = dernierDe(evenements, ({ type }) => type === 'ENVOI');
  return dernier
    ? {
        nom: $localize`Envoi`,
        etat: { mot: $localize`Demandé`, signe: '●', ton: 'bien' },
        cause: $localize`le ${formaterDate(dernier.date_effet)}`,
      }
    : {
        nom: $localize`Envoi`,
        etat: { mot: $localize`Pas encore`, signe: '○', ton: 'discret' },
        cause: $localize`aucun envoi par courriel`,
      };
}

function dernierDe(evenements: readonly EvenementVue[], condition: (evenement: EvenementVue) => boolean): EvenementVue | undefined {
  return [...evenements].reverse().find(condition);
}
