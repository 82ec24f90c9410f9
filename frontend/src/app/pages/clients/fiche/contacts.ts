import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TYPES } from '../mots';
import { Dossier } from './dossier';

/** Where and how the client is reached, and who they are to the administration. */
@Component({
  selector: 'app-contacts-client',
  imports: [RouterLink],
  template: `
    @if (dossier.client.valeur(); as client) {
      <dl>
        <dt i18n>Courriel</dt>
        <dd>
          @if (client.email) {
            <a [href]="'mailto:' + client.email">{{ client.email }}</a>
          } @else {
            <span class="attention" i18n
              ><span aria-hidden="true">⚠</span> aucun&nbsp;: factures et relances ne partent pas par courriel</span
            >
          }
        </dd>
        <dt i18n>Téléphone</dt>
        <dd>
          @if (client.telephone) {
            <a [href]="'tel:' + client.telephone">{{ client.telephone }}</a>
          } @else {
            –
          }
        </dd>
        <dt i18n>Adresse</dt>
        <dd>
          @if (client.adresse; as adresse) {
            <address>
              {{ adresse.ligne1 }}<br />
              @if (adresse.ligne2) {
                {{ adresse.ligne2 }}<br />
              }
              {{ adresse.code_postal }} {{ adresse.ville }}
              @if (adresse.pays && adresse.pays !== 'FR') {
                <br />{{ adresse.pays }}
              }
            </address>
          } @else {
            <span class="attention" i18n><span aria-hidden="true">⚠</span> aucune&nbsp;: aucune facture ne peut être émise</span>
          }
        </dd>
        <dt i18n>Langue</dt>
        <dd>{{ client.langue }}</dd>
        <dt i18n>Type</dt>
        <dd>{{ types[client.type] }}</dd>
        @if (client.type !== 'PARTICULIER') {
          <dt i18n>SIREN</dt>
          <dd>{{ client.siren ?? '–' }}</dd>
          <dt i18n>SIRET</dt>
          <dd>{{ client.siret ?? '–' }}</dd>
          <dt i18n>TVA intracommunautaire</dt>
          <dd>{{ client.tva_intracom ?? '–' }}</dd>
        }
        <dt i18n>Référence externe</dt>
        <dd>{{ client.reference_externe ?? '–' }}</dd>
      </dl>
      <p class="ecran">
        <a routerLink="modification" i18n>Modifier</a>
      </p>
    }
  `,
  styleUrl: './fiches.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ContactsClient {
  protected readonly dossier = inject(Dossier);
  protected readonly types = TYPES;
}
