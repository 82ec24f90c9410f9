import { ChangeDetectionStrategy, Component, computed, effect, input, output, untracked } from '@angular/core';
import { GetPolitiquesNomVersionsResponse, PolitiqueVue } from '../../../api';
import { getPolitiquesNomVersionsRequest } from '../../../api/@angular/common.gen';
import { lireListe } from '../../../kernel/data';
import { EtatLecture, Squelette } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { differences, versModele } from '../modele';
import { direEchelle } from '../mots';

/** What a policy was, version by version, each with what it changed of the one before. */
@Component({
  selector: 'app-versions',
  imports: [Squelette, EtatLecture],
  template: `
    <app-etat-lecture [lecture]="liste.premiere" [probleme]="liste.probleme()" />
    @if (liste.premiere.valeur()) {
      <ol [class.perime]="liste.premiere.perimee()">
        @for (ligne of lignes(); track ligne.version.version) {
          <li>
            <strong i18n>Version {{ ligne.version.version }}</strong
            >&ngsp;<span class="discret" i18n>depuis le {{ instant(ligne.version.modifie_le) }}</span
            >&ngsp;
            @if ($first) {
              <span class="bien"><span aria-hidden="true">●</span>&ngsp;<ng-container i18n>en vigueur</ng-container></span>
            } @else {
              <button type="button" (click)="reprendre.emit(ligne.version)" [attr.aria-label]="direReprise(ligne.version.version)" i18n>
                Reprendre
              </button>
            }
            @if (ligne.change; as change) {
              <ul>
                @for (phrase of change; track phrase) {
                  <li>{{ phrase }}</li>
                } @empty {
                  <li class="discret" i18n>Enregistrée sans rien changer.</li>
                }
              </ul>
            } @else if (liste.complete()) {
              <p class="discret" i18n>La première&nbsp;: {{ echelle(ligne.version.niveaux) }}.</p>
            }
          </li>
        }
      </ol>
      @if (!liste.complete()) {
        <button type="button" [disabled]="liste.enCours()" (click)="liste.suite()" i18n>Versions plus anciennes</button>
      }
    } @else if (liste.enCours()) {
      <app-squelette [nombre]="2" />
    }
  `,
  styles: `
    ol {
      list-style: none;
      margin: 0;
      padding: 0 0 0 0.75rem;
      border-left: 2px solid var(--trait);
    }
    ol > li {
      padding: 0.25rem 0;
    }
    ul {
      margin: 0.1rem 0 0;
      padding-left: 1.1rem;
    }
    p {
      margin: 0.1rem 0 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Versions {
  readonly nom = input.required<string>();
  /** The version in force as the page knows it: another one is read anew. */
  readonly courante = input.required<number>();
  readonly reprendre = output<PolitiqueVue>();
  protected readonly liste = lireListe<PolitiqueVue, GetPolitiquesNomVersionsResponse>((curseur) =>
    getPolitiquesNomVersionsRequest({ path: { nom: this.nom() }, query: { limit: 20, curseur } }),
  );
  protected readonly lignes = computed(() => {
    const versions = this.liste.lignes();
    return versions.map((version, rang) => {
      const avant = versions[rang + 1];
      return { version, change: avant && differences(versModele(avant), versModele(version)) };
    });
  });
  protected readonly instant = formaterInstant;
  protected readonly echelle = direEchelle;

  protected direReprise(version: number): string {
    return $localize`Reprendre la version ${version} dans le brouillon`;
  }

  constructor() {
    effect(() => {
      const courante = this.courante();
      const lue = untracked(() => this.liste.lignes()[0]?.version);
      if (lue !== undefined && lue !== courante) untracked(() => this.liste.premiere.recharger());
    });
  }
}
