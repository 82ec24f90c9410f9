import { FactureVue } from '../../../api';
import { IdAction } from '../../../kernel/clavier';
import { motifSansEnvoi, motifSansLitige } from '../actes/actes';

/** What may be asked of a document. */
export type NomDAction =
  'modifier' | 'emettre' | 'document' | 'envoyer' | 'paiement' | 'avoir' | 'ecart' | 'litige' | 'cloreLitige' | 'dupliquer' | 'supprimer';

/** What somebody does by keyboard here. */
export type Touche = IdAction | 'Ctrl+Enter';

/** An action, its key, and the rule against it: with one it is shown, but cannot be taken. */
export interface Action {
  readonly nom: NomDAction;
  readonly libelle: string;
  readonly touche?: Touche;
  readonly refus?: string;
}

/** Whether the document has to be a draft, an issued one, or an issued invoice for something to be done to it. */
type Regle = (facture: FactureVue) => string | undefined;

const brouillon: Regle = ({ statut_document }) =>
  statut_document === 'BROUILLON' ? undefined : $localize`Émise : immuable, se corrige par un avoir.`;
const factureEmise: Regle = ({ statut_document, type }) =>
  statut_document === 'BROUILLON'
    ? $localize`Brouillon : à émettre d'abord.`
    : type === 'AVOIR'
      ? $localize`Ne porte que sur une facture.`
      : undefined;
const due: Regle = (facture) => factureEmise(facture) ?? (facture.reste_centimes > 0 ? undefined : $localize`Rien ne reste dû.`);
const creditable: Regle = (facture) =>
  factureEmise(facture) ?? (facture.statut_document === 'AVOIREE_TOTALE' ? $localize`Déjà avoirée en totalité.` : undefined);
const avecLignes: Regle = (facture) => brouillon(facture) ?? (facture.lignes.length ? undefined : $localize`Sans ligne, rien à facturer.`);
const seulementFacture: Regle = ({ type }) => (type === 'AVOIR' ? $localize`Un avoir ne se duplique pas.` : undefined);

/** All actions in the order shown; those of a draft only for a draft. */
export function actionsDe(facture: FactureVue): Action[] {
  const action = (nom: NomDAction, libelle: string, regle: Regle, touche?: Touche): Action => {
    const refus = regle(facture);
    return { nom, libelle, ...(touche && { touche }), ...(refus && { refus }) };
  };
  const enBrouillon = facture.statut_document === 'BROUILLON';
  return [
    action('modifier', $localize`Modifier`, brouillon),
    ...(enBrouillon ? [action('emettre', $localize`Émettre…`, avecLignes, 'Ctrl+Enter')] : []),
    action('document', $localize`Document`, () => undefined, 'facture-document'),
    action('envoyer', $localize`Envoyer par courriel…`, motifSansEnvoi),
    action('paiement', $localize`Saisir un paiement`, due, 'facture-paiement'),
    action('avoir', $localize`Faire un avoir…`, creditable, 'facture-avoir'),
    action('ecart', $localize`Passer un écart…`, due),
    facture.litige
      ? action('cloreLitige', $localize`Clore le litige…`, () => undefined, 'facture-litige')
      : action('litige', $localize`Ouvrir un litige…`, motifSansLitige, 'facture-litige'),
    action('dupliquer', $localize`Dupliquer`, seulementFacture),
    ...(enBrouillon ? [action('supprimer', $localize`Supprimer…`, brouillon)] : []),
  ];
}
