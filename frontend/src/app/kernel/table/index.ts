export { colonnesVisibles, sensDe, triSuivant, type Colonne, type EtatAffiche } from './colonne';
export { Selection } from './selection';
export { Tableau } from './tableau';
