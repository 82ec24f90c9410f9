export { essayer, type PageEssayee } from './essai';
