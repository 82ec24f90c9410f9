import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Adresse } from '../../../kernel/adresse/adresse';
import { EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { ChoixInstance } from '../parc/choix-instance';
import { ciblesChoisies, Parc } from '../parc/parc';
import { SanteInstance } from './sante-instance';
import { SanteParc } from './sante-parc';

/** How the instances are: all of them in one table, or one of them whole. */
@Component({
  selector: 'app-sante',
  imports: [Squelette, Vide, ChoixInstance, SanteInstance, SanteParc, EtatLecture],
  providers: [Adresse],
  template: `
    <div class="tete">
      <h1 i18n>Santé</h1>
      <app-choix-instance class="ecran" />
    </div>
    <app-etat-lecture [lecture]="parc.annuaire" />
    @if (seule(); as cible) {
      <app-sante-instance [cible]="cible" />
    } @else if (cibles().length) {
      <app-sante-parc [cibles]="cibles()" (ouvrir)="ouvrir($event.application, $event.instance.id)" />
    } @else if (parc.annuaire.valeur()) {
      <app-vide
        i18n-titre
        titre="Cette instance n'est plus là"
        i18n-action
        action="Montrer toutes les instances"
        (agir)="ouvrir('', '')"
        i18n
        >Le registre ne la connaît pas, ou ne la connaît plus.</app-vide
      >
    } @else if (parc.annuaire.enCours()) {
      <app-squelette [nombre]="8" />
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Sante {
  protected readonly adresse = inject(Adresse);
  protected readonly parc = inject(Parc);
  protected readonly cibles = ciblesChoisies();
  /** The one instance that the address names. */
  protected readonly seule = computed(() =>
    this.adresse.lire('application') && this.adresse.lire('instance') ? this.cibles()[0] : undefined,
  );

  protected ouvrir(application: string, instance: string): void {
    this.adresse.ecrire({ application, instance, mesure: undefined }, { nouvelleEntree: true });
  }
}
