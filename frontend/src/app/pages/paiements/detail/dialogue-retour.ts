import { HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { form, FormField, required, validate } from '@angular/forms/signals';
import { PaiementJson } from '../../../api';
import { postPaiementsIdRejetRequest, postPaiementsIdRemboursementsRequest } from '../../../api/@angular/common.gen';
import { ChampDate, ChampMontant, ChampTexte } from '../../../kernel/champs';
import { Ecrite } from '../../../kernel/data';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme, Annonces } from '../../../kernel/etats';
import { aujourdHui } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { ResumeErreurs, Soumission } from '../../../kernel/formulaire';

/** Money that leaves again: given back by us, or taken back by the bank. */
export type Retour = 'remboursement' | 'rejet';

interface Saisie {
  montant_centimes: number | null;
  date: string;
  motif: string;
}

/** Usual reasons of a bank return (SEPA and cheques). */
const REJETS = [
  $localize`Provision insuffisante`,
  $localize`Compte clos`,
  $localize`Opposition du débiteur`,
  $localize`Coordonnées bancaires inexploitables`,
  $localize`Chèque impayé`,
];

/** Asks for what a refund or a bank return needs, says beforehand what it will do, and does it. */
@Component({
  selector: 'app-dialogue-retour',
  imports: [Dialogue, FormField, ChampDate, ChampMontant, ChampTexte, ResumeErreurs, AfficheProbleme],
  templateUrl: './dialogue-retour.html',
  styles: 'form { display: grid; gap: 0.6rem; } p { margin: 0; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialogueRetour {
  readonly sorte = input.required<Retour>();
  readonly paiement = input.required<PaiementJson>();
  readonly etag = input<string>();
  /** Closed without doing anything. */
  readonly fermer = output<void>();
  /** Done: the payment as it is now, and whether a service was out. */
  readonly fait = output<Ecrite<PaiementJson>>();

  protected readonly rejets = REJETS;
  protected readonly modele = linkedSignal<Saisie>(() => ({
    montant_centimes: this.paiement().non_affecte_centimes || this.paiement().remboursable_centimes,
    date: aujourdHui(),
    motif: '',
  }));
  protected readonly f = form(this.modele, (champs) => {
    required(champs.date, { message: $localize`La date manque.` });
    required(champs.motif, { message: $localize`Le motif manque.` });
    validate(champs.montant_centimes, ({ value }) => this.erreurDeMontant(value()));
  });
  protected readonly estRemboursement = computed(() => this.sorte() === 'remboursement');
  protected readonly soumission = new Soumission('retour de paiement');
  protected readonly titre = computed(() => (this.estRemboursement() ? $localize`Rembourser` : $localize`Rejet par la banque`));
  /** What of an amount is taken back from invoices, which reopen. */
  protected readonly rouvert = computed(() => Math.max((this.modele().montant_centimes ?? 0) - this.paiement().non_affecte_centimes, 0));
  private readonly annonces = inject(Annonces);

  protected async envoyer(): Promise<void> {
    const ecrite = await this.soumission.envoyer(this.f, () => this.requete(), { etag: this.etag() });
    if (!ecrite) return;
    this.annonces.dire(this.estRemboursement() ? $localize`Remboursement enregistré` : $localize`Rejet enregistré`);
    this.fait.emit(ecrite);
  }

  protected montant(centimes: number): string {
    return formaterMontant(centimes, this.paiement().devise);
  }

  private requete(): HttpRequest<PaiementJson> {
    const { montant_centimes, date, motif } = this.modele();
    const commun = { path: { id: this.paiement().id }, headers: { 'Idempotency-Key': '' } };
    return this.estRemboursement()
      ? postPaiementsIdRemboursementsRequest({ ...commun, body: { montant_centimes: montant_centimes ?? 0, date, motif: motif.trim() } })
      : postPaiementsIdRejetRequest({ ...commun, body: { date, motif: motif.trim() } });
  }

  private erreurDeMontant(centimes: number | null): { kind: string; message: string } | undefined {
    if (!this.estRemboursement()) return undefined;
    const plafond = this.paiement().remboursable_centimes;
    if (centimes === null || centimes <= 0) return { kind: 'min', message: $localize`Le montant à rendre manque.` };
    return centimes > plafond ? { kind: 'max', message: $localize`Au plus ${this.montant(plafond)} peuvent être rendus.` } : undefined;
  }
}
