export { CadreIsole } from './cadre-isole';
