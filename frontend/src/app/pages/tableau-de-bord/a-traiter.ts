import { HttpParams, HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed } from '@angular/core';
import { RouterLink } from '@angular/router';
import { FactureVue, NotificationJson, PaiementJson } from '../../api';
import { lire, Page } from '../../kernel/data';
import { AfficheProbleme, Age, Squelette } from '../../kernel/etats';
import { formaterDate } from '../../kernel/format/date';
import { formaterMontant } from '../../kernel/format/montant';
import { Lien } from '../../kernel/graphiques';

const COMBIEN = 4;

/** Something that waits for a person. */
interface Tache {
  readonly quoi: string;
  readonly detail: string;
  readonly lien: string;
}

interface Groupe<T> {
  readonly titre: string;
  readonly liste: Lien;
  readonly lecture: ReturnType<typeof lire<Page<T>>>;
  readonly taches: () => readonly Tache[];
}

/** What waits for a person today: payments and messages that could not go by themselves, drafts, disputes. */
@Component({
  selector: 'app-a-traiter',
  imports: [RouterLink, AfficheProbleme, Age, Squelette],
  template: `
    <section aria-labelledby="a-traiter">
      <h2 id="a-traiter" i18n>À traiter aujourd'hui</h2>
      @if (rien()) {
        <p class="bien">
          <span aria-hidden="true">✓</span> <ng-container i18n>Rien n'attend personne&nbsp;: tout est traité.</ng-container>
        </p>
      }
      @for (groupe of groupes; track groupe.titre) {
        <app-age [lueLe]="groupe.lecture.perimee() ? groupe.lecture.lueLe() : undefined" />
        @if (groupe.lecture.valeur(); as page) {
          @if (page.total) {
            <div [class.perime]="groupe.lecture.perimee()">
              <h3>
                <a [routerLink]="groupe.liste.chemin" [queryParams]="groupe.liste.parametres">{{ groupe.titre }} ({{ page.total }})</a>
              </h3>
              <ul>
                @for (tache of groupe.taches(); track tache.lien) {
                  <li>
                    <a [routerLink]="tache.lien">{{ tache.quoi }}</a> <span class="discret"> {{ tache.detail }}</span>
                  </li>
                }
              </ul>
            </div>
          }
        } @else if (groupe.lecture.probleme()) {
          <h3>{{ groupe.titre }}</h3>
          <app-probleme [probleme]="groupe.lecture.probleme()" (reessayer)="groupe.lecture.recharger()" />
        } @else {
          <app-squelette [nombre]="2" />
        }
      }
    </section>
  `,
  styles: `
    section {
      height: 100%;
      padding: 0.6rem 0.75rem;
      border: 1px solid var(--trait);
      border-radius: 4px;
    }
    h3 {
      margin: 0.5rem 0 0.1rem;
      font-size: 1rem;
    }
    ul {
      margin: 0;
      padding-left: 1.25rem;
    }
    li {
      overflow-wrap: anywhere;
      min-height: 24px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ATraiter {
  private readonly paiements = lirePremiers<PaiementJson>('/api/paiements', { onglet: 'a-traiter' });
  private readonly notifications = lirePremiers<NotificationJson>('/api/notifications', { onglet: 'a-traiter' });
  private readonly brouillons = lirePremiers<FactureVue>('/api/factures', { onglet: 'brouillons', tri: '-cree_le' });
  private readonly litiges = lirePremiers<FactureVue>('/api/factures', { onglet: 'litige', tri: 'date_echeance' });

  protected readonly groupes: readonly Groupe<never>[] = [
    {
      titre: $localize`Paiements à traiter`,
      liste: { chemin: '/paiements', parametres: { onglet: 'a-traiter' } },
      lecture: this.paiements as never,
      taches: () => (this.paiements.valeur()?.elements ?? []).map(dePaiement),
    },
    {
      titre: $localize`Messages à traiter`,
      liste: { chemin: '/notifications', parametres: { onglet: 'a-traiter' } },
      lecture: this.notifications as never,
      taches: () => (this.notifications.valeur()?.elements ?? []).map(deNotification),
    },
    {
      titre: $localize`Brouillons non émis`,
      liste: { chemin: '/factures', parametres: { onglet: 'brouillons' } },
      lecture: this.brouillons as never,
      taches: () => (this.brouillons.valeur()?.elements ?? []).map(deBrouillon),
    },
    {
      titre: $localize`Factures en litige`,
      liste: { chemin: '/factures', parametres: { onglet: 'litige' } },
      lecture: this.litiges as never,
      taches: () => (this.litiges.valeur()?.elements ?? []).map(deLitige),
    },
  ];
  protected readonly rien = computed(() => this.groupes.every(({ lecture }) => lecture.valeur()?.total === 0));
}

function lirePremiers<T>(url: string, parametres: Record<string, string>): ReturnType<typeof lire<Page<T>>> {
  const params = new HttpParams({ fromObject: { ...parametres, limit: COMBIEN } });
  return lire<Page<T>>(() => new HttpRequest('GET', url, { params }));
}

function dePaiement({ id, montant_centimes, devise, date_paiement, affectations }: PaiementJson): Tache {
  const motif = affectations.find((affectation) => affectation.motif)?.motif ?? '';
  return {
    quoi: $localize`${formaterMontant(montant_centimes, devise)} reçus le ${formaterDate(date_paiement)}`,
    detail: motif,
    lien: `/paiements/${id}`,
  };
}

function deNotification({ id, sujet, destinataire, motif }: NotificationJson): Tache {
  return { quoi: sujet ?? destinataire?.nom ?? $localize`Message`, detail: motif ?? destinataire?.nom ?? '', lien: `/notifications/${id}` };
}

function deBrouillon({ id, client, total_ttc_centimes, devise }: FactureVue): Tache {
  const montant = formaterMontant(total_ttc_centimes, devise);
  return { quoi: client?.nom_affiche ?? $localize`Brouillon`, detail: montant, lien: `/factures/${id}/modification` };
}

function deLitige({ id, numero, client, litige }: FactureVue): Tache {
  return {
    quoi: [numero, client?.nom_affiche].filter(Boolean).join(', '),
    detail: litige ? $localize`depuis le ${formaterDate(litige.depuis)} : ${litige.motif}` : '',
    lien: `/factures/${id}`,
  };
}
