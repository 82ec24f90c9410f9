import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { EvenementVue, FactureVue } from '../../../api';
import { Probleme, problemeDe } from '../../../kernel/data';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { nomDe } from '../etats';
import { Actes } from './actes';

/** Asks before a document is mailed; says to whom, and what they were already sent. */
@Component({
  selector: 'app-dialogue-envoi',
  imports: [Dialogue, AfficheProbleme],
  template: `
    <app-dialogue i18n-titre titre="Envoyer par courriel" (fermer)="fermer.emit(undefined)" (principal)="envoyer()">
      <p i18n>
        <strong>{{ nom() }}</strong> part à <strong>{{ facture().client?.email }}</strong> ({{ facture().client?.nom_affiche }}), avec la
        page légale.
      </p>
      @for (envoi of envois(); track envoi.id) {
        <p class="attention" i18n>Déjà envoyée le {{ instant(envoi.enregistre_le) }}.</p>
      }
      <app-probleme [probleme]="probleme()" (reessayer)="envoyer()" />
      <p class="actions">
        <button type="button" class="principal" data-premier [disabled]="enCours()" (click)="envoyer()" i18n-title title="Ctrl+Entrée" i18n>
          Envoyer
        </button>
        <button type="button" (click)="fermer.emit(undefined)" i18n>Ne pas envoyer</button>
      </p>
    </app-dialogue>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialogueEnvoi {
  readonly facture = input.required<FactureVue>();
  readonly evenements = input<readonly EvenementVue[]>([]);
  /** What was done, in words; nothing when it was not. */
  readonly fermer = output<string | undefined>();
  protected readonly nom = computed(() => nomDe(this.facture()));
  protected readonly envois = computed(() => this.evenements().filter(({ type }) => type === 'ENVOI'));
  protected readonly instant = formaterInstant;
  protected readonly enCours = signal(false);
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  private readonly actes = inject(Actes);

  protected async envoyer(): Promise<void> {
    if (this.enCours()) return;
    this.enCours.set(true);
    this.probleme.set(undefined);
    try {
      this.fermer.emit(await this.actes.envoyer(this.facture()));
    } catch (erreur) {
      this.probleme.set(problemeDe(erreur));
    } finally {
      this.enCours.set(false);
    }
  }
}
