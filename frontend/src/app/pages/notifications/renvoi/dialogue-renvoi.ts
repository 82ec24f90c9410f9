import { HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { form, FormField, required, validate } from '@angular/forms/signals';
import { NotificationEntiereJson, RenvoiAccepteJson } from '../../../api';
import { postNotificationsIdRenvoiRequest } from '../../../api/@angular/common.gen';
import { ChampTexte } from '../../../kernel/champs';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme, Annonces } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { ResumeErreurs, Soumission } from '../../../kernel/formulaire';
import { adresseDe, estAConfirmer, estSansAdresse } from '../etats';

interface Saisie {
  motif: string;
  ailleurs: boolean;
  email: string;
  telephone: string;
}

/** Asks why a notification is to be sent again, shows what was received already, and sends it. */
@Component({
  selector: 'app-dialogue-renvoi',
  imports: [Dialogue, FormField, ChampTexte, ResumeErreurs, AfficheProbleme],
  templateUrl: './dialogue-renvoi.html',
  styles: 'form { display: grid; gap: 0.6rem; } p, ul { margin: 0; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialogueRenvoi {
  readonly notification = input.required<NotificationEntiereJson>();
  readonly etag = input<string>();
  readonly fermer = output<void>();
  readonly fait = output<void>();

  protected readonly modele = signal<Saisie>({ motif: '', ailleurs: false, email: '', telephone: '' });
  protected readonly f = form(this.modele, (champs) => {
    required(champs.motif, { message: $localize`Le motif manque.` });
    validate(champs.email, ({ value, valueOf }) =>
      valueOf(champs.ailleurs) && !value().trim() && !valueOf(champs.telephone).trim()
        ? { kind: 'required', message: $localize`Une adresse ou un téléphone manque.` }
        : undefined,
    );
  });
  protected readonly soumission = new Soumission('renvoi');
  protected readonly sansAdresse = computed(() => estSansAdresse(this.notification()));
  protected readonly titre = computed(() =>
    estAConfirmer(this.notification()) ? $localize`Confirmer l'envoi` : $localize`Renvoyer la notification`,
  );
  protected readonly ou = computed(() => adresseDe(this.notification()));
  /** What was received before, or may have been. */
  protected readonly dejaRecues = computed(() =>
    this.notification().tentatives.filter(({ resultat }) => resultat === 'ACCEPTEE' || resultat === 'POSTEE' || resultat === 'INCONNUE'),
  );
  protected readonly instant = formaterInstant;
  private readonly annonces = inject(Annonces);

  protected async envoyer(): Promise<void> {
    const pointeurs = (pointer: string): string => pointer.replace('/destinataire/', '/').replace(/^\/destinataire$/, '/email');
    const ecrite = await this.soumission.envoyer(this.f, () => this.requete(), { etag: this.etag(), pointeurs });
    if (!ecrite) return;
    this.annonces.dire($localize`Remise en file d'envoi`);
    this.fait.emit();
  }

  private requete(): HttpRequest<RenvoiAccepteJson> {
    const { motif, ailleurs, email, telephone } = this.modele();
    const destinataire = ailleurs ? { email: email.trim() || null, telephone: telephone.trim() || null } : null;
    return postNotificationsIdRenvoiRequest({ path: { id: this.notification().id }, body: { motif: motif.trim(), destinataire } });
  }
}
