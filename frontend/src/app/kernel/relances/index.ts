export { SimulationDuJour } from './simulation-du-jour';
export { ApercuRelance } from './apercu-relance';
