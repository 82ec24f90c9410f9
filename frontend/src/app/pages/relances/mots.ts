import { EcarteeVue, LigneVue, RelanceSimulee, RelanceVue } from '../../api';
import { compter } from '../../kernel/format/texte';
import { EtatAffiche } from '../../kernel/table';

export type Motif = EcarteeVue['motif'];

/** Why a late invoice gets no reminder, in the order in which the reasons are shown. */
export const MOTIFS: Record<Motif, string> = {
  litige: $localize`Litige`,
  'client-suspendu': $localize`Relances suspendues`,
  'delai-non-atteint': $localize`Délai non atteint`,
  'contact-recent': $localize`Contact récent`,
  'montant-minimum': $localize`Sous le minimum`,
  'credit-couvrant': $localize`Couverte par un avoir ou un acompte`,
  'paiement-en-attente': $localize`Paiement en attente`,
  'niveau-deja-demande': $localize`Niveau déjà demandé`,
  'echelle-terminee': $localize`Dernier niveau atteint`,
  'politique-inconnue': $localize`Politique inconnue`,
  exclu: $localize`Exclu par une personne`,
};

/** How a reminder reaches its client. */
export type Voie = 'lettre' | 'courriel' | 'sms' | 'sans-adresse';

export const VOIES: Record<Voie, EtatAffiche> = {
  courriel: { mot: $localize`Courriel`, signe: '✉', ton: 'discret' },
  sms: { mot: $localize`SMS`, signe: '▯', ton: 'discret' },
  lettre: { mot: $localize`Lettre à confirmer`, signe: '▲', ton: 'attention' },
  'sans-adresse': { mot: $localize`Sans adresse`, signe: '✕', ton: 'mal' },
};

/** A formal notice waits for a person; anything else goes to the e-mail address, to the telephone without one. */
export function voieDe({ envoi, sans_adresse, destinataire }: Pick<RelanceSimulee, 'envoi' | 'sans_adresse' | 'destinataire'>): Voie {
  if (sans_adresse) return 'sans-adresse';
  if (envoi === 'MANUEL') return 'lettre';
  return destinataire.email ? 'courriel' : 'sms';
}

/** `1`, or `1 → 2` when an invoice climbs. */
export function direNiveau(niveau: number): string {
  return niveau > 1 ? `${niveau - 1} → ${niveau}` : String(niveau);
}

/** Why an invoice is on a reminder. */
export function direLigne({ niveau, jours_retard }: LigneVue): string {
  const retard = compter(jours_retard, $localize`jour de retard`, $localize`jours de retard`);
  if (niveau === null) return $localize`${retard} : rappelée pour information, son niveau ne change pas`;
  if (niveau === 1) return $localize`${retard} : premier niveau`;
  return $localize`${retard} : niveau ${niveau}, le niveau ${niveau - 1} est parti et son délai est passé`;
}

/** Why a client is reminded, in one line: the invoice that is latest among those at the highest level. */
export function direRaison({ factures, niveau }: RelanceSimulee): string {
  const portees = factures.filter((ligne) => ligne.niveau === niveau);
  const retard = Math.max(...(portees.length ? portees : factures).map(({ jours_retard }) => jours_retard));
  const jours = compter(retard, $localize`jour de retard`, $localize`jours de retard`);
  const nombre = direFactures(factures.length);
  return factures.length > 1 ? $localize`${nombre}, jusqu'à ${jours}` : $localize`${nombre}, ${jours}`;
}

/** What becomes of the reminders that go a way, when the campaign is launched. */
export function direVoie(voie: Voie, nombre: number): string {
  const phrases: Record<Voie, string> = {
    courriel: compter(nombre, $localize`courriel part aussitôt`, $localize`courriels partent aussitôt`),
    sms: compter(nombre, $localize`SMS part aussitôt`, $localize`SMS partent aussitôt`),
    lettre: compter(
      nombre,
      $localize`lettre est préparée, et attend qu'une personne la confirme`,
      $localize`lettres sont préparées, et attendent qu'une personne les confirme`,
    ),
    'sans-adresse': compter(
      nombre,
      $localize`client n'a aucune adresse : sa relance devient une tâche`,
      $localize`clients n'ont aucune adresse : chaque relance devient une tâche`,
    ),
  };
  return phrases[voie];
}

export function direRelances(nombre: number): string {
  return compter(nombre, $localize`relance`, $localize`relances`);
}

export function direClients(nombre: number): string {
  return compter(nombre, $localize`client`, $localize`clients`);
}

export function direFactures(nombre: number): string {
  return compter(nombre, $localize`facture`, $localize`factures`);
}

/** What remains to be done for a reminder, and by whom. */
export function suiteDe({ etat, envoi, destinataire }: Pick<RelanceVue, 'etat' | 'envoi' | 'destinataire'>): string {
  const joignable = Boolean(destinataire?.email ?? destinataire?.telephone);
  if (etat === 'DEMANDEE') return $localize`Elle attend son tour d'envoi.`;
  if (etat === 'ECHEC') return $localize`Vérifier l'adresse dans la fiche du client, puis renvoyer le message.`;
  if (etat === 'INCONNU') return $localize`Peut-être reçue : renvoyer le message si le client ne l'a pas.`;
  if (etat !== 'A_TRAITER') return '';
  if (!joignable) return $localize`Compléter la fiche du client, puis renvoyer le message.`;
  return envoi === 'MANUEL' ? $localize`Relire la lettre, puis confirmer son envoi.` : $localize`Lire le motif, puis renvoyer le message.`;
}

/** Who started a campaign. */
export function direDeclenchement({ parametres }: { parametres: Record<string, unknown> }): string {
  return parametres['declenchement'] === 'cron' ? $localize`automatique` : $localize`à la main`;
}

/** `5 s`, `2 min 5 s`. */
export function direDuree(ms: number): string {
  const secondes = Math.round(ms / 1000);
  return secondes < 60 ? $localize`${secondes} s` : $localize`${Math.floor(secondes / 60)} min ${secondes % 60} s`;
}
