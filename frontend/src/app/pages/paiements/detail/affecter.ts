import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, signal, viewChild } from '@angular/core';
import { PaiementJson } from '../../../api';
import { postPaiementsIdAffectationsRequest } from '../../../api/@angular/common.gen';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { cleDeFormulaire, Ecrite, Ecritures, Probleme, ProblemeError } from '../../../kernel/data';
import { AfficheProbleme, Annonces, Squelette } from '../../../kernel/etats';

import { FacturesOuvertes } from '../saisie/factures-ouvertes';
import { GrilleAffectation } from '../saisie/grille';
import { Repartition } from '../saisie/repartition';

/** Allocates what is left of a payment to open invoices, as at its entry. */
@Component({
  selector: 'app-affecter-le-reste',
  imports: [GrilleAffectation, AfficheProbleme, Squelette],
  template: `
    @if (factures.probleme(); as probleme) {
      <app-probleme [probleme]="probleme" (reessayer)="factures.recharger()" />
    } @else if (!factures.connues()) {
      <app-squelette [nombre]="4" />
    } @else if (!factures.ouvertes().length) {
      <p class="discret" i18n>Ce client n'a aucune facture ouverte&nbsp;: l'argent reste à son crédit.</p>
    } @else {
      <app-grille-affectation
        [repartition]="repartition"
        [devise]="paiement().devise"
        [inactive]="enCours()"
        (ordreLegal)="ordreLegal()"
        (fini)="bouton.focus()"
      />
    }
    <app-probleme [probleme]="factures.problemeOrdre()" (reessayer)="ordreLegal()" />
    <app-probleme [probleme]="probleme()" [reessayable]="false" />
    @if (inconnu()) {
      <p class="attention" role="status" i18n>Résultat inconnu, vérification en cours</p>
    }
    @if (essaye() && empechement(); as motif) {
      <p class="mal" role="alert"><span aria-hidden="true">✕</span>&ngsp;{{ motif }}</p>
    }
    <p class="actions">
      <button #bouton type="button" class="principal" [disabled]="enCours()" (click)="envoyer()" i18n-title title="Ctrl+Entrée" i18n>
        Affecter
      </button>
      <button type="button" (click)="fermer.emit()" i18n>Annuler</button>
    </p>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AffecterLeReste {
  readonly paiement = input.required<PaiementJson>();
  readonly etag = input<string>();
  readonly fermer = output<void>();
  readonly fait = output<Ecrite<PaiementJson>>();

  private readonly ecritures = inject(Ecritures);
  private readonly annonces = inject(Annonces);
  private readonly devise = computed(() => this.paiement().devise);
  protected readonly factures = new FacturesOuvertes(
    computed(() => this.paiement().client_id ?? ''),
    this.devise,
  );
  protected readonly repartition = new Repartition(
    computed(() => this.paiement().non_affecte_centimes),
    this.factures.ouvertes,
    this.devise,
  );
  protected readonly enCours = signal(false);
  protected readonly inconnu = signal(false);
  protected readonly essaye = signal(false);
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  protected readonly empechement = computed(
    () => this.repartition.empechement() ?? (this.repartition.parts().length ? undefined : $localize`Aucune facture ne reçoit rien.`),
  );
  private readonly grille = viewChild(GrilleAffectation);

  constructor() {
    inject(Raccourcis).ajouter([
      { touche: 'Ctrl+Enter', libelle: $localize`Affecter`, faire: () => void this.envoyer() },
      { touche: 'F8', libelle: $localize`Affecter dans l'ordre légal`, faire: () => void this.ordreLegal() },
      { touche: 'F9', libelle: $localize`Vider la colonne à affecter`, faire: () => this.repartition.effacer() },
      { touche: 'Escape', libelle: $localize`Ne plus affecter`, faire: () => this.fermer.emit() },
    ]);
    effect(() => this.grille()?.focus());
  }

  protected async ordreLegal(): Promise<void> {
    const { non_affecte_centimes, date_paiement } = this.paiement();
    await this.factures.ordreLegal(non_affecte_centimes, date_paiement, (parts) => this.repartition.poser(parts));
  }

  protected async envoyer(): Promise<void> {
    if (!(await this.factures.ordreAbouti())) return;
    this.essaye.set(true);
    if (this.enCours()) return;
    if (this.empechement()) return this.grille()?.focus();
    this.enCours.set(true);
    this.probleme.set(undefined);
    try {
      this.fait.emit(await this.demander());
      this.annonces.dire($localize`Affectation enregistrée`);
    } catch (erreur) {
      if (!(erreur instanceof ProblemeError)) throw erreur;
      this.probleme.set(erreur.probleme);
    } finally {
      this.enCours.set(false);
      this.inconnu.set(false);
    }
  }

  private demander(): Promise<Ecrite<PaiementJson>> {
    const requete = postPaiementsIdAffectationsRequest({ path: { id: this.paiement().id }, body: this.repartition.parts() });
    const cle = cleDeFormulaire(`affectations ${this.paiement().id}`);
    return this.ecritures.envoyer(requete, { cle, etag: this.etag(), surInconnu: () => this.inconnu.set(true) });
  }
}
