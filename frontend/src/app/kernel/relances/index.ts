export { SimulationDuJour } from './simulation-du-jour';
