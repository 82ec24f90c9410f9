export { colonnesVisibles, sensDe, triSuivant, type Colonne, type EtatAffiche } from './colonne';
export { colonnesRetenues, LARGEUR_MAX, LARGEUR_MIN, PreferencesDeColonnes } from './preferences';
export { Selection } from './selection';
export { Tableau } from './tableau';
