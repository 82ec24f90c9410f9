import { ChangeDetectionStrategy, Component, computed, input, linkedSignal, output } from '@angular/core';
import { form, FormField, max, min, required } from '@angular/forms/signals';
import { EcartJson, FactureVue } from '../../../api';
import { postFacturesIdEcartsRequest } from '../../../api/@angular/common.gen';
import { ChampMontant } from '../../../kernel/champs';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme } from '../../../kernel/etats';
import { formaterMontant } from '../../../kernel/format/montant';
import { ResumeErreurs, Soumission } from '../../../kernel/formulaire';
import { MOTIFS_ECART } from '../recits';

/** Writes off all or part of what is due, with a reason. */
@Component({
  selector: 'app-dialogue-ecart',
  imports: [Dialogue, FormField, ChampMontant, ResumeErreurs, AfficheProbleme],
  template: `
    <app-dialogue i18n-titre titre="Passer un écart" (fermer)="fermer.emit(undefined)" (principal)="passer()">
      <p i18n>
        Solde tout ou partie du reste dû sans paiement. Le chiffre d'affaires et la TVA ne changent pas&nbsp;: pour cela, faire un avoir.
      </p>
      <app-resume-erreurs [formulaire]="formulaire" [soumis]="soumission.soumis()" />
      <app-probleme [probleme]="soumission.probleme()" (reessayer)="passer()" />
      <app-champ-montant i18n-libelle libelle="Montant de l'écart" [aide]="aide()" [formField]="formulaire.montant_centimes" />
      <label class="choix">
        <span i18n>Motif</span>
        <select [formField]="formulaire.motif">
          @for (motif of motifs; track motif[0]) {
            <option [value]="motif[0]">{{ motif[1] }}</option>
          }
        </select>
      </label>
      @if (soumission.inconnu()) {
        <p class="attention" role="status" i18n>Résultat inconnu, vérification en cours.</p>
      }
      <p class="actions">
        <button type="button" class="principal" [disabled]="soumission.enCours()" (click)="passer()" i18n-title title="Ctrl+Entrée" i18n>
          Passer l'écart
        </button>
        <button type="button" (click)="fermer.emit(undefined)" i18n>Abandonner</button>
      </p>
    </app-dialogue>
  `,
  styleUrl: './dialogues.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialogueEcart {
  readonly facture = input.required<FactureVue>();
  readonly fermer = output<string | undefined>();
  protected readonly motifs = Object.entries(MOTIFS_ECART);
  protected readonly aide = computed(() => $localize`Reste dû : ${formaterMontant(this.facture().reste_centimes, this.facture().devise)}`);
  protected readonly modele = linkedSignal<{ montant_centimes: number | null; motif: EcartJson['motif'] }>(() => ({
    montant_centimes: this.facture().reste_centimes,
    motif: 'PETITE_DIFFERENCE',
  }));
  protected readonly formulaire = form(this.modele, (f) => {
    required(f.montant_centimes, { message: $localize`Quel montant ?` });
    min(f.montant_centimes, 1, { message: $localize`Un écart est positif.` });
    max(f.montant_centimes, () => this.facture().reste_centimes, { message: $localize`Au plus le reste dû.` });
  });
  protected readonly soumission = new Soumission('ecart');

  protected async passer(): Promise<void> {
    const { id } = this.facture();
    const ecrite = await this.soumission.envoyer(this.formulaire, () =>
      postFacturesIdEcartsRequest({ path: { id }, body: { ...this.modele(), montant_centimes: this.modele().montant_centimes ?? 0 } }),
    );
    if (ecrite) this.fermer.emit($localize`Écart de ${formaterMontant(ecrite.corps.montant_centimes, this.facture().devise)} passé.`);
  }
}
