import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Parc } from './parc';

/** Which application and instance a page is about; both are in the address. The page provides `Adresse`. */
@Component({
  selector: 'app-choix-instance',
  template: `
    <label>
      <span i18n>Application</span>
      <select #nom (change)="adresse.ecrire({ application: nom.value, instance: undefined }, { nouvelleEntree: true })">
        @if (!defaut()) {
          <option value="" [selected]="!application()" i18n>toutes</option>
        }
        @for (choix of parc.applications(); track choix.nom) {
          <option [value]="choix.nom" [selected]="choix.nom === application()">{{ choix.nom }}</option>
        }
        @if (inconnue()) {
          <option [value]="application()" selected i18n>{{ application() }} (inconnue)</option>
        }
      </select>
    </label>
    <label>
      <span i18n>Instance</span>
      <select #id [disabled]="!application()" (change)="adresse.ecrire({ application: application(), instance: id.value })">
        <option value="" [selected]="!instance()" i18n>toutes</option>
        @for (choix of instances(); track choix.id) {
          <option [value]="choix.id" [selected]="choix.id === instance()">{{ choix.id }}</option>
        }
        @if (partie()) {
          <option [value]="instance()" selected i18n>{{ instance() }} (partie)</option>
        }
      </select>
    </label>
  `,
  host: { class: 'champs' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChoixInstance {
  /** The application of an address without one; empty where all may be shown together. */
  readonly defaut = input('');
  protected readonly parc = inject(Parc);
  protected readonly adresse = inject(Adresse);
  protected readonly application = computed(() => this.adresse.lire('application') || this.defaut());
  protected readonly instance = computed(() => (this.adresse.lire('application') ? this.adresse.lire('instance') : ''));
  protected readonly instances = computed(() => this.parc.applications().find(({ nom }) => nom === this.application())?.instances ?? []);
  protected readonly inconnue = computed(
    () => this.parc.annuaire.valeur() && this.application() && !this.parc.applications().some(({ nom }) => nom === this.application()),
  );
  protected readonly partie = computed(() => this.instance() && !this.instances().some(({ id }) => id === this.instance()));
}
