import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Lecture } from '../../../kernel/data';
import { aujourdHui, formaterHeure } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { direEncours } from '../encours';
import { Dossier } from './dossier';

/** What one has to know of a client at once, each figure leading to the list that explains it. */
@Component({
  selector: 'app-entete-client',
  imports: [RouterLink],
  template: `
    <dl>
      <div [class.perime]="dossier.encours.lecture.perimee()">
        <dt i18n>Encours</dt>
        <dd>
          <a routerLink="/factures" [queryParams]="{ client_id: dossier.id(), ouverte_au: jour }">{{ encours() }}</a>
        </dd>
        <dd class="discret">{{ age(dossier.encours.lecture) }}</dd>
      </div>
      <div [class.perime]="dossier.encours.lecture.perimee()">
        <dt i18n>En retard</dt>
        <dd>
          <a [class.mal]="enRetard()" routerLink="/factures" [queryParams]="{ client_id: dossier.id(), onglet: 'en-retard' }">{{
            retard()
          }}</a>
        </dd>
      </div>
      <div [class.perime]="dossier.soldes.perimee()">
        <dt i18n>Avoir disponible</dt>
        <dd>
          <a routerLink="." [queryParams]="{ onglet: 'paiements' }">{{ disponible() }}</a>
        </dd>
        <dd class="discret">
          @if (enAttente(); as montant) {
            <ng-container i18n>et {{ montant }} en attente d'affectation</ng-container>
          } @else {
            {{ age(dossier.soldes) }}
          }
        </dd>
      </div>
      <div [class.perime]="dossier.simulation.perimee()">
        <dt i18n>Prochaine action</dt>
        <dd>
          @if (dossier.prochaine(); as prochaine) {
            <a routerLink="." [queryParams]="{ onglet: 'relances' }">{{ prochaine.quoi }}</a>
          } @else {
            {{ sansAction() }}
          }
        </dd>
        <dd class="discret">{{ dossier.prochaine()?.pourquoi }}</dd>
      </div>
    </dl>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
      gap: 0.5rem;
      margin: 0.5rem 0;
    }
    dl > div {
      padding: 0.4rem 0.6rem;
      border: 1px solid var(--trait);
      border-radius: 4px;
      background: var(--fond-2);
    }
    dt {
      color: var(--texte-2);
    }
    dd {
      margin: 0;
    }
    dd:first-of-type {
      font-size: 1.15rem;
      font-weight: 600;
    }
    a {
      color: inherit;
    }
    a.mal {
      color: var(--mal);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EnteteClient {
  protected readonly dossier = inject(Dossier);
  protected readonly jour = aujourdHui();
  protected readonly encours = computed(() => this.dire(this.dossier.encours.lecture, direEncours(this.dossier.sienEncours(), 'encours')));
  protected readonly retard = computed(() => this.dire(this.dossier.encours.lecture, direEncours(this.dossier.sienEncours(), 'retard')));
  protected readonly enRetard = computed(() => this.dossier.sienEncours()?.some(({ retard }) => retard > 0) ?? false);
  protected readonly disponible = computed(() => {
    const avoirs = this.dossier.avoirs();
    if (!avoirs) return this.dossier.avoirsOuverts.probleme() || this.dossier.soldes.probleme() ? $localize`inconnu` : '…';
    return somme(avoirs.map(({ disponible, devise }) => [disponible, devise])) || formaterMontant(0);
  });
  protected readonly enAttente = computed(() => somme((this.dossier.avoirs() ?? []).map(({ enAttente, devise }) => [enAttente, devise])));
  protected readonly sansAction = computed(() => {
    if (this.dossier.simulation.valeur()) return $localize`Rien à relancer`;
    return this.dossier.simulation.probleme() ? $localize`inconnue` : '…';
  });

  /** Of when a figure is that could not be renewed. */
  protected age(lecture: Lecture<unknown>): string {
    const lueLe = lecture.lueLe();
    return lecture.perimee() && lueLe ? $localize`à ${formaterHeure(lueLe)}` : '';
  }

  private dire(lecture: Lecture<unknown>, texte: string): string {
    if (lecture.valeur()) return texte || formaterMontant(0);
    return lecture.probleme() ? $localize`inconnu` : '…';
  }
}

function somme(montants: readonly (readonly [number, string])[]): string {
  return montants
    .filter(([centimes]) => centimes)
    .map(([centimes, devise]) => formaterMontant(centimes, devise))
    .join(' + ');
}
