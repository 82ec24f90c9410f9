import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Cible } from '../parc/modele';
import { interroger, motifDe } from '../parc/interrogation';
import { SanteJson } from '../sante/sante-json';

/** What the registry says of its own protection: why somebody who is gone may still stand in the list. */
@Component({
  selector: 'app-preservation',
  template: `
    <section i18n-aria-label aria-label="Protection du registre">
      <h2 i18n>Protection du registre</h2>
      @for (dit of dits(); track dit.cle) {
        @if (dit.active === true) {
          <p class="attention" role="status" i18n>
            <span aria-hidden="true">⚠</span> En vigueur : trop de baux ont expiré en même temps pour croire à autant de pannes, le réseau
            est plus probablement en cause. Le registre ne retire donc plus personne, et la liste peut contenir des instances disparues.
            Cela cesse quand elles reviennent ou sont abandonnées.
          </p>
        } @else if (dit.active === false) {
          <p i18n>
            <span class="bien"><span aria-hidden="true">✓</span> En veille.</span> Une instance dont le bail expire est retirée de la liste.
            Si beaucoup de baux expiraient ensemble, le registre ne retirerait plus personne et le dirait ici.
          </p>
        } @else if (dit.motif) {
          <p class="attention" i18n><span aria-hidden="true">⚠</span> Inconnue : {{ dit.motif }}</p>
        } @else if (dit.repondu) {
          <p class="discret" i18n>Ce registre n'en dit rien.</p>
        }
      }
    </section>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Preservation {
  readonly registres = input.required<readonly Cible[]>();
  private readonly santes = interroger<SanteJson>(
    () => this.registres(),
    ({ instance }) => (instance.lien ? `${instance.lien}/health` : undefined),
    (statut) => statut === 503,
  );
  protected readonly dits = computed(() =>
    this.santes.reponses().map((reponse) => {
      const active = reponse.corps?.components?.['registry']?.details?.['selfPreservation'];
      return { cle: reponse.cible.cle, active, motif: motifDe(reponse), repondu: reponse.lueLe !== undefined || reponse.absente };
    }),
  );
}
