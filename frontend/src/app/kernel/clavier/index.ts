export { ACTIONS, estUneAction, IDS, meneAUnePage } from './actions';
export type { IdAction, ToucheFixe } from './actions';
export { ToucheEnIndice, ToucheEnTitre } from './affichage';
export { lireCaractere, lireTouche } from './lecture-de-touche';
export type { ToucheLue } from './lecture-de-touche';
export { Raccourcis } from './raccourcis';
export type { Raccourci, RaccourciEnVigueur } from './raccourcis';
export { Touches } from './touches';
