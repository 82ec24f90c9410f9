import { client } from '../exemples';
import { champDuPointeur, COMPARES, delaiMaximal, versFiche, versModele, VIERGE } from './modele';

describe('versFiche', () => {
  it('sends back what was read', () => {
    const lu = client('a', { siren: '732829320', suspension: { motif: 'travaux', jusqu_au: '2026-12-31' } });
    const { id, nom_affiche, archive, cree_le, modifie_le, ...fiche } = lu;
    expect([id, nom_affiche, archive, cree_le, modifie_le]).toBeTruthy();
    expect(versFiche(versModele(lu))).toEqual(fiche);
  });

  it('keeps only the fields that the type has', () => {
    const modele = { ...VIERGE, raison_sociale: 'ACME', siren: '732829320', tva_intracom: 'FR44732829320', nom: ' Durand ', prenom: '' };
    expect(versFiche({ ...modele, type: 'PARTICULIER' })).toMatchObject({
      raison_sociale: null,
      siren: null,
      tva_intracom: null,
      nom: 'Durand',
      prenom: null,
    });
    expect(versFiche({ ...modele, type: 'ENTREPRISE' })).toMatchObject({ raison_sociale: 'ACME', siren: '732829320', nom: null });
  });

  it('has no address where none was typed, and net terms for a public buyer', () => {
    const fiche = versFiche({ ...VIERGE, type: 'PUBLIC', raison_sociale: 'Mairie', mode: 'FIN_DE_MOIS' });
    expect([fiche.adresse, fiche.conditions_paiement]).toEqual([null, { delai_jours: 30, mode: 'NET' }]);
    expect(versFiche({ ...VIERGE, type: 'PUBLIC', ligne1: '1 place', ville: 'Lyon', pays: 'fr' }).adresse).toEqual({
      ligne1: '1 place',
      ligne2: null,
      code_postal: null,
      ville: 'Lyon',
      pays: 'FR',
    });
  });
});

describe('delaiMaximal', () => {
  it.each([
    ['ENTREPRISE', 'NET', 60],
    ['ENTREPRISE', 'FIN_DE_MOIS', 45],
    ['PUBLIC', 'NET', 30],
    ['PARTICULIER', 'FIN_DE_MOIS_PUIS_JOURS', 365],
  ] as const)('%s %s: %i', (type, mode, jours) => expect(delaiMaximal(type, mode)).toBe(jours));
});

describe('champDuPointeur', () => {
  it.each([
    ['/adresse/ville', '/ville'],
    ['/adresse', '/ligne1'],
    ['/conditions_paiement/delai_jours', '/delai_jours'],
    ['/siren', '/siren'],
  ])('%s is %s', (pointer, champ) => expect(champDuPointeur(pointer)).toBe(champ));
});

describe('COMPARES', () => {
  it('names every field but the suspension, and says types in words', () => {
    expect(COMPARES.map(({ cle }) => cle)).toEqual(Object.keys(VIERGE).filter((cle) => cle !== 'suspension'));
    expect(COMPARES[0]!.dire({ ...VIERGE, type: 'PUBLIC' })).toBe('Acheteur public');
  });
});
