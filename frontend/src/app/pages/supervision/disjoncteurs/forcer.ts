import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { Annonces } from '../../../kernel/etats';
import { Confirmation } from '../commun/confirmation';
import { ChampMotif } from '../commun/motif';
import { motifDe, Ordre } from '../parc/interrogation';
import { LigneDisjoncteur, OrdreTenu } from './disjoncteurs-json';

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
  imports: [Confirmation, ChampMotif],
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
        <div class="champs">
          <app-motif [(texte)]="motif" [reproche]="reproche" />
          <label
            ><ng-container i18n>Durée</ng-container>
            <select #choixDuree name="duree" (change)="duree.set(choixDuree.value)">
              @for (choix of durees; track choix.valeur) {
                <option [value]="choix.valeur" [selected]="choix.valeur === duree()">{{ choix.titre }}</option>
              }
            </select></label
          >
        </div>
        <p class="attention">
          <span aria-hidden="true">⚠</span>
          @if (duree()) {
            <ng-container i18n
              >L'instance garde cette heure et referme le disjoncteur elle-même, même si cette page est fermée. Son redémarrage la lui fait
              oublier.</ng-container
            >
          } @else {
            <ng-container i18n>Cela dure jusqu'à ce que quelqu'un le ferme ici, ou que l'instance redémarre.</ng-container>
          }
        </p>
      }
      @if (sansFin()) {
        <p class="mal" role="alert" i18n>
          <span aria-hidden="true">✕</span> C'est fait, mais cette instance n'a pas retenu l'heure de fin : il faudra le refermer à la main.
        </p>
      }
      @if (ordre.reponses()[0]?.absente) {
        <p class="mal" role="alert" i18n><span aria-hidden="true">✕</span> Cette instance ne laisse pas forcer ses disjoncteurs.</p>
      }
    </app-confirmation>
  `,
  styles: `
    .champs {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem 1rem;
    }
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
  protected readonly durees = DUREES;
  protected readonly motif = signal('');
  protected readonly duree = signal('15m');
  protected readonly reproche = $localize`Dites pourquoi : le motif est montré ici.`;
  /** The instance did it without keeping the end. */
  protected readonly sansFin = signal(false);
  private readonly champ = viewChild(ChampMotif);
  protected readonly titre = computed(() => $localize`Disjoncteur ${this.ligne().nom} de ${this.ligne().cible.instance.id}`);
  protected readonly ordre = new Ordre<Issue>();
  private readonly annonces = inject(Annonces);

  protected async faire(): Promise<void> {
    if (this.commande().nom !== 'CLOSE' && !this.champ()?.exiger()) return;
    const { cible, nom } = this.ligne();
    const adresse = cible.instance.lien === null ? undefined : `${cible.instance.lien}/circuitbreakers/${encodeURIComponent(nom)}`;
    const corps = this.corps();
    await this.ordre.donner([cible], 'POST', () => adresse, corps);
    const reponse = this.ordre.reponses()[0];
    if (!reponse?.lueLe) {
      if (reponse) this.annonces.dire(motifDe(reponse));
      return;
    }
    this.annonces.dire($localize`${nom} : ${this.commande().titre}, fait`);
    this.sansFin.set(corps.duration !== undefined && !reponse.corps?.forced?.until);
    if (!this.sansFin()) this.fait.emit();
  }

  private corps(): { updateState: string; reason?: string; duration?: string } {
    const updateState = this.commande().nom;
    if (updateState === 'CLOSE') return { updateState };
    return { updateState, reason: this.motif().trim(), ...(this.duree() ? { duration: this.duree() } : {}) };
  }
}

/** What an instance answers; plain Resilience4j leaves `forced` out. */
interface Issue {
  readonly forced?: OrdreTenu;
}

/** How long, in the actuator's words; empty: until somebody closes it. */
const DUREES = [
  { valeur: '5m', titre: $localize`5 minutes` },
  { valeur: '15m', titre: $localize`15 minutes` },
  { valeur: '1h', titre: $localize`1 heure` },
  { valeur: '', titre: $localize`jusqu'à nouvel ordre` },
] as const;

const FORCES: ReadonlySet<string> = new Set(['FORCED_OPEN', 'DISABLED', 'METRICS_ONLY']);
