import { TestBed } from '@angular/core/testing';
import { colonnesRetenues, LARGEUR_MAX, LARGEUR_MIN, PreferencesDeColonnes } from './preferences';

const neuve = (): PreferencesDeColonnes => {
  TestBed.resetTestingModule();
  return TestBed.inject(PreferencesDeColonnes);
};

describe('PreferencesDeColonnes', () => {
  beforeEach(() => localStorage.clear());

  it('keeps the columns and widths of each list, also for the next visit', () => {
    const preferences = neuve();
    preferences.choisir('factures', 'numero,reste');
    preferences.elargir('factures', 'numero', 180.4);
    preferences.elargir('clients', 'nom', 10);
    preferences.elargir('clients', 'ville', 5000);
    const plusTard = neuve();
    expect(plusTard.lire('factures')).toEqual({ choix: 'numero,reste', largeurs: { numero: 180 } });
    expect(plusTard.lire('clients').largeurs).toEqual({ nom: LARGEUR_MIN, ville: LARGEUR_MAX });
    expect(plusTard.lire('paiements')).toEqual({ choix: '', largeurs: {} });
  });

  it('gives a column back its own width, and forgets a list without a trace', () => {
    const preferences = neuve();
    preferences.elargir('factures', 'numero', 100);
    preferences.elargir('factures', 'numero', null);
    expect(localStorage.length).toBe(0);
    preferences.choisir('factures', 'numero');
    preferences.oublier('factures');
    expect(preferences.lire('factures').choix).toBe('');
    expect(localStorage.length).toBe(0);
  });

  it('keeps nothing for a table without a name', () => {
    neuve().elargir('', 'numero', 100);
    expect(localStorage.length).toBe(0);
  });

  it.each(['{', 'null', '7', '{"choix":7,"largeurs":3}', '{"largeurs":{"numero":"<b>","a b":100,"reste":9}}'])(
    'takes what is no preference for nothing: %s',
    (texte) => {
      localStorage.setItem('colonnes factures', texte);
      expect(neuve().lire('factures')).toEqual({ choix: '', largeurs: {} });
    },
  );

  it("takes the address's word before what was kept", () => {
    neuve().choisir('factures', 'numero,reste');
    let adresse = '';
    const retenues = TestBed.runInInjectionContext(() =>
      colonnesRetenues(
        () => 'factures',
        () => adresse,
      ),
    );
    expect(retenues()).toBe('numero,reste');
    adresse = 'client';
    expect(retenues()).toBe('client');
  });
});
