import fc from 'fast-check';
import csvEcheances from '../../../../../../contracts/vecteurs/echeances.csv' with { loader: 'text' };
import csvTotaux from '../../../../../../contracts/vecteurs/totaux.csv' with { loader: 'text' };
import { memesTotaux, montantHt, totaliser } from './calcul';
import { Conditions, delaiRaccourci, echeance, phraseDesConditions } from './echeance';

function lire(csv: string): Record<string, string>[] {
  const [entete, ...lignes] = csv
    .trim()
    .split('\n')
    .map((ligne) => ligne.split(';'));
  return lignes.map((cellules) => Object.fromEntries(entete!.map((nom, i) => [nom, cellules[i] ?? ''])));
}

const parties = (texte: string, separateur: string): string[][] =>
  texte ? texte.split('|').map((morceau) => morceau.split(separateur)) : [];
const chiffrees = (texte: string) =>
  parties(texte, '*').map(([quantite, prix_unitaire_ht, remise_pourcent, taux_tva]) => ({
    quantite: quantite!,
    prix_unitaire_ht: prix_unitaire_ht!,
    remise_pourcent: remise_pourcent!,
    taux_tva: taux_tva!,
  }));

describe('totals shared with facture-service', () => {
  const cas = lire(csvTotaux);

  it('has at least 200 cases', () => expect(cas.length).toBeGreaterThanOrEqual(200));

  it.each(cas)('$cas', ({ lignes, montants_ht, ventilation, total_ht, total_tva, total_ttc }) => {
    const calculees = chiffrees(lignes!).map((ligne) => ({ ...ligne, montant_ht_centimes: montantHt(ligne) }));
    expect(calculees.map((ligne) => String(ligne.montant_ht_centimes))).toEqual(parties(montants_ht!, '*').map(([m]) => m));
    const totaux = totaliser(calculees);
    expect(totaux.groupes.map((g) => [Number(g.taux_tva), g.base_ht_centimes, g.tva_centimes])).toEqual(
      parties(ventilation!, ':').map((groupe) => groupe.map(Number)),
    );
    expect([totaux.total_ht_centimes, totaux.total_tva_centimes, totaux.total_ttc_centimes]).toEqual(
      [total_ht, total_tva, total_ttc].map(Number),
    );
  });

  it('does not depend on the order of the lines', () => {
    const ligne = fc.record({ taux_tva: fc.constantFrom('20', '10.0', '5.50', '0'), montant_ht_centimes: fc.nat(1e9) });
    fc.assert(fc.property(fc.array(ligne), (lignes) => memesTotaux(totaliser(lignes), totaliser([...lignes].reverse()))));
  });
});

describe('memesTotaux', () => {
  const base = totaliser([{ taux_tva: '20', montant_ht_centimes: 57800 }]);

  it('knows one cent of difference, and a rate written otherwise', () => {
    expect(memesTotaux(base, { ...base, groupes: [{ ...base.groupes[0]!, taux_tva: '20.0' }] })).toBe(true);
    expect(memesTotaux(base, { ...base, total_tva_centimes: 11561 })).toBe(false);
    expect(memesTotaux(base, { ...base, groupes: [{ ...base.groupes[0]!, tva_centimes: 11561 }] })).toBe(false);
    expect(memesTotaux(base, { ...base, groupes: [] })).toBe(false);
  });
});

describe('due dates shared with facture-service', () => {
  it.each(lire(csvEcheances))('$date_emission $delai_jours $mode $acheteur_public', (cas) => {
    const conditions = { delai_jours: Number(cas['delai_jours']), mode: cas['mode'] as Conditions['mode'] };
    expect(echeance(cas['date_emission']!, conditions, cas['acheteur_public'] === 'oui')).toBe(cas['date_echeance']);
  });

  it('tells both readings of an end of month', () => {
    const phrase = phraseDesConditions('2026-11-30', { delai_jours: 45, mode: 'FIN_DE_MOIS' }, false);
    expect(phrase).toContain('échéance le 31/01/2027');
    expect(phrase).toContain('donnerait le 14/01/2027');
    expect(phraseDesConditions('2026-11-30', { delai_jours: 0, mode: 'NET' }, false)).toBe('Comptant : échéance le 30/11/2026.');
  });

  it('knows when the law shortens the delay', () => {
    expect(delaiRaccourci({ delai_jours: 90, mode: 'NET' }, false)).toBe(true);
    expect(delaiRaccourci({ delai_jours: 60, mode: 'NET' }, false)).toBe(false);
    expect(delaiRaccourci({ delai_jours: 60, mode: 'NET' }, true)).toBe(true);
  });
});
