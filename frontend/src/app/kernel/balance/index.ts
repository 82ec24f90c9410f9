export { parametresDeTranche, TRANCHES, type Tranche } from './tranches';
