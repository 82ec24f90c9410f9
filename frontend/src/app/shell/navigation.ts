/** The page families, in the order of the navigation, with the letter that follows `g`. */
export interface Destination {
  readonly chemin: string;
  readonly titre: string;
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
