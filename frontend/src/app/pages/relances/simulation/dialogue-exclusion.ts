import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { Dialogue } from '../../../kernel/dialogue';
import { direClients } from '../mots';
import { MotifsDExclusion } from './motifs';

/** The longest reason batch keeps. */
const LONGUEUR = 200;
const USUELS = [$localize`Accord de règlement en cours`, $localize`Réclamation en cours`, $localize`Paiement annoncé`];

/** Why clients are left out of the campaign; nobody is before it was said. */
@Component({
  selector: 'app-dialogue-exclusion',
  imports: [Dialogue],
  template: `
    <app-dialogue [titre]="titre()" (fermer)="fermer.emit(undefined)" (principal)="confirmer()">
      <p i18n>Ce passage seulement les laisse de côté ; le motif reste avec la campagne et paraît dans son rapport.</p>
      <label>
        <span i18n>Motif</span>
        <input
          #saisie
          data-premier
          autocomplete="off"
          list="motifs-d-exclusion"
          [maxLength]="longueur"
          [value]="motif()"
          [attr.aria-invalid]="manque()"
          (input)="motif.set(saisie.value); manque.set(false)"
          (keydown.enter)="confirmer()"
        />
      </label>
      <datalist id="motifs-d-exclusion">
        @for (un of proposes(); track un) {
          <option [value]="un"></option>
        }
      </datalist>
      @if (manque()) {
        <p class="mal" role="alert" i18n><span aria-hidden="true">✕</span> Le motif est à dire.</p>
      }
      <p class="actions">
        <button type="button" (click)="fermer.emit(undefined)" i18n>Ne pas exclure</button>
        <button type="button" class="principal" (click)="confirmer()" i18n-title title="Entrée" i18n>Exclure</button>
      </p>
    </app-dialogue>
  `,
  styles: `
    label {
      display: grid;
      gap: 0.2rem;
    }
    .actions {
      margin-top: 0.8rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialogueExclusion {
  /** How many clients, and the name of the only one. */
  readonly nombre = input.required<number>();
  readonly nom = input('');
  /** The reason, or nothing when nobody is to be left out. */
  readonly fermer = output<string | undefined>();

  private readonly motifs = inject(MotifsDExclusion);
  protected readonly longueur = LONGUEUR;
  protected readonly motif = signal('');
  protected readonly manque = signal(false);
  protected readonly proposes = computed(() => [...new Set([...this.motifs.connus(), ...USUELS])]);
  protected readonly titre = computed(() =>
    this.nombre() === 1 && this.nom() ? $localize`Exclure ${this.nom()}` : $localize`Exclure ${direClients(this.nombre())}`,
  );

  protected confirmer(): void {
    const motif = this.motif().trim();
    this.manque.set(!motif);
    if (motif) this.fermer.emit(motif);
  }
}
