/** A page that can be looked for by its name. */
export interface Page {
  readonly chemin: string;
  readonly titre: string;
  /** Follows `g`, where it has such a shortcut. */
  readonly lettre?: string;
}

/** A page family, in the order of the navigation. */
export interface Destination extends Page {
  readonly lettre: string;
}

export const DESTINATIONS: readonly Destination[] = [
  { chemin: '/tableau-de-bord', titre: $localize`Tableau de bord`, lettre: 't' },
  { chemin: '/clients', titre: $localize`Clients`, lettre: 'c' },
  { chemin: '/factures', titre: $localize`Factures`, lettre: 'f' },
  { chemin: '/paiements', titre: $localize`Paiements`, lettre: 'p' },
  { chemin: '/relances', titre: $localize`Relances`, lettre: 'r' },
  { chemin: '/notifications', titre: $localize`Notifications`, lettre: 'n' },
  { chemin: '/balance-agee', titre: $localize`Balance âgée`, lettre: 'b' },
  { chemin: '/supervision', titre: $localize`Exploitation`, lettre: 'e' },
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
