import { LigneEdition, textesDe } from './cellules';
import { LigneDeContenu } from './contenu';
import { Lignes } from './lignes';

const stockee = (change: Partial<LigneDeContenu> = {}): LigneDeContenu => ({
  designation: 'Conseil',
  quantite: '2.5',
  unite: 'h',
  prix_unitaire_ht: '80',
  remise_pourcent: '0',
  taux_tva: '20',
  ...change,
});
const noms = (lignes: Lignes): string[] => lignes.toutes().map((ligne) => ligne.texte('designation'));
const ABC = ['A', 'B', 'C'].map((designation) => stockee({ designation }));

describe('LigneEdition', () => {
  it('is stored as the service writes decimals, whatever was typed or pasted', () => {
    const ligne = new LigneEdition({
      designation: ' Conseil ',
      quantite: '2,50',
      prix_unitaire_ht: '1\u202f234,5 €',
      remise_pourcent: '10 %',
      taux_tva: '5.50',
    });
    expect(ligne.lue().contenu).toEqual(stockee({ unite: '', prix_unitaire_ht: '1234.5', remise_pourcent: '10', taux_tva: '5.5' }));
    expect(ligne.lue().contenu?.quantite).toBe('2.5');
    expect(ligne.lue().montantCentimes).toBe(277763);
  });

  it('is nothing while nothing but its defaults is there', () => {
    expect(new LigneEdition().lue().vide).toBe(true);
    expect(new LigneEdition({ quantite: '3' }).lue().vide).toBe(false);
    expect(new LigneEdition({ remise_pourcent: '5' }).lue().vide).toBe(false);
  });

  it.each([
    [{ designation: '' }, 'designation', 'Désignation manquante'],
    [{ designation: 'x'.repeat(1001) }, 'designation', '1000 caractères au plus'],
    [{ quantite: '' }, 'quantite', 'Quantité illisible'],
    [{ quantite: '0' }, 'quantite', 'plus grande que zéro'],
    [{ quantite: '-1' }, 'quantite', 'plus grande que zéro'],
    [{ quantite: '1,00001' }, 'quantite', 'Quantité illisible'],
    [{ prix_unitaire_ht: '' }, 'prix_unitaire_ht', 'Prix manquant'],
    [{ prix_unitaire_ht: 'abc' }, 'prix_unitaire_ht', 'Prix illisible'],
    [{ prix_unitaire_ht: '-5' }, 'prix_unitaire_ht', "n'est pas négatif"],
    [{ remise_pourcent: '101' }, 'remise_pourcent', 'Remise de 0 à 100'],
    [{ taux_tva: '19' }, 'taux_tva', 'Taux inconnu'],
    [{ unite: 'x'.repeat(21) }, 'unite', '20 caractères au plus'],
  ] as const)('refuses %o', (change, cle, message) => {
    const { contenu, erreurs } = new LigneEdition({ ...textesDe(stockee()), ...change }).lue();
    expect(contenu).toBeUndefined();
    expect(Object.keys(erreurs)).toEqual([cle]);
    expect(erreurs[cle]).toContain(message);
  });

  it('shows what is wrong once the cell was left, and writes numbers as they are kept', () => {
    const ligne = new LigneEdition({ designation: 'x', prix_unitaire_ht: '80' });
    ligne.ecrire('prix_unitaire_ht', 'z');
    expect(ligne.erreurs()).toEqual({});
    ligne.quitter('prix_unitaire_ht');
    expect(ligne.erreurs()).toEqual({ prix_unitaire_ht: 'Prix illisible' });
    ligne.ecrire('prix_unitaire_ht', '1 234.5€');
    ligne.quitter('prix_unitaire_ht');
    expect([ligne.texte('prix_unitaire_ht'), ligne.erreurs()]).toEqual(['1234,50', {}]);
  });

  it('reads back what is stored', () => {
    const ligne = stockee({ prix_unitaire_ht: '0.125', remise_pourcent: '33.33', designation: 'Deux\nlignes' });
    expect(new LigneEdition(textesDe(ligne)).lue().contenu).toEqual(ligne);
  });
});

