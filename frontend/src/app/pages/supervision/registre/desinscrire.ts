import { ChangeDetectionStrategy, Component, inject, input, output, viewChild } from '@angular/core';
import { Annonces } from '../../../kernel/etats';
import { Confirmation } from '../commun/confirmation';
import { ChampMotif } from '../commun/motif';
import { motifDe, Ordre } from '../parc/interrogation';
import { adresseAuRegistre, LigneInstance, MOTIF_GARDE } from './lignes';

/** Takes an instance out of the registry, after saying what that does and asking why. */
@Component({
  selector: 'app-desinscrire',
  imports: [Confirmation, ChampMotif],
  template: `
    <app-confirmation
      i18n-titre
      titre="Désinscrire une instance"
      i18n-action
      action="Désinscrire"
      [danger]="true"
      [enCours]="ordre.enCours()"
      [probleme]="ordre.reponses()[0]?.probleme"
      (confirmer)="faire()"
      (fermer)="fermer.emit()"
    >
      <p i18n>
        <strong>{{ ligne().instance.id }}</strong> disparaît du registre, avec l'état qu'un opérateur lui aurait imposé. Si elle tourne
        encore, elle revient d'elle-même : à son prochain battement le registre lui répond qu'il ne la connaît pas (404), et elle s'inscrit
        de nouveau. Pour l'écarter durablement, mettez-la hors service.
      </p>
      @if (seule()) {
        <p class="mal" i18n>
          <span aria-hidden="true">✕</span> C'est la seule instance en service de son application : jusqu'à son retour, plus personne ne
          répondra à sa place.
        </p>
      }
      <app-motif [note]="note" />
    </app-confirmation>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Desinscrire {
  readonly ligne = input.required<LigneInstance>();
  readonly lien = input.required<string | undefined>();
  /** Nobody else of its application would be called. */
  readonly seule = input.required<boolean>();
  readonly fait = output<void>();
  readonly fermer = output<void>();
  protected readonly ordre = new Ordre<unknown>();
  private readonly annonces = inject(Annonces);
  protected readonly note = MOTIF_GARDE;
  private readonly motif = viewChild.required(ChampMotif);

  protected async faire(): Promise<void> {
    const motif = this.motif().exiger();
    if (!motif) return;
    const { cible } = this.ligne();
    const adresse = `${adresseAuRegistre(cible, this.lien())}?motif=${encodeURIComponent(motif)}`;
    await this.ordre.donner([cible], 'DELETE', () => adresse);
    const reponse = this.ordre.reponses()[0];
    if (reponse?.lueLe || reponse?.absente) {
      this.annonces.dire($localize`${cible.instance.id} est désinscrite`);
      this.fait.emit();
    } else if (reponse) this.annonces.dire(motifDe(reponse));
  }
}
