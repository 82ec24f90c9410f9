import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { Annonces } from '../../../kernel/etats';
import { Confirmation } from '../commun/confirmation';
import { motifDe, Ordre } from '../parc/interrogation';
import { LigneDisjoncteur } from './disjoncteurs-json';

/** What Resilience4j calls it, and what it means. */
interface Commande {
  readonly nom: 'CLOSE' | 'FORCE_OPEN' | 'DISABLE';
  readonly titre: string;
  readonly effet: string;
}

const COMMANDES: readonly Commande[] = [
  { nom: 'CLOSE', titre: $localize`Fermer le disjoncteur`, effet: $localize`Les appels passent, et ses mesures recommencent à zéro.` },
  {
    nom: 'FORCE_OPEN',
    titre: $localize`Ouvrir de force`,
    effet: $localize`Tous les appels sont refusés, même si le service répond : ses utilisateurs voient une panne.`,
  },
  {
    nom: 'DISABLE',
    titre: $localize`Désactiver`,
    effet: $localize`Tous les appels passent sans être comptés, même si le service est en panne.`,
  },
];

/** Puts a breaker into a state by hand, after saying what that does. */
@Component({
  selector: 'app-forcer-disjoncteur',
  imports: [Confirmation],
  template: `
    <app-confirmation
      [titre]="titre()"
      [action]="commande().titre"
      [danger]="commande().nom !== 'CLOSE'"
      [enCours]="ordre.enCours()"
      [probleme]="ordre.reponses()[0]?.probleme"
      (confirmer)="faire()"
      (fermer)="fermer.emit()"
    >
      <fieldset>
        <legend class="lu" i18n>État voulu</legend>
        @for (choix of commandes; track choix.nom) {
          <p>
            <label
              ><input type="radio" name="commande" [checked]="choix.nom === commande().nom" (change)="commande.set(choix)" />
              <strong>{{ choix.titre }}</strong></label
            ><br />
            <span class="discret">{{ choix.effet }}</span>
          </p>
        }
      </fieldset>
      @if (commande().nom !== 'CLOSE') {
        <p class="attention" i18n>
          <span aria-hidden="true">⚠</span> Cela dure jusqu'à ce que quelqu'un le ferme ici, ou que l'instance redémarre.
        </p>
      }
      @if (ordre.reponses()[0]?.absente) {
        <p class="mal" role="alert" i18n><span aria-hidden="true">✕</span> Cette instance ne laisse pas forcer ses disjoncteurs.</p>
      }
    </app-confirmation>
  `,
  styles: `
    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ForcerDisjoncteur {
  readonly ligne = input.required<LigneDisjoncteur>();
  readonly fait = output<void>();
  readonly fermer = output<void>();
  protected readonly commandes = COMMANDES;
  /** What was forced is closed again, anything else opened. */
  protected readonly commande = linkedSignal(() => COMMANDES[FORCES.has(this.ligne().brut.state) ? 0 : 1] as Commande);
  protected readonly titre = computed(() => $localize`Disjoncteur ${this.ligne().nom} de ${this.ligne().cible.instance.id}`);
  protected readonly ordre = new Ordre<unknown>();
  private readonly annonces = inject(Annonces);

  protected async faire(): Promise<void> {
    const { cible, nom } = this.ligne();
    const adresse = cible.instance.lien === null ? undefined : `${cible.instance.lien}/circuitbreakers/${encodeURIComponent(nom)}`;
    await this.ordre.donner([cible], 'POST', () => adresse, { updateState: this.commande().nom });
    const reponse = this.ordre.reponses()[0];
    if (reponse?.lueLe) {
      this.annonces.dire($localize`${nom} : ${this.commande().titre}, fait`);
      this.fait.emit();
    } else if (reponse) this.annonces.dire(motifDe(reponse));
  }
}

const FORCES: ReadonlySet<string> = new Set(['FORCED_OPEN', 'DISABLED', 'METRICS_ONLY']);
