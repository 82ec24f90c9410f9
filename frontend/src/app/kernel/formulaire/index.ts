export { ResumeErreurs } from './resume-erreurs';
export { focaliserLaPremiereErreur, Soumission, type OptionsSoumission } from './soumission';
