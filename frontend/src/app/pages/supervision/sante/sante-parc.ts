import { ChangeDetectionStrategy, Component, computed, inject, input, output, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { EtatAffiche } from '../../../kernel/table';
import { chaque } from '../commun/chaque';
import { Etat } from '../commun/etat';
import { Rangs } from '../commun/rangs';
import { interroger, motifDe, Reponse } from '../parc/interrogation';
import { Cible } from '../parc/modele';
import { InfoJson } from '../registre/lignes';
import { configurationLue, enDefaut, SanteJson, santeEnMots } from './sante-json';

interface Ligne {
  readonly cible: Cible;
  readonly etat: EtatAffiche;
  readonly quoi: string;
  readonly version: string;
  readonly configuration: string;
  readonly perimee: boolean;
}

const RYTHME_MS = 10_000;
const SANS_REPONSE: EtatAffiche = { mot: $localize`pas de réponse`, signe: '✕', ton: 'mal' };
const ATTENDUE: EtatAffiche = { mot: $localize`demandée`, signe: '…', ton: 'discret' };

/** The health of several instances: one row each, with what is wrong. */
@Component({
  selector: 'app-sante-parc',
  imports: [RouterLink, Etat, Rangs],
  template: `
    <div class="vue" [attr.aria-busy]="santes.enCours()">
      <table class="dense">
        <caption class="lu" i18n>
          Santé des instances
        </caption>
        <thead>
          <tr>
            <th scope="col" i18n>Application</th>
            <th scope="col" i18n>Instance</th>
            <th scope="col" i18n>Santé</th>
            <th scope="col" i18n>Ce qui ne va pas</th>
            <th scope="col" i18n>Version</th>
            <th scope="col" i18n>Configuration lue</th>
          </tr>
        </thead>
        <tbody appRangs #rangs="rangs" (ouvrir)="ouvrirRang($event)">
          @for (ligne of lignes(); track ligne.cible.cle; let i = $index) {
            <tr [attr.data-rang]="i" [tabindex]="i === rangs.rang() ? 0 : -1" [class.perime]="ligne.perimee">
              <td class="serre" i18n-data-titre data-titre="Application">{{ ligne.cible.application }}</td>
              <th scope="row">
                <a
                  [routerLink]="[]"
                  [queryParams]="{ application: ligne.cible.application, instance: ligne.cible.instance.id }"
                  tabindex="-1"
                  >{{ ligne.cible.instance.id }}</a
                >
              </th>
              <td i18n-data-titre data-titre="Santé"><app-etat [etat]="ligne.etat" /></td>
              <td i18n-data-titre data-titre="Ce qui ne va pas">{{ ligne.quoi }}</td>
              <td class="serre" i18n-data-titre data-titre="Version">{{ ligne.version }}</td>
              <td i18n-data-titre data-titre="Configuration lue">
                <code [title]="ligne.configuration">{{ ligne.configuration.slice(0, 8) || '–' }}</code>
              </td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SanteParc {
  readonly cibles = input.required<readonly Cible[]>();
  readonly ouvrir = output<Cible>();
  protected readonly santes = interroger<SanteJson>(
    () => this.cibles(),
    ({ instance }) => (instance.lien ? `${instance.lien}/health` : undefined),
    (statut) => statut === 503,
  );
  private readonly infos = interroger<InfoJson>(
    () => this.cibles(),
    ({ instance }) => (instance.lien ? `${instance.lien}/info` : undefined),
  );
  protected readonly lignes = computed(() => this.santes.reponses().map((reponse) => this.ligneDe(reponse)));
  private readonly rangs = viewChild(Rangs);

  constructor() {
    chaque(RYTHME_MS, () => {
      if (!this.santes.enCours()) this.santes.recharger();
    });
    inject(Raccourcis).ajouter([{ touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.rangs()?.focus() }]);
  }

  protected ouvrirRang(rang: number): void {
    const cible = this.lignes()[rang]?.cible;
    if (cible) this.ouvrir.emit(cible);
  }

  private ligneDe(reponse: Reponse<SanteJson>): Ligne {
    const { cible, corps, probleme } = reponse;
    return {
      cible,
      etat: corps ? santeEnMots(corps.status) : probleme ? SANS_REPONSE : ATTENDUE,
      quoi: [...(corps ? enDefaut(corps) : []), motifDe(reponse)].filter(Boolean).join(', '),
      version: this.infos.parCle().get(cible.cle)?.corps?.build?.version ?? '–',
      configuration: configurationLue(corps) ?? '',
      perimee: corps !== undefined && probleme !== undefined,
    };
  }
}
