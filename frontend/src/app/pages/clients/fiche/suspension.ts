import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import { disabled, form, FormField, required, validate } from '@angular/forms/signals';
import { ClientJson } from '../../../api';
import { postClientsIdSuspensionRequest } from '../../../api/@angular/common.gen';
import { ChampDate, ChampTexte } from '../../../kernel/champs';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme, Annonces } from '../../../kernel/etats';
import { ResumeErreurs, Soumission } from '../../../kernel/formulaire';
import { aujourdHui } from '../../../kernel/format/date';

/** Why and until when a client's reminders are held. */
@Component({
  selector: 'app-suspension-client',
  imports: [Dialogue, FormField, ChampDate, ChampTexte, AfficheProbleme, ResumeErreurs],
  template: `
    <app-dialogue i18n-titre titre="Suspendre les relances" (fermer)="fermer.emit(undefined)" (principal)="envoyer()">
      <p i18n>Aucune relance ne part à ce client tant que la suspension dure, dernier jour compris.</p>
      <app-resume-erreurs [formulaire]="f" [soumis]="soumission.soumis()" />
      <app-champ-texte i18n-libelle libelle="Motif" [formField]="f.motif" />
      <app-champ-date i18n-libelle libelle="Jusqu'au" i18n-aide aide="31/12, +30…" [formField]="f.jusqu_au" />
      <p>
        <label><input type="checkbox" [formField]="f.sans_fin" /> <ng-container i18n>jusqu'à nouvel ordre</ng-container></label>
      </p>
      @if (soumission.inconnu()) {
        <p class="attention" role="status" i18n><span aria-hidden="true">?</span> Résultat inconnu, vérification en cours</p>
      }
      <app-probleme [probleme]="soumission.probleme()" [reessayable]="false" />
      <p class="actions">
        <button type="button" class="principal" [disabled]="soumission.enCours()" (click)="envoyer()" i18n-title title="Ctrl+Entrée" i18n>
          Suspendre
        </button>
        <button type="button" (click)="fermer.emit(undefined)" i18n>Annuler</button>
      </p>
    </app-dialogue>
  `,
  styles: `
    app-champ-texte,
    app-champ-date {
      margin-top: 0.6rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SuspensionClient {
  readonly id = input.required<string>();
  /** The client as it is now, `undefined` when nothing was done. */
  readonly fermer = output<ClientJson | undefined>();
  protected readonly soumission = new Soumission('suspension-client');
  private readonly modele = signal({ motif: '', jusqu_au: '', sans_fin: false });
  protected readonly f = form(this.modele, (chemin) => {
    required(chemin.motif, { message: $localize`Le motif est à dire : il sera lu dans la fiche.` });
    disabled(chemin.jusqu_au, { when: ({ valueOf }) => valueOf(chemin.sans_fin) });
    required(chemin.jusqu_au, { message: $localize`La date de fin est à dire, ou « jusqu'à nouvel ordre » à cocher.` });
    validate(chemin.jusqu_au, ({ value }) =>
      value() && value() < aujourdHui() ? { kind: 'passee', message: $localize`La date de fin est passée.` } : undefined,
    );
  });
  private readonly annonces = inject(Annonces);

  protected async envoyer(): Promise<void> {
    const { motif, jusqu_au, sans_fin } = this.modele();
    const body = { motif: motif.trim(), jusqu_au: sans_fin ? null : jusqu_au };
    const ecrite = await this.soumission.envoyer(this.f, () => postClientsIdSuspensionRequest({ path: { id: this.id() }, body }));
    if (!ecrite) return;
    this.annonces.dire($localize`Relances suspendues`);
    this.fermer.emit(ecrite.corps);
  }
}
