import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { EvenementVue, GetFacturesIdEvenementsResponse } from '../../../api';
import { getFacturesIdEvenementsRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { ChampDate } from '../../../kernel/champs';
import { lireTous } from '../../../kernel/data';
import { AfficheProbleme, Age, Annonces, Squelette, Vide } from '../../../kernel/etats';
import { formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { csv, enregistrer } from '../../../kernel/liste';
import { Dossier } from './dossier';
import { Compte, comptes, ecritures, montantOuRien, soldeAttendu } from './grand-livre';

/** The client's account: one ledger with a running balance, checked against the balances the services keep. */
@Component({
  selector: 'app-compte-client',
  imports: [RouterLink, ChampDate, AfficheProbleme, Age, Squelette, Vide],
  templateUrl: './compte.html',
  styleUrl: './compte.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CompteClient {
  protected readonly dossier = inject(Dossier);
  protected readonly adresse = inject(Adresse);
  protected readonly factures = this.dossier.lireFactures();
  protected readonly paiements = this.dossier.lirePaiements();
  /** Write-offs have their dates in the history of their invoice only. */
  private readonly histoires = lireTous<GetFacturesIdEvenementsResponse>(() =>
    this.factures
      .lignes()
      .filter(({ ecarts_centimes }) => ecarts_centimes > 0)
      .map(({ id }) => [id, getFacturesIdEvenementsRequest({ path: { id }, query: { limit: 200 } })]),
  );
  private readonly ecarts = computed(
    () => new Map([...this.histoires.valeurs()].map(([id, page]): [string, readonly EvenementVue[]] => [id, page.elements])),
  );
  protected readonly complet = computed(() => this.factures.complete() && this.paiements.complete() && this.histoires.complets());
  protected readonly probleme = computed(() => this.factures.probleme() ?? this.paiements.probleme() ?? this.histoires.probleme());
  protected readonly perimee = computed(() => this.factures.premiere.perimee() || this.paiements.premiere.perimee());
  protected readonly du = computed(() => this.adresse.lire('du'));
  protected readonly comptes = computed(() =>
    comptes(ecritures(this.factures.lignes(), this.ecarts(), this.paiements.lignes()), this.du()),
  );
  /** The balance of each account beside the one the services keep. */
  protected readonly controles = computed(() => {
    const [encours, avoirs] = [this.dossier.sienEncours(), this.dossier.avoirs()];
    if (!this.complet() || !encours || !avoirs) return undefined;
    return this.comptes().map(({ devise, solde }) => {
      const du = encours.find((un) => un.devise === devise)?.encours ?? 0;
      const siens = avoirs.find((un) => un.devise === devise);
      return { devise, solde, attendu: soldeAttendu(du, siens?.avoirs ?? 0, siens?.nonAffecte ?? 0, siens?.enAttente ?? 0) };
    });
  });
  protected readonly jour = formaterDate;
  protected readonly montant = formaterMontant;
  protected readonly montantOuRien = montantOuRien;
  private readonly annonces = inject(Annonces);

  protected recharger(): void {
    this.factures.premiere.recharger();
    this.paiements.premiere.recharger();
  }

  protected exporter({ devise, report, lignes }: Compte): void {
    const entetes = [
      $localize`Date`,
      $localize`Pièce`,
      $localize`Libellé`,
      $localize`Échéance`,
      $localize`Débit`,
      $localize`Crédit`,
      $localize`Solde`,
    ];
    const reporte = report ? [[this.jourOuRien(this.du()), '', $localize`Report`, '', '', '', report]] : [];
    const corps = lignes.map((l) => [
      formaterDate(l.date),
      l.piece,
      l.libelle,
      this.jourOuRien(l.echeance),
      l.debit || '',
      l.credit || '',
      l.solde,
    ]);
    enregistrer(csv([entetes, ...reporte, ...corps]), `compte-${devise}.csv`);
    this.annonces.dire($localize`Export terminé`);
  }

  protected imprimer(): void {
    window.print();
  }

  protected jourOuRien(iso: string): string {
    return iso ? formaterDate(iso) : '';
  }
}
