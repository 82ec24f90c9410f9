/** How the API's words for what becomes of a message, and of the reminder that asked for it, are said on every page. */
import { Etat, EtatRelance } from '../../api';
import { EtatAffiche } from '../table';

const COMMUNS = {
  ENVOYEE: { mot: $localize`Envoyée`, signe: '●', ton: 'bien' },
  ANNULEE: { mot: $localize`Annulée`, signe: '↺', ton: 'discret' },
  ECHEC: { mot: $localize`Échec`, signe: '✕', ton: 'mal' },
  INCONNU: { mot: $localize`Résultat inconnu`, signe: '?', ton: 'attention' },
  A_TRAITER: { mot: $localize`À traiter`, signe: '▲', ton: 'attention' },
} as const satisfies Record<string, EtatAffiche>;

export const ETATS_NOTIFICATION: Record<Etat, EtatAffiche> = {
  EN_FILE: { mot: $localize`En file`, signe: '◷', ton: 'discret' },
  ...COMMUNS,
};

export const ETATS_RELANCE: Record<EtatRelance, EtatAffiche> = {
  DEMANDEE: { mot: $localize`Demandée`, signe: '◷', ton: 'discret' },
  ...COMMUNS,
};
