import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { GetRelancesResponse } from '../../api';
import { getRelancesRequest } from '../../api/@angular/common.gen';
import { lire } from '../../kernel/data';
import { plusJours } from '../../kernel/format/date';
import { Barres, Serie } from '../../kernel/graphiques';
import { Widget } from './widget';

const JOURS = 90;

interface Etape {
  readonly nom: string;
  readonly filtre: Record<string, string>;
}

const ETAPES: readonly Etape[] = [
  { nom: $localize`Décidées`, filtre: {} },
  { nom: $localize`Envoyées`, filtre: { etat: 'ENVOYEE' } },
  { nom: $localize`Niveau 2`, filtre: { etat: 'ENVOYEE', niveau: '2' } },
  { nom: $localize`Niveau 3`, filtre: { etat: 'ENVOYEE', niveau: '3' } },
  { nom: $localize`Mise en demeure`, filtre: { etat: 'ENVOYEE', niveau: '4' } },
];

/** How reminders thin out: each level is needed only where the one before was not enough. */
@Component({
  selector: 'app-entonnoir',
  imports: [Widget, Barres],
  template: `
    <app-widget
      i18n-titre
      titre="Entonnoir des relances"
      i18n-regle
      regle="90 derniers jours ; un niveau ne sert que là où le précédent n'a pas suffi."
      [lectures]="lectures"
    >
      @if (complet() && !lectures[0]?.valeur()?.total) {
        <p class="discret" i18n>Aucune relance décidée dans ces 90 jours.</p>
      } @else if (complet()) {
        <app-barres
          i18n-titre
          titre="Entonnoir des relances"
          i18n-categorie
          categorie="Étape"
          [categories]="categories"
          [serie]="serie()"
          [format]="format"
        />
      }
    </app-widget>
  `,
  styles: ':host { display: block; min-width: 0; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Entonnoir {
  readonly au = input.required<string>();
  protected readonly categories = ETAPES.map(({ nom }) => nom);
  protected readonly format = (nombre: number): string => nombre.toLocaleString('fr-FR');
  protected readonly lectures = ETAPES.map(({ filtre }) =>
    lire<GetRelancesResponse>(() => getRelancesRequest({ query: { ...this.parametres(filtre), limit: 1 } as never })),
  );
  protected readonly complet = computed(() => this.lectures.every((lecture) => lecture.valeur() !== undefined));
  protected readonly serie = computed((): Serie => ({
    nom: $localize`Relances`,
    valeurs: this.lectures.map((lecture) => lecture.valeur()?.total ?? 0),
    liens: ETAPES.map(({ filtre }) => ({ chemin: '/relances', parametres: this.parametres(filtre) })),
  }));

  private parametres(filtre: Record<string, string>): Record<string, string> {
    return { du: plusJours(this.au(), 1 - JOURS), au: this.au(), ...filtre };
  }
}
