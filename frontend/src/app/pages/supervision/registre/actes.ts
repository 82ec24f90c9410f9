import { HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { lire } from '../../../kernel/data';
import { EtatLecture } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { EtatAffiche } from '../../../kernel/table';
import { chaque } from '../commun/chaque';
import { Etat } from '../commun/etat';
import { etatDe } from '../parc/modele';

/** What an operator did, as the registry remembers it. */
export interface ActeJson {
  readonly at: string;
  readonly app: string;
  readonly instance: string;
  readonly kind: 'evicted' | 'overridden' | 'restored';
  /** The one imposed. */
  readonly status: string | null;
  /** Empty when nobody gave one. */
  readonly reason: string;
}

const RYTHME_MS = 10_000;
const MOTS: Readonly<Record<string, EtatAffiche>> = {
  evicted: { mot: $localize`désinscrite`, signe: '✕', ton: 'mal' },
  restored: { mot: $localize`remise en service`, signe: '✓', ton: 'bien' },
};

/** The last acts of operators with their reasons; a registry of another make knows of none. */
@Component({
  selector: 'app-actes-registre',
  imports: [Etat, EtatLecture],
  template: `
    <section i18n-aria-label aria-label="Actes des opérateurs">
      <h2 i18n>Actes des opérateurs</h2>
      @if (lecture.probleme()?.statut === 404) {
        <p class="discret" i18n>Ce registre n'en dit rien.</p>
      } @else {
        <app-etat-lecture [lecture]="lecture" />
      }
      @if (lecture.valeur(); as actes) {
        @if (actes.length) {
          <div class="vue" [class.perime]="lecture.perimee()">
            <table class="dense">
              <caption class="lu" i18n>
                Actes des opérateurs, le plus récent d'abord
              </caption>
              <thead>
                <tr>
                  <th scope="col" i18n>Quand</th>
                  <th scope="col" i18n>Instance</th>
                  <th scope="col" i18n>Acte</th>
                  <th scope="col" i18n>Motif</th>
                </tr>
              </thead>
              <tbody>
                @for (acte of actes; track $index) {
                  <tr>
                    <th scope="row" class="serre">{{ instant(acte.at) }}</th>
                    <td i18n-data-titre data-titre="Instance">{{ acte.instance }}</td>
                    <td i18n-data-titre data-titre="Acte"><app-etat [etat]="mots(acte)" /></td>
                    <td i18n-data-titre data-titre="Motif">{{ acte.reason || '–' }}</td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        } @else {
          <p class="discret" i18n>Aucun depuis que le registre a démarré.</p>
        }
      }
    </section>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ActesRegistre {
  /** Where the registry's applications are read. */
  readonly lien = input.required<string>();
  readonly lecture = lire<readonly ActeJson[]>(
    () => new HttpRequest<readonly ActeJson[]>('GET', this.lien().replace(/apps$/, 'serverinfo/operatoracts')),
  );
  protected readonly instant = formaterInstant;

  constructor() {
    chaque(RYTHME_MS, () => this.relever());
  }

  /** Ask again, unless an answer is on its way or there is none to be had. */
  relever(): void {
    if (!this.lecture.enCours() && this.lecture.probleme()?.statut !== 404) this.lecture.recharger();
  }

  protected mots({ kind, status }: ActeJson): EtatAffiche {
    return MOTS[kind] ?? etatDe(status ?? '');
  }
}
