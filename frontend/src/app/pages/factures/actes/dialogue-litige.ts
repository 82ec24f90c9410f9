import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { form, FormField, maxLength, required, validate } from '@angular/forms/signals';
import { FactureVue } from '../../../api';
import { deleteFacturesIdLitigeRequest, postFacturesIdLitigeRequest } from '../../../api/@angular/common.gen';
import { ChampDate } from '../../../kernel/champs';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme } from '../../../kernel/etats';
import { aujourdHui, formaterDate, plusJours } from '../../../kernel/format/date';
import { ResumeErreurs, Soumission } from '../../../kernel/formulaire';

/** Opens a dispute, or closes the one under way: dated intervals that stay in the books. */
@Component({
  selector: 'app-dialogue-litige',
  imports: [Dialogue, FormField, ChampDate, ResumeErreurs, AfficheProbleme],
  templateUrl: './dialogue-litige.html',
  styleUrl: './dialogues.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialogueLitige {
  readonly facture = input.required<FactureVue>();
  readonly fermer = output<string | undefined>();
  protected readonly enCours = computed(() => this.facture().litige);
  protected readonly titre = computed(() => (this.enCours() ? $localize`Clore le litige` : $localize`Ouvrir un litige`));
  protected readonly date = formaterDate;
  protected readonly modele = signal({ motif: '', jour: '' });
  protected readonly formulaire = form(this.modele, (f) => {
    required(f.motif, { message: $localize`Le motif est à dire : il sera lu dans l'histoire de la facture.`, when: () => !this.enCours() });
    maxLength(f.motif, 500, { message: $localize`500 caractères au plus.` });
    validate(f.jour, ({ value }) =>
      value() > aujourdHui() ? { kind: 'date-future', message: $localize`Cette date est postérieure à aujourd'hui.` } : undefined,
    );
  });
  private readonly ouverture = new Soumission('litige');
  /** A closing has no idempotency key: it is not repeated by itself. */
  private readonly cloture = new Soumission();
  protected get soumission(): Soumission {
    return this.enCours() ? this.cloture : this.ouverture;
  }
  protected readonly hier = formaterDate(plusJours(aujourdHui(), -1));

  protected async faire(): Promise<void> {
    const [{ id }, { motif, jour }, enCours] = [this.facture(), this.modele(), this.enCours()];
    const ecrite = await this.soumission.envoyer(
      this.formulaire,
      () =>
        enCours
          ? deleteFacturesIdLitigeRequest({ path: { id }, query: { ...(jour && { jusqu_au: jour }) } })
          : postFacturesIdLitigeRequest({ path: { id }, body: { motif: motif.trim(), ...(jour && { depuis: jour }) } }),
      { pointeurs: (pointer) => (/depuis|jusqu_au/.test(pointer) ? '/jour' : pointer) },
    );
    if (ecrite) this.fermer.emit(enCours ? $localize`Litige clos.` : $localize`Litige ouvert.`);
  }
}
