export { BarreListe } from './barre';
export { csv, enregistrer } from './enregistrer';
export { enregistrerCsv, joindreCsv, lireCsv, type FichierCsv } from './export';
export { filtresActifs, parametresDeListe, type Filtre, type Onglet } from './filtres';
export { ListeVide } from './liste-vide';
