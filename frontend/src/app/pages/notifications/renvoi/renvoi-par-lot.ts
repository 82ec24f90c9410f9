import { ChangeDetectionStrategy, Component, computed, inject, input, OnInit, output, signal } from '@angular/core';
import { NotificationJson } from '../../../api';
import { Dialogue } from '../../../kernel/dialogue';
import { Annonces } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { compter } from '../../../kernel/format/texte';
import { EtatAffiche } from '../../../kernel/table';
import { LotDeRenvois, Sort } from './lot';

const SORTS: Record<Sort, EtatAffiche> = {
  exclue: { mot: $localize`Laissée de côté`, signe: '–', ton: 'discret' },
  prete: { mot: $localize`Prête`, signe: '○', ton: 'discret' },
  faite: { mot: $localize`Fait`, signe: '✓', ton: 'bien' },
  refusee: { mot: $localize`Refusé`, signe: '✕', ton: 'mal' },
  inconnue: { mot: $localize`Résultat inconnu`, signe: '?', ton: 'attention' },
};

/** Asks why several notifications are to be sent again, says which were received already, and what came of each. */
@Component({
  selector: 'app-renvoi-par-lot',
  imports: [Dialogue],
  providers: [LotDeRenvois],
  templateUrl: './renvoi-par-lot.html',
  styleUrl: './renvoi-par-lot.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RenvoiParLot implements OnInit {
  readonly notifications = input.required<readonly NotificationJson[]>();
  /** Closed; `true` when something was sent again. */
  readonly fermer = output<boolean>();

  protected readonly lot = inject(LotDeRenvois);
  protected readonly sorts = SORTS;
  protected readonly instant = formaterInstant;
  protected readonly motif = signal('');
  protected readonly motifManque = signal(false);
  protected readonly combien = computed(() => compter(this.lot.prets(), $localize`notification`, $localize`notifications`));
  protected readonly dejaRecues = computed(
    () => this.lot.membres().filter(({ sort, notification }) => sort === 'prete' && notification.envoyee_le).length,
  );
  private readonly annonces = inject(Annonces);

  ngOnInit(): void {
    this.lot.preparer(this.notifications());
  }

  protected async lancer(): Promise<void> {
    this.motifManque.set(!this.motif().trim());
    if (this.motifManque() || this.lot.enCours() || !this.lot.prets()) return;
    await this.lot.lancer(this.motif().trim());
    this.annonces.dire($localize`Terminé : ${this.lot.faits()} remises en file, ${this.lot.aReprendre()} non.`);
  }

  protected reprendre(): void {
    this.lot.reprendre();
    void this.lancer();
  }
}
