import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { FactureVue, GetFacturesData, GetFacturesResponse } from '../../../api';
import { getFacturesRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { lireListe } from '../../../kernel/data';
import { formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { Colonne, EtatAffiche } from '../../../kernel/table';
import { Dossier } from './dossier';
import { PiecesClient } from './pieces';

const jour = (iso: string | null): string => (iso ? formaterDate(iso) : '');

/** What became of a document, in one word: a credit note is used or not, an invoice settled, late, disputed or due. */
function etatDe(facture: FactureVue): EtatAffiche {
  if (facture.statut_document === 'BROUILLON') return { mot: $localize`Brouillon`, signe: '✎', ton: 'discret' };
  if (facture.reste_centimes === 0) return { mot: $localize`Soldée`, signe: '●', ton: 'bien' };
  if (facture.type === 'AVOIR') return { mot: $localize`À affecter`, signe: '↺', ton: 'attention' };
  if (facture.litige && !facture.litige.jusqu_au) return { mot: $localize`En litige`, signe: '⚑', ton: 'attention' };
  if (facture.en_retard) return { mot: $localize`En retard, ${facture.jours_retard} j`, signe: '▲', ton: 'mal' };
  return { mot: $localize`À échoir`, signe: '○', ton: 'discret' };
}

const COLONNES: readonly Colonne<FactureVue>[] = [
  {
    cle: 'numero',
    titre: $localize`Numéro`,
    triable: true,
    largeur: '9rem',
    priorite: 1,
    valeur: (f) => f.numero ?? $localize`(brouillon)`,
  },
  {
    cle: 'type',
    titre: $localize`Type`,
    largeur: '5rem',
    priorite: 3,
    valeur: (f) => (f.type === 'AVOIR' ? $localize`Avoir` : $localize`Facture`),
  },
  { cle: 'date_emission', titre: $localize`Émission`, triable: true, largeur: '6.5rem', priorite: 2, valeur: (f) => jour(f.date_emission) },
  { cle: 'date_echeance', titre: $localize`Échéance`, triable: true, largeur: '6.5rem', priorite: 3, valeur: (f) => jour(f.date_echeance) },
  {
    cle: 'total_ttc_centimes',
    titre: $localize`Total TTC`,
    triable: true,
    nombre: true,
    largeur: '7rem',
    priorite: 2,
    valeur: (f) => formaterMontant(f.total_ttc_centimes, f.devise),
  },
  {
    cle: 'reste_centimes',
    titre: $localize`Reste dû`,
    triable: true,
    nombre: true,
    largeur: '7rem',
    priorite: 1,
    valeur: (f) => formaterMontant(f.reste_centimes, f.devise),
  },
  { cle: 'etat', titre: $localize`État`, priorite: 1, valeur: (f) => etatDe(f).mot, etat: etatDe },
];

/** The client's documents. */
@Component({
  selector: 'app-factures-client',
  imports: [PiecesClient],
  template: `
    <app-pieces-client
      partout="/factures"
      [liste]="liste"
      [colonnes]="colonnes"
      i18n-legende
      legende="Factures et avoirs du client"
      i18n-siVide
      siVide="Pas encore de facture"
      (ouvrir)="ouvrir($event)"
      ><ng-container i18n>Rien n'a été facturé à ce client.</ng-container></app-pieces-client
    >
  `,
  styles: ':host { display: flex; flex-direction: column; flex: 1; min-height: 14rem; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FacturesClient {
  private readonly dossier = inject(Dossier);
  private readonly adresse = inject(Adresse);
  protected readonly colonnes = COLONNES;
  protected readonly liste = lireListe<FactureVue, GetFacturesResponse>((curseur) => {
    const tri = this.adresse.lire('tri');
    return getFacturesRequest({
      query: { client_id: this.dossier.id(), limit: 200, curseur, ...(tri && { tri }) } as GetFacturesData['query'],
    });
  });
  private readonly router = inject(Router);

  protected ouvrir({ id, statut_document }: FactureVue): void {
    void this.router.navigate(['/factures', id, ...(statut_document === 'BROUILLON' ? ['modification'] : [])]);
  }
}
