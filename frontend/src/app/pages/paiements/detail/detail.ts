import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PaiementJson } from '../../../api';
import { getPaiementsIdRequest } from '../../../api/@angular/common.gen';
import { ClientsConnus } from '../../../kernel/champs';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { Disponibilite, Ecrite, lire } from '../../../kernel/data';
import { EtatLecture, Squelette } from '../../../kernel/etats';
import { formaterDate, formaterInstant } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { ETATS_AFFECTATION, ETATS_PAIEMENT, EXPLICATIONS, MOYENS, SOURCES } from '../../../kernel/mots';
import { motifEnMots, motifSansAffectation, motifSansRejet, motifSansRemboursement } from './actes';
import { AffecterLeReste } from './affecter';
import { DialogueRetour, Retour } from './dialogue-retour';

/** A payment: what became of its money, and what may still be done with it. */
@Component({
  imports: [RouterLink, AffecterLeReste, DialogueRetour, Squelette, EtatLecture, ToucheEnTitre],
  templateUrl: './detail.html',
  styleUrl: './detail.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DetailPaiement {
  readonly id = input.required<string>();

  private readonly clients = inject(ClientsConnus);
  private readonly disponibilite = inject(Disponibilite);
  protected readonly lecture = lire<PaiementJson>(() => getPaiementsIdRequest({ path: { id: this.id() } }));
  protected readonly paiement = this.lecture.valeur;
  protected readonly nom = computed(() => this.clients.nom(this.paiement()?.client_id ?? ''));
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('paiement-service'));
  /** A service was out when the last thing was done: it is kept, and will be done. */
  protected readonly reporte = signal<string | undefined>(undefined);
  protected readonly affectation = signal(false);
  protected readonly retour = signal<Retour | undefined>(undefined);

  protected readonly etats = ETATS_PAIEMENT;
  protected readonly etatsAffectation = ETATS_AFFECTATION;
  protected readonly explications = EXPLICATIONS;
  protected readonly moyens = MOYENS;
  protected readonly sources = SOURCES;
  protected readonly date = formaterDate;
  protected readonly instant = formaterInstant;
  protected readonly motif = motifEnMots;
  protected readonly sansAffectation = computed(() => this.empechement(motifSansAffectation));
  protected readonly sansRemboursement = computed(() => this.empechement(motifSansRemboursement));
  protected readonly sansRejet = computed(() => this.empechement(motifSansRejet));

  constructor() {
    inject(Raccourcis).ajouter([
      {
        action: 'paiement-affecter',
        libelle: $localize`Affecter le reste`,
        faire: () => this.sansAffectation() || this.affectation.set(true),
      },
      {
        action: 'paiement-rembourser',
        libelle: $localize`Rembourser`,
        faire: () => this.sansRemboursement() || this.retour.set('remboursement'),
      },
      { action: 'paiement-rejeter', libelle: $localize`Rejet par la banque`, faire: () => this.sansRejet() || this.retour.set('rejet') },
    ]);
  }

  protected montant(centimes: number): string {
    return formaterMontant(centimes, this.paiement()?.devise);
  }

  protected apres({ degrade }: Ecrite<PaiementJson>): void {
    this.affectation.set(false);
    this.retour.set(undefined);
    this.reporte.set(degrade);
    this.lecture.recharger();
  }

  private empechement(motifDe: (paiement: PaiementJson) => string | undefined): string | undefined {
    const paiement = this.paiement();
    if (!paiement) return $localize`Le paiement n'est pas encore lu.`;
    return this.enPanne() ? $localize`paiement-service ne répond pas.` : motifDe(paiement);
  }
}
