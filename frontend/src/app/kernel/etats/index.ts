export { Annonces } from './annonces';
export { AfficheProbleme, Age, Squelette, Vide } from './etats';
