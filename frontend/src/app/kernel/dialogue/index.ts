export { Dialogue } from './dialogue';
export { garderLaSaisie, retenirLaFenetre, type PageASaisie } from './quitter';
