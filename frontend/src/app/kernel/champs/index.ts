export { ChampDate, ChampDecimal, ChampMontant, ChampTexte } from './champs';
export { champDe, erreursPlacees, type ErreurPlacee } from './erreurs';
