import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { FactureVue } from '../../../api';
import { Disponibilite, Probleme, problemeDe } from '../../../kernel/data';
import { AfficheProbleme, Annonces } from '../../../kernel/etats';
import { compter } from '../../../kernel/format/texte';
import { enregistrerCsv, joindreCsv, lireCsv } from '../../../kernel/liste';
import { sommes } from '../sommes';
import { ActeDeLot, DialogueLot } from './dialogue-lot';

/** So many identifiers fit the address of one request. */
const PAR_REQUETE = 80;

/** What may be done with the documents chosen in the list: how many, their sum, mail, dispute, CSV. */
@Component({
  selector: 'app-barre-lot',
  imports: [AfficheProbleme, DialogueLot],
  template: `
    <section class="lot ecran" i18n-aria-label aria-label="Documents choisis">
      <strong>{{ combien() }}</strong>
      @for (somme of sommes(); track somme) {
        <span class="nombre">{{ somme }}</span>
      }
      <button type="button" [disabled]="enPanne()" (click)="acte.set('envoi')" i18n>Envoyer par courriel…</button>
      <button type="button" [disabled]="enPanne()" (click)="acte.set('litige')" i18n>Mettre en litige…</button>
      <button type="button" [disabled]="enExport()" (click)="exporter()" i18n>CSV de la sélection</button>
      <button type="button" [disabled]="!toutPossible()" (click)="tout.emit()" i18n>
        Tout choisir ({{ total().toLocaleString('fr-FR') }})
      </button>
      <button type="button" (click)="vider.emit()" i18n-title title="Ne plus rien choisir (Échap)" i18n>Ne plus rien choisir</button>
      @if (enPanne()) {
        <span class="discret" i18n>facture-service ne répond pas : rien ne peut être écrit.</span>
      }
      @if (!toutPossible()) {
        <span class="discret" i18n>Au plus {{ limite.toLocaleString('fr-FR') }} à la fois : filtrez d'abord.</span>
      }
    </section>
    <app-probleme [probleme]="probleme()" (reessayer)="exporter()" />
    @if (acte(); as choisi) {
      <app-dialogue-lot [acte]="choisi" [factures]="factures()" (fermer)="finir($event)" />
    }
  `,
  styles: `
    .lot {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem 0.75rem;
      align-items: center;
      padding: 0.35rem 0.6rem;
      background: var(--choisi);
      border: 1px solid var(--accent);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BarreLot {
  readonly factures = input.required<readonly FactureVue[]>();
  /** Size of the whole filtered set. */
  readonly total = input.required<number>();
  /** Names of the columns on screen, for the CSV; empty for the usual ones. */
  readonly colonnes = input('');
  readonly tri = input('');
  readonly vider = output<void>();
  readonly tout = output<void>();
  /** Something was changed: the list is read again. */
  readonly ecrit = output<void>();

  protected readonly limite = 1_000;
  protected readonly acte = signal<ActeDeLot | undefined>(undefined);
  protected readonly enExport = signal(false);
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  protected readonly combien = computed(() => compter(this.factures().length, $localize`document choisi`, $localize`documents choisis`));
  protected readonly sommes = computed(() => sommes(this.factures()));
  protected readonly toutPossible = computed(() => this.total() <= this.limite);
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('facture-service'));
  private readonly disponibilite = inject(Disponibilite);
  private readonly http = inject(HttpClient);
  private readonly annonces = inject(Annonces);

  protected finir(fait: boolean): void {
    this.acte.set(undefined);
    if (fait) this.ecrit.emit();
  }

  /** The documents chosen, in the columns and the order on screen. */
  protected async exporter(): Promise<void> {
    this.enExport.set(true);
    this.probleme.set(undefined);
    try {
      enregistrerCsv(joindreCsv(await this.lireTout()));
      this.annonces.dire($localize`Export terminé`);
    } catch (erreur) {
      this.probleme.set(problemeDe(erreur, '/api/factures'));
    } finally {
      this.enExport.set(false);
    }
  }

  private lireTout(): Promise<Awaited<ReturnType<typeof lireCsv>>[]> {
    const ids = this.factures().map(({ id }) => id);
    const tranches = Array.from({ length: Math.ceil(ids.length / PAR_REQUETE) }, (_, i) =>
      ids.slice(i * PAR_REQUETE, (i + 1) * PAR_REQUETE),
    );
    const communs = { ...(this.colonnes() && { colonnes: this.colonnes() }), ...(this.tri() && { tri: this.tri() }) };
    return Promise.all(tranches.map((tranche) => lireCsv(this.http, '/api/factures', { ...communs, ids: tranche.join(',') })));
  }
}
