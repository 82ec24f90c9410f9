/** Money: integer cents inside, French text outside. Every text a user types or pastes is read here, and only here. */

const ESPACES = /[\s\u00a0\u202f\u2009']/g;
const formats = new Map<string, Intl.NumberFormat>();

function format(langue: string, devise: string): Intl.NumberFormat {
  const cle = `${langue} ${devise}`;
  let trouve = formats.get(cle);
  if (!trouve) {
    trouve = new Intl.NumberFormat(langue === 'en' ? 'en-GB' : 'fr-FR', { style: 'currency', currency: devise });
    formats.set(cle, trouve);
  }
  return trouve;
}

/** `123456` gives `1 234,56 €`, with U+202F between thousands and U+00A0 before the sign of the currency. */
export function formaterMontant(centimes: number, devise = 'EUR', langue = 'fr'): string {
  return format(langue, devise).format(centimes / 100);
}

/** `123456789` gives `1,2 M€`: for axes, where the exact amount stands elsewhere. */
export function formaterMontantCourt(centimes: number, devise = 'EUR'): string {
  const euros = centimes / 100;
  const [diviseur, unite] = Math.abs(euros) >= 999_950 ? [1e6, 'M'] : Math.abs(euros) >= 1_000 ? [1e3, 'k'] : [1, ''];
  const nombre = (euros / diviseur).toLocaleString('fr-FR', { maximumFractionDigits: diviseur === 1 ? 0 : 1 });
  return `${nombre}\u00a0${unite}${devise === 'EUR' ? '€' : devise}`;
}

/** The amount as one types it again: `1234,56`, without thousands nor currency. */
export function montantSaisissable(centimes: number): string {
  const signe = centimes < 0 ? '-' : '';
  const valeur = Math.abs(centimes);
  return `${signe}${Math.trunc(valeur / 100)},${String(valeur % 100).padStart(2, '0')}`;
}

/**
 * Cents of what was typed or pasted, `undefined` when it is no amount. Comma and the dot of the keypad both separate
 * decimals; where both appear the last one does. Spaces of every kind, `€`, `EUR` and a sign in front are understood;
 * more than two decimals are refused rather than rounded.
 */
export function lireMontant(texte: string): number | undefined {
  const decimal = decimalDe(texte.replace(/€|EUR/gi, ''));
  const trouve = decimal && /^(-?)(\d{1,13})(?:\.(\d{0,2}))?$/.exec(decimal);
  if (!trouve) return undefined;
  const centimes = Number(trouve[2]) * 100 + Number((trouve[3] ?? '').padEnd(2, '0'));
  return trouve[1] && centimes ? -centimes : centimes;
}

/**
 * A decimal string as the API wants it (`"2.5"`) of what was typed, `undefined` when it is no number or has more than
 * `decimales` decimals.
 */
export function lireDecimal(texte: string, decimales: number): string | undefined {
  const decimal = decimalDe(texte.replace(/%/g, ''));
  const trouve = decimal && /^(-?)0*(\d{1,12})(?:\.(\d*))?$/.exec(decimal);
  if (!trouve) return undefined;
  const fraction = (trouve[3] ?? '').replace(/0+$/, '');
  if (fraction.length > decimales) return undefined;
  return `${trouve[1]}${trouve[2]}${fraction ? '.' + fraction : ''}`;
}

/** `"2.50"` gives `2,5`. */
export function formaterDecimal(decimal: string): string {
  const [entier, fraction] = decimal.split('.');
  const reste = (fraction ?? '').replace(/0+$/, '');
  return reste ? `${entier},${reste}` : (entier ?? '');
}

/** `"20.0"` gives `20 %` with U+00A0. */
export function formaterTaux(decimal: string): string {
  return `${formaterDecimal(decimal)}\u00a0%`;
}

function decimalDe(texte: string): string | undefined {
  const net = texte.replace(ESPACES, '').replace('\u2212', '-');
  if (!net) return undefined;
  const separateur = Math.max(net.lastIndexOf(','), net.lastIndexOf('.'));
  if (separateur < 0) return net;
  const entier = net.slice(0, separateur);
  if (entier.includes(net.charAt(separateur))) return undefined;
  const autres = entier.replace(/[.,]/g, '');
  const groupes = entier.split(/[.,]/);
  if (groupes.length > 1 && groupes.slice(1).some((groupe) => groupe.length !== 3)) return undefined;
  return `${autres || '0'}.${net.slice(separateur + 1)}`.replace('-.', '-0.');
}
