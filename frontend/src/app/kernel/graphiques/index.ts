export { Barres } from './barres';
export { BarresDebout } from './colonnes';
export { Courbe } from './courbe';
export type { Lien, Serie } from './modele';
