import { ChangeDetectionStrategy, Component, computed, effect, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ApercuJson, MessageVue, RelanceSimulee } from '../../../api';
import { postNotificationsApercuRequest } from '../../../api/@angular/common.gen';
import { CadrePoste } from '../../../kernel/cadre';
import { lire } from '../../../kernel/data';
import { AfficheProbleme, Squelette } from '../../../kernel/etats';
import { FacturesDeRelance } from '../factures-de-relance';
import { direNiveau, voieDe, VOIES } from '../mots';

const ATTENTE_MS = 250;

/** One reminder that would leave: to whom, which invoices with the reason of each, and the message as it would be written. */
@Component({
  selector: 'app-detail-relance',
  imports: [FacturesDeRelance, RouterLink, CadrePoste, AfficheProbleme, Squelette],
  templateUrl: './detail.html',
  styleUrl: './detail.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DetailRelance {
  readonly relance = input.required<RelanceSimulee>();
  readonly exclu = input.required<boolean>();
  readonly basculer = output<void>();

  protected readonly voie = computed(() => VOIES[voieDe(this.relance())]);
  /** The reminder that the eyes rest on: those that are passed over are not written. */
  private readonly posee = signal<MessageVue | undefined>(undefined);
  protected readonly lecture = lire<ApercuJson>(() => {
    const body = this.posee();
    return body && postNotificationsApercuRequest({ body });
  });
  protected readonly arrivee = computed(() => !this.lecture.enCours() && this.posee() === this.relance().message);
  protected readonly contenu = computed(() => JSON.stringify(this.posee()));
  protected readonly direNiveau = direNiveau;

  constructor() {
    effect((avantLaSuivante) => {
      const { message } = this.relance();
      const minuterie = setTimeout(() => this.posee.set(message), ATTENTE_MS);
      avantLaSuivante(() => clearTimeout(minuterie));
    });
  }
}
