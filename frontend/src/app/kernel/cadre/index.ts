export { CadreIsole } from './cadre-isole';
export { CadrePoste } from './cadre-poste';
