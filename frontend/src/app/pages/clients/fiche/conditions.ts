import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { GetPolitiquesNomResponse } from '../../../api';
import { getPolitiquesNomRequest } from '../../../api/@angular/common.gen';
import { lire } from '../../../kernel/data';
import { formaterMontant } from '../../../kernel/format/montant';
import { direConditions, direSuspension, estSuspendu } from '../mots';
import { Dossier } from './dossier';

/** Terms of payment, dunning policy, suspension of reminders. */
@Component({
  selector: 'app-conditions-client',
  imports: [RouterLink],
  template: `
    @if (dossier.client.valeur(); as client) {
      <dl>
        <dt i18n>Conditions de paiement</dt>
        <dd>{{ conditions() }}</dd>
        <dt i18n>Politique de relance</dt>
        <dd>
          <a [routerLink]="['/relances/politiques', client.politique_relance]">{{
            politique.valeur()?.libelle ?? client.politique_relance
          }}</a>
          @if (politique.valeur(); as p) {
            <ul>
              @for (niveau of p.niveaux; track niveau.niveau) {
                <li i18n>Niveau {{ niveau.niveau }} à {{ niveau.delai_jours }} jours de retard</li>
              }
            </ul>
            <span class="discret" i18n
              >Au moins {{ p.intervalle_min_jours }} jours entre deux contacts, à partir de {{ montant(p.minimum_centimes ?? 0) }}.</span
            >
          } @else if (politique.probleme()) {
            <span class="attention" i18n><span aria-hidden="true">⚠</span> détail inconnu pour l'instant</span>
          }
        </dd>
        <dt i18n>Suspension des relances</dt>
        <dd>
          @if (suspendu()) {
            <span class="attention"><span aria-hidden="true">‖</span> <ng-container i18n>Suspendues</ng-container> {{ suspension() }}</span>
          } @else {
            <ng-container i18n>Aucune</ng-container>
            @if (suspension(); as finie) {
              <span class="discret" i18n> (la dernière&nbsp;: {{ finie }})</span>
            }
          }
          <button type="button" class="ecran" [disabled]="fige()" (click)="suspendre.emit()">
            @if (suspendu()) {
              <ng-container i18n>Reprendre les relances</ng-container>
            } @else {
              <ng-container i18n>Suspendre…</ng-container>
            }
          </button>
        </dd>
      </dl>
      <p class="ecran">
        <a routerLink="modification" i18n>Modifier</a>
      </p>
    }
  `,
  styleUrl: './fiches.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConditionsClient {
  readonly suspendre = output<void>();
  protected readonly dossier = inject(Dossier);
  protected readonly montant = formaterMontant;
  private readonly client = this.dossier.client.valeur;
  protected readonly fige = this.dossier.client.perimee;
  protected readonly politique = lire<GetPolitiquesNomResponse>(() => {
    const nom = this.client()?.politique_relance;
    return nom ? getPolitiquesNomRequest({ path: { nom } }) : undefined;
  });
  protected readonly conditions = computed(() => direConditions(this.client()?.conditions_paiement));
  protected readonly suspendu = computed(() => estSuspendu(this.client()?.suspension));
  protected readonly suspension = computed(() => {
    const suspension = this.client()?.suspension;
    return suspension ? direSuspension(suspension) : '';
  });
}
