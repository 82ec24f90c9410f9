import { IdAction } from '../kernel/clavier';

/** A page that can be looked for by its name. */
export interface Page {
  readonly chemin: string;
  readonly titre: string;
  /** Its shortcut, where it has one. */
  readonly action?: IdAction;
}

/** A page family, in the order of the navigation. */
export interface Destination extends Page {
  readonly action: IdAction;
}

export const DESTINATIONS: readonly Destination[] = [
  { chemin: '/tableau-de-bord', titre: $localize`Tableau de bord`, action: 'aller-tableau-de-bord' },
  { chemin: '/clients', titre: $localize`Clients`, action: 'aller-clients' },
  { chemin: '/factures', titre: $localize`Factures`, action: 'aller-factures' },
  { chemin: '/paiements', titre: $localize`Paiements`, action: 'aller-paiements' },
  { chemin: '/relances', titre: $localize`Relances`, action: 'aller-relances' },
  { chemin: '/notifications', titre: $localize`Notifications`, action: 'aller-notifications' },
  { chemin: '/balance-agee', titre: $localize`Balance âgée`, action: 'aller-balance' },
  { chemin: '/supervision', titre: $localize`Exploitation`, action: 'aller-exploitation' },
];

/** Every page that search finds: the families, and the pages within those of reminders and of operators. */
export const PAGES: readonly Page[] = [
  ...DESTINATIONS,
  { chemin: '/relances/simulation', titre: $localize`Simulation des relances` },
  { chemin: '/relances/campagnes', titre: $localize`Campagnes de relances` },
  { chemin: '/relances/politiques', titre: $localize`Politiques de relance` },
  { chemin: '/supervision/registre', titre: $localize`Registre des instances (exploitation)` },
  { chemin: '/supervision/sante', titre: $localize`Santé et mesures (exploitation)` },
  { chemin: '/supervision/configuration', titre: $localize`Configuration et origines (exploitation)` },
  { chemin: '/supervision/disjoncteurs', titre: $localize`Disjoncteurs (exploitation)` },
  { chemin: '/supervision/traitements', titre: $localize`Traitements et exécutions (exploitation)` },
  { chemin: '/supervision/journaux', titre: $localize`Niveaux des journaux (exploitation)` },
  { chemin: '/supervision/routes', titre: $localize`Routes de la passerelle (exploitation)` },
  { chemin: '/supervision/files', titre: $localize`Files et messages morts (exploitation)` },
];
