export { differer } from './differer';
export { Disponibilite, type Panne } from './disponibilite';
export { cleDeFormulaire, Ecritures, type CleIdempotence, type Ecrite, type OptionsEcriture } from './ecriture';
export { lire, lireTous, type Lecture, type Lectures } from './lecture';
export { jusquAuBout, lireListe, type Liste, type Page } from './liste';
export { estPassager, ProblemeError, problemeDe, type ErreurDeChamp, type Probleme } from './probleme';
