import { Contenu, ENTETE_VIDE, EnTete, LigneDeContenu } from './contenu';
import { Fusion } from './fusion';

const ligne = (designation: string, change: Partial<LigneDeContenu> = {}): LigneDeContenu => ({
  designation,
  quantite: '1',
  unite: '',
  prix_unitaire_ht: '10',
  remise_pourcent: '0',
  taux_tva: '20',
  ...change,
});
const contenu = (lignes: LigneDeContenu[], entete: Partial<EnTete> = {}): Contenu => ({
  entete: { ...ENTETE_VIDE, client_id: 'c1', ...entete },
  lignes,
});
const [A, B, C, D, E] = ['A', 'B', 'C', 'D', 'E'].map((nom) => ligne(nom)) as [
  LigneDeContenu,
  LigneDeContenu,
  LigneDeContenu,
  LigneDeContenu,
  LigneDeContenu,
];
const BASE = contenu([A, B, C]);
const fusion = (mienne: Contenu, leur: Contenu) => new Fusion(BASE, mienne, leur, (id) => `client ${id}`);

function sansQuestion(mienne: Contenu, leur: Contenu): Contenu {
  const f = fusion(mienne, leur);
  expect(f.conflit.lignes).toEqual([]);
  return f.relever(f.conflit.resultat());
}

describe('Fusion', () => {
  it('merges what one side alone changed: fields, cells, insertions, deletions', () => {
    const mienne = contenu([A, ligne('B', { quantite: '2' }), C, D], { numero_commande: 'BC-1' });
    const leur = contenu([E, A, ligne('B', { taux_tva: '10' })], { devise: 'CHF' });
    expect(sansQuestion(mienne, leur)).toEqual(
      contenu([E, A, ligne('B', { quantite: '2', taux_tva: '10' }), D], { numero_commande: 'BC-1', devise: 'CHF' }),
    );
  });

  it('is theirs where I changed nothing, mine where they did not, and nothing twice when both did the same', () => {
    const leur = contenu([B, ligne('C', { designation: 'C bis' })], { client_id: 'c2' });
    expect(sansQuestion(BASE, leur)).toEqual(leur);
    expect(sansQuestion(leur, BASE)).toEqual(leur);
    expect(sansQuestion(leur, leur)).toEqual(leur);
  });

  it('asks about the cell that both changed, in words, and about that alone', () => {
    const f = fusion(
      contenu([ligne('A', { quantite: '2.5' }), B, C]),
      contenu([ligne('A', { quantite: '3' }), B, ligne('C', { unite: 'h' })]),
    );
    expect(f.conflit.lignes).toEqual([{ cle: '0.quantite', libelle: 'Ligne 1 : quantité', base: '1', mienne: '2,5', leur: '3' }]);
    expect(f.conflit.reprises).toEqual(['Ligne 3 : unité']);
    expect(f.relever(f.conflit.resultat({ '0.quantite': 'leur' })).lignes[0]?.quantite).toBe('3');
    expect(f.relever(f.conflit.resultat({ '0.quantite': 'mienne' })).lignes).toEqual([
      ligne('A', { quantite: '2.5' }),
      B,
      ligne('C', { unite: 'h' }),
    ]);
  });

  it('asks whether a line that one changed and the other deleted stays', () => {
    const f = fusion(contenu([A, C]), contenu([A, ligne('B', { prix_unitaire_ht: '12.5' }), C]));
    expect(f.conflit.lignes.map(({ libelle, mienne, leur }) => [libelle, mienne, leur])).toEqual([
      ['Ligne 2', 'supprimée', 'B, 1 × 12,5, 20\u00a0%'],
    ]);
    expect(f.relever(f.conflit.resultat({ '1': 'leur' })).lignes.map(({ designation }) => designation)).toEqual(['A', 'B', 'C']);
    expect(f.relever(f.conflit.resultat({ '1': 'mienne' })).lignes).toEqual([A, C]);
  });

  it('asks when both added lines in the same place', () => {
    const f = fusion(contenu([A, B, C, D]), contenu([A, B, C, E]));
    expect(f.conflit.lignes[0]?.libelle).toBe('Ajouté après la ligne 3');
    expect(f.relever(f.conflit.resultat({ '+3': 'leur' })).lignes).toEqual([A, B, C, E]);
  });

  it('names clients and dates as people do', () => {
    const f = fusion(
      contenu(BASE.lignes as LigneDeContenu[], { client_id: 'c2', date_livraison: '2026-11-20' }),
      contenu(BASE.lignes as LigneDeContenu[], { client_id: 'c3', date_livraison: '2026-11-21' }),
    );
    expect(f.conflit.lignes.map(({ libelle, base, mienne, leur }) => [libelle, base, mienne, leur])).toEqual([
      ['Client', 'client c1', 'client c2', 'client c3'],
      ['Date de livraison', '', '20/11/2026', '21/11/2026'],
    ]);
  });
});
