export { Conflit, type ChampCompare, type Choix, type LigneDeConflit } from './conflit';
export { PanneauConflit } from './panneau';
