import { HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import { form, FormField, maxLength, required } from '@angular/forms/signals';
import { NotificationEntiereJson } from '../../../api';
import { postNotificationsIdEnvoiPostalRequest } from '../../../api/@angular/common.gen';
import { ChampDate, ChampTexte } from '../../../kernel/champs';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme, Annonces } from '../../../kernel/etats';
import { aujourdHui } from '../../../kernel/format/date';
import { ResumeErreurs, Soumission } from '../../../kernel/formulaire';

/** Asks when a printed letter was posted, and writes it down: from then on it counts as sent. */
@Component({
  selector: 'app-dialogue-poste',
  imports: [Dialogue, FormField, ChampDate, ChampTexte, ResumeErreurs, AfficheProbleme],
  template: `
    <app-dialogue i18n-titre titre="Lettre postée" (fermer)="fermer.emit()" (principal)="noter()">
      <form novalidate (submit)="$event.preventDefault(); noter()">
        <app-resume-erreurs [formulaire]="f" [soumis]="soumission.soumis()" />
        <app-probleme [probleme]="soumission.probleme()" [reessayable]="false" />
        @if (soumission.inconnu()) {
          <p class="attention" role="status">
            <span aria-hidden="true">?</span>&ngsp;<ng-container i18n>Résultat inconnu, vérification en cours</ng-container>
          </p>
        }
        <p i18n>Rien ne part d'ici&nbsp;: vous notez que la lettre imprimée est à la poste. Une relance compte alors comme envoyée.</p>
        <app-champ-date i18n-libelle libelle="Postée le" data-premier [formField]="f.postee_le" />
        <app-champ-texte
          i18n-libelle
          libelle="Note"
          i18n-aide
          aide="Le numéro du recommandé, par exemple. Facultatif."
          [formField]="f.note"
        />
        <p class="actions">
          <button type="submit" class="principal" [disabled]="soumission.enCours()" i18n-title title="Ctrl+Entrée" i18n>
            Noter l'envoi postal
          </button>
          <button type="button" (click)="fermer.emit()" i18n>Annuler</button>
        </p>
      </form>
    </app-dialogue>
  `,
  styles: 'form { display: grid; gap: 0.6rem; } p { margin: 0; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialoguePoste {
  readonly notification = input.required<NotificationEntiereJson>();
  readonly etag = input<string>();
  readonly fermer = output<void>();
  readonly fait = output<void>();

  protected readonly modele = signal({ postee_le: aujourdHui(), note: '' });
  protected readonly f = form(this.modele, (champs) => {
    required(champs.postee_le, { message: $localize`La date manque.` });
    maxLength(champs.note, 500, { message: $localize`500 caractères au plus.` });
  });
  protected readonly soumission = new Soumission('envoi postal');
  private readonly annonces = inject(Annonces);

  protected async noter(): Promise<void> {
    const ecrite = await this.soumission.envoyer(this.f, () => this.requete(), { etag: this.etag() });
    if (!ecrite) return;
    this.annonces.dire($localize`Envoi postal noté`);
    this.fait.emit();
  }

  private requete(): HttpRequest<NotificationEntiereJson> {
    const { postee_le, note } = this.modele();
    return postNotificationsIdEnvoiPostalRequest({
      path: { id: this.notification().id },
      body: { postee_le, note: note.trim() || null },
    });
  }
}
