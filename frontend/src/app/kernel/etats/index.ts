export { Annonces } from './annonces';
export { EtatLecture } from './etat-lecture';
export { AfficheProbleme, Age, Squelette, Vide } from './etats';
