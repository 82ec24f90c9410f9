import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { GetPaiementsData, GetPaiementsResponse, PaiementJson } from '../../../api';
import { getPaiementsRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { lireListe } from '../../../kernel/data';
import { EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { Colonne, EtatAffiche, Tableau } from '../../../kernel/table';
import { Dossier } from './dossier';
import { MOYENS } from './grand-livre';

const ETATS: Readonly<Record<PaiementJson['etat'], EtatAffiche>> = {
  CONFIRME: { mot: $localize`Confirmé`, signe: '●', ton: 'bien' },
  EN_ATTENTE: { mot: $localize`En attente`, signe: '◌', ton: 'attention' },
  A_TRAITER: { mot: $localize`À traiter`, signe: '!', ton: 'mal' },
  REMBOURSE: { mot: $localize`Remboursé`, signe: '↩', ton: 'discret' },
  PARTIELLEMENT_REMBOURSE: { mot: $localize`Remboursé en partie`, signe: '↩', ton: 'discret' },
  REJETE: { mot: $localize`Rejeté`, signe: '✕', ton: 'mal' },
  ANNULATION_EN_ATTENTE: { mot: $localize`Annulation en attente`, signe: '◌', ton: 'attention' },
};

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
  { cle: 'etat', titre: $localize`État`, largeur: '11rem', priorite: 1, valeur: (p) => ETATS[p.etat].mot, etat: (p) => ETATS[p.etat] },
];

/** What the client paid. */
@Component({
  selector: 'app-paiements-client',
  imports: [RouterLink, Tableau, Squelette, Vide, EtatLecture],
  template: `
    <p>
      <a routerLink="/paiements" [queryParams]="{ client_id: dossier.id() }" i18n>Toute la liste, avec ses filtres</a>
    </p>
    <app-etat-lecture [lecture]="liste.premiere" [probleme]="liste.probleme()" />
    @if (liste.premiere.valeur()) {
      @if (liste.total()) {
        <app-tableau
          [colonnes]="colonnes"
          [lignes]="liste.lignes()"
          [total]="liste.total()"
          [idDe]="idDe"
          i18n-legende
          legende="Paiements du client"
          [tri]="adresse.lire('tri')"
          [enCours]="liste.enCours()"
          [perimee]="liste.premiere.perimee()"
          (triChange)="adresse.ecrire({ tri: $event })"
          (ouvrir)="ouvrir($event)"
          (suite)="liste.suite()"
        />
      } @else {
        <app-vide i18n-titre titre="Pas encore de paiement" i18n>Rien n'a été reçu de ce client.</app-vide>
      }
    } @else if (liste.enCours()) {
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
export class PaiementsClient {
  protected readonly dossier = inject(Dossier);
  protected readonly adresse = inject(Adresse);
  protected readonly colonnes = COLONNES;
  protected readonly idDe = (paiement: PaiementJson): string => paiement.id;
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
