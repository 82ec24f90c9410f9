export { BarreListe } from './barre';
export { csv, enregistrer } from './enregistrer';
export { filtresActifs, parametresDeListe, type Filtre, type Onglet } from './filtres';
