import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { GetNotificationsResponse, GetRelancesResponse, NotificationJson, RelanceVue } from '../../../api';
import { getNotificationsRequest, getRelancesRequest } from '../../../api/@angular/common.gen';
import { jusquAuBout, lireListe } from '../../../kernel/data';
import { AfficheProbleme, Squelette, Vide } from '../../../kernel/etats';
import { formaterDate } from '../../../kernel/format/date';
import { direSuspension, estSuspendu } from '../mots';
import { aVenir, chronologie } from './chronologie';
import { Dossier } from './dossier';
import { MessageClient } from './message';

/** The timeline of a client: what was sent with its exact text, what was disputed and paid, what comes next. */
@Component({
  selector: 'app-relances-client',
  imports: [RouterLink, AfficheProbleme, Squelette, Vide, MessageClient],
  template: `
    @if (suspension(); as texte) {
      <p class="attention">
        <span aria-hidden="true">‖</span> <ng-container i18n>Relances suspendues {{ texte }}</ng-container>
      </p>
    }
    @for (panne of pannes(); track panne) {
      <p class="attention" role="status"><span aria-hidden="true">⚠</span> {{ panne }}</p>
    }
    <app-probleme [probleme]="refus()" (reessayer)="recharger()" />
    @if (moments().length) {
      <ol>
        @for (moment of moments(); track moment.cle) {
          <li [class.prevu]="!moment.jour">
            <div class="tete">
              <span class="jour">
                @if (moment.jour) {
                  <time [attr.datetime]="moment.jour">{{ jour(moment.jour) }}</time>
                } @else {
                  <ng-container i18n>À venir</ng-container>
                }
              </span>
              <strong>
                @if (moment.lien; as lien) {
                  <a [routerLink]="lien">{{ moment.quoi }}</a>
                } @else {
                  {{ moment.quoi }}
                }
              </strong>
              @if (moment.etat; as etat) {
                <span [class]="etat.ton"
                  ><span aria-hidden="true">{{ etat.signe }}</span> {{ etat.mot }}</span
                >
              }
              <span class="discret">{{ moment.detail }}</span>
              @if (moment.notification; as id) {
                <button type="button" class="ecran" [attr.aria-expanded]="ouvert() === id" (click)="ouvert.set(ouvert() === id ? '' : id)">
                  <ng-container i18n>Texte exact</ng-container><span class="lu">, {{ moment.quoi }}, {{ jour(moment.jour) }}</span>
                </button>
              }
            </div>
            @if (moment.notification && ouvert() === moment.notification) {
              <app-message-client [id]="moment.notification" />
            }
          </li>
        }
      </ol>
    } @else if (enCours()) {
      <app-squelette [nombre]="8" />
    } @else if (!refus()) {
      <app-vide i18n-titre titre="Aucun échange encore" i18n>Ni relance, ni message, ni litige, ni paiement.</app-vide>
    }
  `,
  styles: `
    ol {
      list-style: none;
      margin: 0.5rem 0;
      padding: 0;
      border-left: 2px solid var(--trait);
    }
    li {
      padding: 0.35rem 0 0.35rem 0.75rem;
    }
    .prevu {
      color: var(--texte-2);
      border-left: 2px dashed var(--texte-2);
      margin-left: -2px;
    }
    .tete {
      display: flex;
      flex-wrap: wrap;
      gap: 0.25rem 0.75rem;
      align-items: baseline;
    }
    .jour {
      min-width: 5.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RelancesClient {
  protected readonly dossier = inject(Dossier);
  protected readonly relances = jusquAuBout(
    lireListe<RelanceVue, GetRelancesResponse>((curseur) =>
      getRelancesRequest({ query: { client_id: this.dossier.id(), limit: 200, curseur } }),
    ),
  );
  protected readonly notifications = jusquAuBout(
    lireListe<NotificationJson, GetNotificationsResponse>((curseur) =>
      getNotificationsRequest({ query: { client_id: this.dossier.id(), limit: 200, curseur } }),
    ),
  );
  private readonly factures = this.dossier.lireFactures();
  private readonly paiements = this.dossier.lirePaiements();
  private readonly sources = [
    { liste: this.relances, quoi: $localize`Relances décidées inconnues : batch ne répond pas.` },
    { liste: this.notifications, quoi: $localize`Messages envoyés inconnus : notification-service ne répond pas.` },
    { liste: this.factures, quoi: $localize`Litiges inconnus : facture-service ne répond pas.` },
    { liste: this.paiements, quoi: $localize`Paiements inconnus : paiement-service ne répond pas.` },
  ];
  protected readonly ouvert = signal('');
  protected readonly jour = formaterDate;
  protected readonly moments = computed(() => {
    const prochaine = this.dossier.prochaine();
    const passes = chronologie(this.relances.lignes(), this.notifications.lignes(), this.factures.lignes(), this.paiements.lignes());
    return prochaine ? [aVenir(prochaine), ...passes] : passes;
  });
  protected readonly enCours = computed(() => this.sources.some(({ liste }) => liste.enCours()));
  /** What is missing because its service is out. */
  protected readonly pannes = computed(() => this.sources.filter(({ liste }) => liste.probleme()?.service).map(({ quoi }) => quoi));
  protected readonly refus = computed(() =>
    this.sources.map(({ liste }) => liste.probleme()).find((probleme) => probleme && !probleme.service),
  );
  protected readonly suspension = computed(() => {
    const suspension = this.dossier.client.valeur()?.suspension;
    return suspension && estSuspendu(suspension) ? direSuspension(suspension) : '';
  });

  protected recharger(): void {
    for (const { liste } of this.sources) liste.premiere.recharger();
  }
}
