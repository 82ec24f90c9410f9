export { ChampChoix, type Choisissable } from './champ-choix';
export { ChampDate, ChampDecimal, ChampMontant, ChampTexte } from './champs';
export { ChampRecherche, type Proposition, type Recherche } from './champ-recherche';
export { ClientsConnus } from './clients-connus';
export { champDe, erreursPlacees, type ErreurPlacee } from './erreurs';
export { DateReference, dateReference } from './date-reference';
export { rechercheDeClients } from './recherche-clients';
