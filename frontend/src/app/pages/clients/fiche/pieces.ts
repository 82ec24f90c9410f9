import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Liste } from '../../../kernel/data';
import { EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { Colonne, Tableau } from '../../../kernel/table';
import { Dossier } from './dossier';

/** What the client has of one kind, as a table; what stands inside is said when there is nothing. */
@Component({
  selector: 'app-pieces-client',
  imports: [RouterLink, Tableau, Squelette, Vide, EtatLecture],
  template: `
    <p>
      <a [routerLink]="partout()" [queryParams]="{ client_id: dossier.id() }" i18n>Toute la liste, avec ses filtres</a>
    </p>
    <app-etat-lecture [lecture]="liste().premiere" [probleme]="liste().probleme()" />
    @if (liste().premiere.valeur()) {
      @if (liste().total()) {
        <app-tableau
          [colonnes]="colonnes()"
          [lignes]="liste().lignes()"
          [total]="liste().total()"
          [idDe]="idDe"
          [legende]="legende()"
          [tri]="adresse.lire('tri')"
          [enCours]="liste().enCours()"
          [perimee]="liste().premiere.perimee()"
          (triChange)="adresse.ecrire({ tri: $event })"
          (ouvrir)="ouvrir.emit($event)"
          (suite)="liste().suite()"
        />
      } @else {
        <app-vide [titre]="siVide()"><ng-content /></app-vide>
      }
    } @else if (liste().enCours()) {
      <app-squelette [nombre]="8" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-height: 14rem;
    }
    p {
      margin: 0.4rem 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PiecesClient<T extends { readonly id: string }> {
  readonly liste = input.required<Liste<T>>();
  readonly colonnes = input.required<readonly Colonne<T>[]>();
  readonly legende = input.required<string>();
  /** The page of everybody's. */
  readonly partout = input.required<string>();
  /** What is said when there are none; the sentence after it stands inside. */
  readonly siVide = input.required<string>();
  readonly ouvrir = output<T>();
  protected readonly dossier = inject(Dossier);
  protected readonly adresse = inject(Adresse);
  protected readonly idDe = ({ id }: T): string => id;
}
