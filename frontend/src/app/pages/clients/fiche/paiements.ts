import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { GetPaiementsData, GetPaiementsResponse, PaiementJson } from '../../../api';
import { getPaiementsRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { lireListe } from '../../../kernel/data';
import { formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { ETATS_PAIEMENT, MOYENS } from '../../../kernel/mots';
import { Colonne } from '../../../kernel/table';
import { Dossier } from './dossier';
import { PiecesClient } from './pieces';

const COLONNES: readonly Colonne<PaiementJson>[] = [
  {
    cle: 'date_paiement',
    titre: $localize`Date`,
    triable: true,
    largeur: '6.5rem',
    priorite: 1,
    valeur: (p) => formaterDate(p.date_paiement),
  },
  { cle: 'moyen', titre: $localize`Moyen`, largeur: '7rem', priorite: 2, valeur: (p) => MOYENS[p.moyen] },
  { cle: 'reference', titre: $localize`Référence`, priorite: 3, valeur: (p) => p.reference ?? p.reference_externe ?? '' },
  {
    cle: 'montant_centimes',
    titre: $localize`Montant`,
    triable: true,
    nombre: true,
    largeur: '7rem',
    priorite: 1,
    valeur: (p) => formaterMontant(p.montant_centimes, p.devise),
  },
  {
    cle: 'non_affecte_centimes',
    titre: $localize`Non affecté`,
    nombre: true,
    largeur: '7rem',
    priorite: 2,
    valeur: (p) => (p.non_affecte_centimes ? formaterMontant(p.non_affecte_centimes, p.devise) : ''),
  },
  {
    cle: 'factures',
    titre: $localize`Factures`,
    priorite: 3,
    valeur: (p) =>
      p.affectations
        .filter(({ etat }) => etat === 'AFFECTEE')
        .map(({ numero }) => numero ?? '')
        .join(', '),
  },
  {
    cle: 'etat',
    titre: $localize`État`,
    largeur: '11rem',
    priorite: 1,
    valeur: (p) => ETATS_PAIEMENT[p.etat].mot,
    etat: (p) => ETATS_PAIEMENT[p.etat],
  },
];

/** What the client paid. */
@Component({
  selector: 'app-paiements-client',
  imports: [PiecesClient],
  template: `
    <app-pieces-client
      partout="/paiements"
      [liste]="liste"
      [colonnes]="colonnes"
      i18n-legende
      legende="Paiements du client"
      i18n-siVide
      siVide="Pas encore de paiement"
      (ouvrir)="ouvrir($event)"
      ><ng-container i18n>Rien n'a été reçu de ce client.</ng-container></app-pieces-client
    >
  `,
  styles: ':host { display: flex; flex-direction: column; flex: 1; min-height: 14rem; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PaiementsClient {
  private readonly dossier = inject(Dossier);
  private readonly adresse = inject(Adresse);
  protected readonly colonnes = COLONNES;
  protected readonly liste = lireListe<PaiementJson, GetPaiementsResponse>((curseur) => {
    const tri = this.adresse.lire('tri');
    return getPaiementsRequest({
      query: { client_id: this.dossier.id(), limit: 200, curseur, ...(tri && { tri }) } as GetPaiementsData['query'],
    });
  });
  private readonly router = inject(Router);

  protected ouvrir({ id }: PaiementJson): void {
    void this.router.navigate(['/paiements', id]);
  }
}
