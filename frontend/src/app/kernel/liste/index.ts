export { BarreListe } from './barre';
export { filtresActifs, parametresDeListe, type Filtre, type Onglet } from './filtres';
