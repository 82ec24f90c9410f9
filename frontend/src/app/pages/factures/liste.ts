import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { FactureVue } from '../../api';
import { getFacturesRequest } from '../../api/@angular/common.gen';
import { Adresse } from '../../kernel/adresse/adresse';
import { lireListe } from '../../kernel/data';
import { AfficheProbleme, Squelette } from '../../kernel/etats';
import { compter } from '../../kernel/format/texte';
import { Tableau } from '../../kernel/table';
import { COLONNES } from './colonnes';

/** The list of invoices and credit notes. */
@Component({
  imports: [Tableau, AfficheProbleme, Squelette],
  providers: [Adresse],
  template: `
    <h1 i18n>Factures</h1>
    <app-probleme [probleme]="liste.premiere.probleme()" (reessayer)="liste.premiere.recharger()" />
    @if (liste.premiere.valeur()) {
      <p class="discret">{{ nombre(liste.total()) }}</p>
      <app-tableau
        [colonnes]="colonnes"
        [lignes]="liste.lignes()"
        [total]="liste.total()"
        [idDe]="idDe"
        i18n-legende
        legende="Factures et avoirs"
        [choix]="adresse.lire('colonnes')"
        [tri]="adresse.lire('tri')"
        [pages]="adresse.lire('mode') === 'pages'"
        [enCours]="liste.enCours()"
        [perimee]="liste.premiere.perimee()"
        (triChange)="adresse.ecrire({ tri: $event })"
        (suite)="liste.suite()"
      />
    } @else if (liste.enCours()) {
      <app-squelette [nombre]="12" />
    }
  `,
  styles: ':host { display: flex; flex-direction: column; flex: 1; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListeFactures {
  protected readonly adresse = inject(Adresse);
  protected readonly colonnes = COLONNES;
  protected readonly liste = lireListe<FactureVue>((curseur) =>
    getFacturesRequest({ query: { limit: 200, tri: this.adresse.lire('tri') || undefined, curseur } }),
  );
  protected readonly idDe = (facture: FactureVue): string => facture.id;
  protected readonly nombre = (n: number): string => compter(n, $localize`facture`, $localize`factures`);
}
