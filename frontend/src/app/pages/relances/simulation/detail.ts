import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { MessageVue, RelanceSimulee } from '../../../api';
import { ApercuRelance } from '../../../kernel/relances';
import { FacturesDeRelance } from '../factures-de-relance';
import { direNiveau, voieDe, VOIES } from '../mots';
import { MotifsDExclusion } from './motifs';
import { ToucheEnTitre } from '../../../kernel/clavier';

const ATTENTE_MS = 250;

/** One reminder that would leave: to whom, which invoices with the reason of each, and the message as it would be written. */
@Component({
  selector: 'app-detail-relance',
  imports: [ApercuRelance, FacturesDeRelance, RouterLink, ToucheEnTitre],
  templateUrl: './detail.html',
  styleUrl: './detail.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DetailRelance {
  readonly relance = input.required<RelanceSimulee>();
  readonly exclu = input.required<boolean>();
  readonly basculer = output<void>();

  protected readonly voie = computed(() => VOIES[voieDe(this.relance())]);
  private readonly motifs = inject(MotifsDExclusion);
  /** Why it is left out, after a colon. */
  protected readonly motif = computed(() => {
    const motif = this.motifs.de(this.relance().client_id);
    return motif && `\u00a0: ${motif}`;
  });
  /** The reminder that the eyes rest on: those that are passed over are not written. */
  protected readonly posee = signal<MessageVue | undefined>(undefined);
  protected readonly direNiveau = direNiveau;

  constructor() {
    effect((avantLaSuivante) => {
      const { message } = this.relance();
      const minuterie = setTimeout(() => this.posee.set(message), ATTENTE_MS);
      avantLaSuivante(() => clearTimeout(minuterie));
    });
  }
}
