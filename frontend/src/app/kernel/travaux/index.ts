export { avancement, lienDe, nomDEtape, STATUTS, titreDe, tourne, type Avancement } from './avancement';
export { CanalTravaux, OUVRIR_FLUX } from './canal';
export { BarreDAvancement, TiroirTravaux } from './tiroir';
export { Travaux } from './travaux';
