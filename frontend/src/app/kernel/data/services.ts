/** Which service answers an address of the API: for saying who is out. */
const PREFIXES: readonly (readonly [string, string])[] = [
  ['/api/clients', 'client-service'],
  ['/api/factures', 'facture-service'],
  ['/api/balance-agee', 'facture-service'],
  ['/api/paiements', 'paiement-service'],
  ['/api/notifications', 'notification-service'],
  ['/api/jobs', 'batch'],
  ['/api/relances', 'batch'],
  ['/api/politiques', 'batch'],
  ['/exploitation/registre', 'discovery'],
  ['/exploitation/configuration', 'config-server'],
];

/** The service behind a URL, the gateway for anything else. */
export function serviceDe(url: string): string {
  const chemin = url.replace(/^https?:\/\/[^/]+/, '');
  return PREFIXES.find(([prefixe]) => chemin.startsWith(prefixe))?.[1] ?? 'gateway';
}
