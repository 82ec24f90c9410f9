/** Where an action can be done: two of them may have the same key as long as they never meet. */
export type Lieu =
  'partout' | 'aller' | 'liste' | 'facture' | 'client' | 'paiement' | 'notification' | 'traitements' | 'configuration' | 'registre';

interface ActionConnue {
  /** What its key is as long as nobody chose another; after `g` for those of `aller`. */
  readonly touche: string;
  readonly lieu: Lieu;
  readonly libelle: string;
}

/** Everything that one key does, or one key after `g`. The names are kept in browsers: they do not change. */
export const ACTIONS = {
  aide: { touche: '?', lieu: 'partout', libelle: $localize`Aide sur le clavier` },
  chercher: { touche: '/', lieu: 'partout', libelle: $localize`Chercher dans la page` },
  aller: { touche: 'g', lieu: 'partout', libelle: $localize`Première touche pour changer de page` },
  'aller-tableau-de-bord': { touche: 't', lieu: 'aller', libelle: $localize`Tableau de bord` },
  'aller-clients': { touche: 'c', lieu: 'aller', libelle: $localize`Clients` },
  'aller-factures': { touche: 'f', lieu: 'aller', libelle: $localize`Factures` },
  'aller-paiements': { touche: 'p', lieu: 'aller', libelle: $localize`Paiements` },
  'aller-relances': { touche: 'r', lieu: 'aller', libelle: $localize`Relances` },
  'aller-notifications': { touche: 'n', lieu: 'aller', libelle: $localize`Notifications` },
  'aller-balance': { touche: 'b', lieu: 'aller', libelle: $localize`Balance âgée` },
  'aller-exploitation': { touche: 'e', lieu: 'aller', libelle: $localize`Exploitation` },
  'ligne-suivante': { touche: 'j', lieu: 'partout', libelle: $localize`Ligne suivante` },
  'ligne-precedente': { touche: 'k', lieu: 'partout', libelle: $localize`Ligne précédente` },
  'ligne-choisir': { touche: 'x', lieu: 'partout', libelle: $localize`Choisir la ligne` },
  nouveau: { touche: 'n', lieu: 'liste', libelle: $localize`Nouveau : facture, client, paiement, campagne` },
  apercu: { touche: 'p', lieu: 'liste', libelle: $localize`Aperçu à côté de la liste` },
  'facture-document': { touche: 'd', lieu: 'facture', libelle: $localize`Facture : document légal` },
  'facture-avoir': { touche: 'a', lieu: 'facture', libelle: $localize`Facture : faire un avoir` },
  'facture-paiement': { touche: 'p', lieu: 'facture', libelle: $localize`Facture : saisir un paiement` },
  'facture-litige': { touche: 'l', lieu: 'facture', libelle: $localize`Facture : ouvrir ou clore un litige` },
  'client-facture': { touche: 'f', lieu: 'client', libelle: $localize`Client : nouvelle facture` },
  'client-paiement': { touche: 'p', lieu: 'client', libelle: $localize`Client : saisir un paiement` },
  'client-modifier': { touche: 'm', lieu: 'client', libelle: $localize`Client : modifier la fiche` },
  'client-suspendre': { touche: 's', lieu: 'client', libelle: $localize`Client : suspendre ou reprendre les relances` },
  'client-compte': { touche: '1', lieu: 'client', libelle: $localize`Client : compte` },
  'client-factures': { touche: '2', lieu: 'client', libelle: $localize`Client : factures` },
  'client-paiements': { touche: '3', lieu: 'client', libelle: $localize`Client : paiements` },
  'client-relances': { touche: '4', lieu: 'client', libelle: $localize`Client : relances` },
  'client-contacts': { touche: '5', lieu: 'client', libelle: $localize`Client : contacts` },
  'client-conditions': { touche: '6', lieu: 'client', libelle: $localize`Client : conditions` },
  'paiement-affecter': { touche: 'a', lieu: 'paiement', libelle: $localize`Paiement : affecter le reste` },
  'paiement-rembourser': { touche: 'r', lieu: 'paiement', libelle: $localize`Paiement : rembourser` },
  'paiement-rejeter': { touche: 'b', lieu: 'paiement', libelle: $localize`Paiement : rejet par la banque` },
  'notification-renvoyer': { touche: 'r', lieu: 'notification', libelle: $localize`Notification : renvoyer` },
  'notification-poster': { touche: 'l', lieu: 'notification', libelle: $localize`Notification : noter une lettre postée` },
  'traitements-simuler': { touche: 's', lieu: 'traitements', libelle: $localize`Traitements : simuler les relances` },
  'configuration-comparer': { touche: 'd', lieu: 'configuration', libelle: $localize`Configuration : comparer ou non` },
  'registre-deplier': { touche: 'o', lieu: 'registre', libelle: $localize`Registre : tout déplier ou replier` },
} satisfies Record<string, ActionConnue>;

/** The name of an action: `nouveau`, `aller-factures`. */
export type IdAction = keyof typeof ACTIONS;

/** Keys that nobody chooses: they are what they are on every keyboard. */
export type ToucheFixe = `Ctrl+${string}` | `F${number}` | 'Escape' | 'ArrowDown';

export const IDS = Object.keys(ACTIONS) as readonly IdAction[];

export function estUneAction(nom: string): nom is IdAction {
  return Object.hasOwn(ACTIONS, nom);
}

/** Whether the action leads to a page: its key follows that of `aller`. */
export function meneAUnePage(id: IdAction): boolean {
  return ACTIONS[id].lieu === 'aller';
}

/** Whether both can be wanted at the same moment. */
export function seRencontrent(une: IdAction, autre: IdAction): boolean {
  const [a, b] = [ACTIONS[une].lieu, ACTIONS[autre].lieu];
  return a === b || (a !== 'aller' && b !== 'aller' && (a === 'partout' || b === 'partout'));
}
