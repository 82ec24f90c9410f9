import { ChangeDetectionStrategy, Component, inject, input, output, viewChild } from '@angular/core';
import { Annonces } from '../../../kernel/etats';
import { Confirmation } from '../commun/confirmation';
import { ChampMotif } from '../commun/motif';
import { motifDe, Ordre } from '../parc/interrogation';
import { adresseAuRegistre, LigneInstance, MOTIF_GARDE } from './lignes';

/** Takes an instance out of service or puts it back, after saying what that does and asking why. */
@Component({
  selector: 'app-imposer',
  imports: [Confirmation, ChampMotif],
  template: `
    <app-confirmation
      [titre]="titre()"
      [action]="action()"
      [danger]="hors()"
      [enCours]="ordre.enCours()"
      [probleme]="ordre.reponses()[0]?.probleme"
      (confirmer)="faire()"
      (fermer)="fermer.emit()"
    >
      @if (hors()) {
        <p i18n>
          <strong>{{ ligne().instance.id }}</strong> continue de tourner, mais la passerelle et les services ne lui envoient plus rien d'ici
          quelques secondes. Cela dure jusqu'à ce que quelqu'un la remette en service.
        </p>
        @if (seule()) {
          <p class="mal" i18n>
            <span aria-hidden="true">✕</span> C'est la seule instance en service de {{ ligne().cible.application }} : plus personne ne
            répondra à sa place.
          </p>
        }
      } @else {
        <p i18n>
          L'état imposé à <strong>{{ ligne().instance.id }}</strong> est levé : elle reçoit de nouveau des requêtes d'ici quelques secondes.
        </p>
      }
      <app-motif [note]="note" />
    </app-confirmation>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Imposer {
  readonly ligne = input.required<LigneInstance>();
  readonly lien = input.required<string | undefined>();
  /** Out of service, or back. */
  readonly hors = input.required<boolean>();
  /** Nobody else of its application would be called. */
  readonly seule = input.required<boolean>();
  readonly fait = output<void>();
  readonly fermer = output<void>();
  protected readonly ordre = new Ordre<unknown>();
  private readonly annonces = inject(Annonces);
  protected readonly note = MOTIF_GARDE;
  private readonly motif = viewChild.required(ChampMotif);

  protected titre(): string {
    return this.hors() ? $localize`Mettre une instance hors service` : $localize`Remettre une instance en service`;
  }

  protected action(): string {
    return this.hors() ? $localize`Mettre hors service` : $localize`Remettre en service`;
  }

  protected async faire(): Promise<void> {
    const motif = this.motif().exiger();
    if (!motif) return;
    const { cible } = this.ligne();
    const [methode, valeur] = this.hors() ? ['PUT', 'OUT_OF_SERVICE'] : ['DELETE', 'UP'];
    await this.ordre.donner(
      [cible],
      methode,
      () => `${adresseAuRegistre(cible, this.lien())}/status?value=${valeur}&motif=${encodeURIComponent(motif)}`,
    );
    const reponse = this.ordre.reponses()[0];
    if (!reponse?.lueLe) {
      this.annonces.dire(reponse ? motifDe(reponse) : '');
      return;
    }
    this.annonces.dire(
      this.hors() ? $localize`${cible.instance.id} est hors service` : $localize`${cible.instance.id} est remise en service`,
    );
    this.fait.emit();
  }
}
