import { ChangeDetectionStrategy, Component, computed, inject, input, OnInit, output, signal } from '@angular/core';
import { ClientJson, GetPolitiquesResponse } from '../../../api';
import { getPolitiquesRequest } from '../../../api/@angular/common.gen';
import { ChampChoix, ChampDate, ChampTexte } from '../../../kernel/champs';
import { lire } from '../../../kernel/data';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme, Annonces } from '../../../kernel/etats';
import { aujourdHui } from '../../../kernel/format/date';
import { compter } from '../../../kernel/format/texte';
import { EtatAffiche } from '../../../kernel/table';
import { LotDeClients, Sort } from './lot';

/** What may be done to several clients at once. */
export type ActeDeLot = 'politique' | 'suspension' | 'levee';

const SORTS: Record<Sort, EtatAffiche> = {
  prete: { mot: $localize`Prêt`, signe: '○', ton: 'discret' },
  faite: { mot: $localize`Fait`, signe: '✓', ton: 'bien' },
  refusee: { mot: $localize`Refusé`, signe: '✕', ton: 'mal' },
  inconnue: { mot: $localize`Résultat inconnu`, signe: '?', ton: 'attention' },
};

const TITRES: Record<ActeDeLot, string> = {
  politique: $localize`Changer la politique de relance`,
  suspension: $localize`Suspendre les relances`,
  levee: $localize`Reprendre les relances`,
};

const URLS: Record<ActeDeLot, string> = {
  politique: '/api/clients/lots/politique',
  suspension: '/api/clients/lots/suspension',
  levee: '/api/clients/lots/levee-suspension',
};

/** Says beforehand whom a change concerns, does it, and says what came of each client. */
@Component({
  selector: 'app-dialogue-lot-clients',
  imports: [Dialogue, AfficheProbleme, ChampChoix, ChampDate, ChampTexte],
  templateUrl: './dialogue-lot.html',
  styleUrl: './dialogue-lot.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialogueLotClients implements OnInit {
  readonly acte = input.required<ActeDeLot>();
  readonly clients = input.required<readonly ClientJson[]>();
  /** Closed; `true` when something was done. */
  readonly fermer = output<boolean>();

  protected readonly sorts = SORTS;
  protected readonly lot = new LotDeClients('lot-clients');
  protected readonly politique = signal('');
  protected readonly motif = signal('');
  protected readonly jusquAu = signal('');
  protected readonly manque = signal('');
  protected readonly titre = computed(() => TITRES[this.acte()]);
  protected readonly combien = computed(() => compter(this.clients().length, $localize`client`, $localize`clients`));
  protected readonly prets = computed(() => this.lot.membres().length - this.lot.traites());
  protected readonly politiques = lire<GetPolitiquesResponse>(() =>
    this.acte() === 'politique' ? getPolitiquesRequest({ query: { limit: 200 } }) : undefined,
  );
  protected readonly choix = computed(() =>
    (this.politiques.valeur()?.elements ?? []).map(({ nom, libelle }) => ({ valeur: nom, libelle: libelle ? `${libelle} (${nom})` : nom })),
  );
  private readonly annonces = inject(Annonces);

  ngOnInit(): void {
    this.lot.choisir(this.clients());
  }

  protected async lancer(): Promise<void> {
    this.manque.set(this.cequiManque());
    if (this.manque() || this.lot.enCours() || !this.prets()) return;
    await this.lot.lancer(URLS[this.acte()], this.corps());
    if (!this.lot.probleme()) this.annonces.dire($localize`Terminé : ${this.lot.faits()} sur ${this.lot.membres().length}`);
  }

  protected reprendre(): void {
    this.lot.reprendre();
    void this.lancer();
  }

  protected quitter(): void {
    if (!this.lot.enCours()) this.fermer.emit(this.lot.faits() > 0);
  }

  private cequiManque(): string {
    if (this.acte() === 'politique' && !this.politique()) return $localize`La politique est à choisir.`;
    if (this.acte() !== 'suspension') return '';
    if (!this.motif().trim()) return $localize`Le motif est à dire : il sera lu dans la fiche de chaque client.`;
    if (!this.jusquAu()) return $localize`La date de fin est à dire : une suspension sans fin se décide client par client.`;
    return this.jusquAu() < aujourdHui() ? $localize`La date de fin est passée.` : '';
  }

  private corps(): object {
    if (this.acte() === 'politique') return { politique_relance: this.politique() };
    return this.acte() === 'suspension' ? { motif: this.motif().trim(), jusqu_au: this.jusquAu() } : {};
  }
}
