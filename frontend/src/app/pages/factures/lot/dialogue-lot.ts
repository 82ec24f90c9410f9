import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { FactureVue } from '../../../api';
import { Dialogue } from '../../../kernel/dialogue';
import { Annonces } from '../../../kernel/etats';
import { compter } from '../../../kernel/format/texte';
import { EtatAffiche } from '../../../kernel/table';
import { Actes, motifSansEnvoi, motifSansLitige } from '../actes/actes';
import { nomDe } from '../etats';
import { Lot, Sort } from './lot';

/** What may be done to several documents at once. */
export type ActeDeLot = 'envoi' | 'litige';

const SORTS: Record<Sort, EtatAffiche> = {
  exclue: { mot: $localize`Laissée de côté`, signe: '–', ton: 'discret' },
  prete: { mot: $localize`Prête`, signe: '○', ton: 'discret' },
  enCours: { mot: $localize`En cours`, signe: '◌', ton: 'discret' },
  faite: { mot: $localize`Fait`, signe: '✓', ton: 'bien' },
  refusee: { mot: $localize`Refusé`, signe: '✕', ton: 'mal' },
  inconnue: { mot: $localize`Résultat inconnu`, signe: '?', ton: 'attention' },
};

/** Says beforehand what will happen to each document, does it one by one, and says what came of each. */
@Component({
  selector: 'app-dialogue-lot',
  imports: [Dialogue],
  templateUrl: './dialogue-lot.html',
  styleUrl: './dialogue-lot.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialogueLot {
  readonly acte = input.required<ActeDeLot>();
  readonly factures = input.required<readonly FactureVue[]>();
  /** Closed; `true` when something was done. */
  readonly fermer = output<boolean>();

  protected readonly sorts = SORTS;
  protected readonly nomDe = nomDe;
  protected readonly motif = signal('');
  protected readonly motifManque = signal(false);
  /** The documents as they were when the dialog opened: what is done does not change them under our hands. */
  protected readonly lot = linkedSignal<readonly FactureVue[], Lot>({
    source: this.factures,
    computation: (factures, avant) => avant?.value ?? new Lot(factures, this.acte() === 'envoi' ? motifSansEnvoi : motifSansLitige),
  });
  protected readonly titre = computed(() => (this.acte() === 'envoi' ? $localize`Envoyer par courriel` : $localize`Mettre en litige`));
  protected readonly combien = computed(() => compter(this.lot().nombre('prete'), $localize`document`, $localize`documents`));
  private readonly actes = inject(Actes);
  private readonly annonces = inject(Annonces);

  protected async lancer(): Promise<void> {
    const lot = this.lot();
    this.motifManque.set(this.acte() === 'litige' && !this.motif().trim());
    if (this.motifManque() || lot.enCours() || !lot.nombre('prete')) return;
    await lot.lancer((facture) =>
      this.acte() === 'envoi' ? this.actes.envoyer(facture) : this.actes.mettreEnLitige(facture, this.motif().trim()),
    );
    this.annonces.dire($localize`Terminé : ${lot.nombre('faite')} sur ${lot.retenus()}`);
  }

  protected reprendre(): void {
    this.lot().reprendre();
    void this.lancer();
  }

  protected quitter(): void {
    if (this.lot().enCours()) this.lot().arreter();
    else this.fermer.emit(this.lot().nombre('faite') > 0);
  }
}
