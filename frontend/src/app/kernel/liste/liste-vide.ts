import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Adresse } from '../adresse/adresse';
import { ClientsConnus } from '../champs';
import { Vide } from '../etats';
import { formaterHeure } from '../format/date';
import { Filtre, filtresActifs } from './filtres';

/**
 * Why a list shows nothing: filters that nothing answers (named, to be cleared), a tab where that is good news, another
 * empty tab, or first use, explained by the content. The page provides `Adresse`.
 */
@Component({
  selector: 'app-liste-vide',
  imports: [Vide],
  template: `
    @if (actifs().length) {
      <app-vide i18n-titre titre="Rien ne correspond" i18n-action action="Tout effacer" (agir)="effacer()">
        <ng-container i18n>Rien ne répond à ces conditions&nbsp;: {{ actifs().join(', ') }}.</ng-container>
      </app-vide>
    } @else if (bonneNouvelle()) {
      <app-vide [titre]="bonneNouvelle()"
        ><ng-container i18n>Rien à faire ici, vérifié à {{ heure() }}.</ng-container></app-vide
      >
    } @else if (adresse.lire('onglet')) {
      <app-vide i18n-titre titre="Cet onglet est vide"
        ><ng-container i18n>Vérifié à {{ heure() }}.</ng-container></app-vide
      >
    } @else {
      <app-vide [titre]="premiereFois()" [action]="action()" (agir)="agir.emit()"><ng-content /></app-vide>
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListeVide {
  readonly filtres = input.required<readonly Filtre[]>();
  /** Good news by tab: `{ echecs: 'Aucun échec' }`. */
  readonly rienAFaire = input<Readonly<Record<string, string | undefined>>>({});
  /** Title on first use. */
  readonly premiereFois = input.required<string>();
  /** What to do on first use; nothing when empty. */
  readonly action = input('');
  /** When the list was read. */
  readonly lueLe = input<Date>();
  readonly agir = output<void>();

  protected readonly adresse = inject(Adresse);
  protected readonly actifs = computed(() => {
    const texte = this.adresse.texte().trim();
    const filtres = filtresActifs(this.adresse, this.filtres(), (id) => this.clients.nom(id)).map((actif) => actif.texte);
    return texte ? [...filtres, $localize`texte « ${texte} »`] : filtres;
  });
  protected readonly bonneNouvelle = computed(() => this.rienAFaire()[this.adresse.lire('onglet')] ?? '');
  protected readonly heure = computed(() => formaterHeure(this.lueLe() ?? new Date()));
  private readonly clients = inject(ClientsConnus);

  protected effacer(): void {
    this.adresse.chercher('');
    this.adresse.ecrire(Object.fromEntries(this.filtres().map(({ cle }) => [cle, undefined])));
  }
}