describe('Lignes', () => {
  let lignes: Lignes;

  beforeEach(() => {
    lignes = new Lignes();
    lignes.poser(ABC);
  });

  it('sums per rate of VAT, without the lines that are not complete', () => {
    lignes.poser([stockee(), stockee({ taux_tva: '5.5', quantite: '1', prix_unitaire_ht: '10' })]);
    lignes.ecrire(lignes.inserer(1), 'designation', 'sans prix');
    expect(lignes.totaux()).toEqual({
      groupes: [
        { taux_tva: '20', base_ht_centimes: 20000, tva_centimes: 4000 },
        { taux_tva: '5.5', base_ht_centimes: 1000, tva_centimes: 55 },
      ],
      total_ht_centimes: 21000,
      total_tva_centimes: 4055,
      total_ttc_centimes: 25055,
    });
    expect(lignes.incompletes().map(({ rang, cle, message }) => [rang, cle, message])).toEqual([[2, 'prix_unitaire_ht', 'Prix manquant']]);
  });

  it('moves, copies and inserts; the new line takes the rate of the one above', () => {
    expect(lignes.deplacer(2, -1)).toBe(true);
    expect(noms(lignes)).toEqual(['A', 'C', 'B']);
    expect(lignes.deplacer(0, -1)).toBe(false);
    lignes.dupliquer(1);
    expect(noms(lignes)).toEqual(['A', 'C', 'C', 'B']);
    lignes.ecrire(lignes.toutes()[3]!, 'taux_tva', '10');
    expect(lignes.inserer(3).texte('taux_tva')).toBe('10');
  });

  it('undoes a deletion', () => {
    lignes.supprimer(1);
    expect([noms(lignes), lignes.aDefaire()]).toEqual([['A', 'C'], 'Ligne 2 supprimée']);
    lignes.defaire();
    expect([noms(lignes), lignes.aDefaire()]).toEqual([['A', 'B', 'C'], undefined]);
  });

  it('leaves an empty line when the last one goes', () => {
    for (const rang of [2, 1, 0]) lignes.supprimer(rang);
    expect(lignes.toutes().map((ligne) => ligne.lue().vide)).toEqual([true]);
  });

  it('pastes a block from the present cell on, adds lines, and undoes it whole', () => {
    lignes.coller(2, 'designation', [
      ['Vis', '12', 'u', '1 234,50 €', '5 %', '20%', 'ignoré'],
      ['Écrou', '7'],
    ]);
    expect(noms(lignes)).toEqual(['A', 'B', 'Vis', 'Écrou']);
    expect(lignes.toutes()[2]!.lue().contenu).toEqual(
      stockee({ designation: 'Vis', quantite: '12', unite: 'u', prix_unitaire_ht: '1234.5', remise_pourcent: '5' }),
    );
    expect(lignes.toutes()[3]!.erreurs()).toEqual({});
    expect(lignes.aDefaire()).toBe('2\u00a0lignes collées');
    lignes.defaire();
    expect(lignes.contenu()).toEqual(ABC);
  });

  it('keeps the fields of lines that stay, and lines that could not be stored, when others take their place', () => {
    const [, b] = lignes.toutes();
    lignes.ecrire(lignes.inserer(2), 'designation', 'en cours');
    const avant = lignes.revision();
    lignes.poser([stockee({ designation: 'X' }), ABC[1]!]);
    expect(noms(lignes)).toEqual(['X', 'B', 'en cours']);
    expect(lignes.toutes()[1]).toBe(b);
    expect(lignes.revision()).toBeGreaterThan(avant);
  });

  it('finds the line behind one that was stored', () => {
    lignes.ecrire(lignes.inserer(0), 'designation', 'incomplète');
    expect(lignes.stockee(1)?.texte('designation')).toBe('B');
  });
});
