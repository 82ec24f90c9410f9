import { politique } from './exemples';
import { differences, Modele, NiveauSaisi, quiReculent, versBrouillon, versModele, versPolitique } from './modele';
import { direEchelle } from './mots';

const niveaux = (...delais: string[]): NiveauSaisi[] => delais.map((delai_jours) => ({ delai_jours, penalites: false }));
const base = versModele(politique());

describe('policies', () => {
  it('come back as they were, numbered by rank, the letters by hand', () => {
    const { nom, version, modifie_le, ...envoyee } = politique();
    expect([nom, version, modifie_le.length]).toEqual(['standard', 3, 20]);
    expect(versPolitique(base)).toEqual(envoyee);
    expect(
      versPolitique({ ...base, niveaux: niveaux('3', '6', '9', '12', '15') }).niveaux.map(({ niveau, envoi }) => [niveau, envoi]),
    ).toEqual([
      [1, 'AUTOMATIQUE'],
      [2, 'AUTOMATIQUE'],
      [3, 'AUTOMATIQUE'],
      [4, 'MANUEL'],
      [5, 'MANUEL'],
    ]);
    expect(versBrouillon('standard', { ...base, libelle: ' Douce ' })).toMatchObject({ nom: 'standard', libelle: 'Douce' });
  });

  it('know which delays go backwards, and leave unreadable ones alone', () => {
    expect(quiReculent(niveaux('5', '15', '15', '10'))).toEqual([2, 3]);
    expect(quiReculent(niveaux('5', 'x', '3', '4'))).toEqual([]);
  });

  it('say what changes in words', () => {
    expect(differences(base, base)).toEqual([]);
    const apres: Modele = {
      libelle: 'Douces',
      intervalle_min_jours: '10',
      minimum_centimes: 1_000,
      indemnite_centimes: 0,
      niveaux: [{ delai_jours: '5', penalites: true }, { delai_jours: '20', penalites: true }, ...base.niveaux.slice(2, 3)],
    };
    expect(differences(base, apres)).toEqual([
      'Intitulé : Relances standard → Douces',
      'Intervalle minimal, en jours : 7 → 10',
      'Montant minimal pour relancer : 5,00\u00a0€ → 10,00\u00a0€',
      'Indemnité forfaitaire par facture : 40,00\u00a0€ → 0,00\u00a0€',
      'Niveau 1 : avec pénalités',
      'Niveau 2 : 15 → 20 jours',
      'Niveau 4 supprimé : 45 jours, avec pénalités',
    ]);
    expect(differences(apres, base).at(-1)).toBe('Niveau 4 ajouté : 45 jours, avec pénalités');
    expect(direEchelle(politique().niveaux)).toBe('5, 15, 30 et 45 jours');
  });
});
