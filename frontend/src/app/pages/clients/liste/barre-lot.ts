import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { ClientJson } from '../../../api';
import { Disponibilite } from '../../../kernel/data';
import { formaterMontant } from '../../../kernel/format/montant';
import { compter } from '../../../kernel/format/texte';
import { Encours } from '../encours';
import { ActeDeLot, DialogueLotClients } from './dialogue-lot';

/** What may be done with the clients chosen in the list: how many, what they owe, policy, suspension. */
@Component({
  selector: 'app-barre-lot-clients',
  imports: [DialogueLotClients],
  template: `
    <section class="lot ecran" i18n-aria-label aria-label="Clients choisis">
      <strong>{{ combien() }}</strong>
      @for (somme of sommes(); track somme) {
        <span class="nombre">{{ somme }}</span>
      }
      <button type="button" [disabled]="enPanne()" (click)="acte.set('politique')" i18n>Politique de relance…</button>
      <button type="button" [disabled]="enPanne()" (click)="acte.set('suspension')" i18n>Suspendre les relances…</button>
      <button type="button" [disabled]="enPanne()" (click)="acte.set('levee')" i18n>Reprendre les relances…</button>
      <button type="button" [disabled]="total() > limite" (click)="tout.emit()" i18n>
        Tout choisir ({{ total().toLocaleString('fr-FR') }})
      </button>
      <button type="button" (click)="vider.emit()" i18n-title title="Ne plus rien choisir (Échap)" i18n>Ne plus rien choisir</button>
      @if (enPanne()) {
        <span class="discret" i18n>client-service ne répond pas&nbsp;: rien ne peut être écrit.</span>
      }
      @if (total() > limite) {
        <span class="discret" i18n>Au plus {{ limite.toLocaleString('fr-FR') }} à la fois&nbsp;: filtrez d'abord.</span>
      }
    </section>
    @if (acte(); as choisi) {
      <app-dialogue-lot-clients [acte]="choisi" [clients]="clients()" (fermer)="finir($event)" />
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
export class BarreLotClients {
  readonly clients = input.required<readonly ClientJson[]>();
  readonly encours = input.required<ReadonlyMap<string, readonly Encours[]>>();
  /** Size of the whole filtered set. */
  readonly total = input.required<number>();
  readonly vider = output<void>();
  readonly tout = output<void>();
  /** Something was changed: the list is read again. */
  readonly ecrit = output<void>();

  protected readonly limite = 2_000;
  protected readonly acte = signal<ActeDeLot | undefined>(undefined);
  protected readonly combien = computed(() => compter(this.clients().length, $localize`client choisi`, $localize`clients choisis`));
  protected readonly sommes = computed(() => {
    const parDevise = new Map<string, number>();
    for (const { devise, encours } of this.clients().flatMap(({ id }) => this.encours().get(id) ?? [])) {
      parDevise.set(devise, (parDevise.get(devise) ?? 0) + encours);
    }
    return [...parDevise].sort().map(([devise, centimes]) => $localize`${formaterMontant(centimes, devise)} d'encours`);
  });
  private readonly disponibilite = inject(Disponibilite);
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('client-service'));

  protected finir(fait: boolean): void {
    this.acte.set(undefined);
    if (fait) this.ecrit.emit();
  }
}
