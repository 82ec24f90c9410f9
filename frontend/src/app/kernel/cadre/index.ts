export { CadreIsole } from './cadre-isole';
export { LettreIsolee } from './lettre-isolee';
