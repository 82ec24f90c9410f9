import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { EvenementVue } from '../../api';
import { formaterDate, formaterInstant } from '../../kernel/format/date';
import { formaterMontant } from '../../kernel/format/montant';
import { recits } from './recits';

/** What happened to a document, newest first. */
@Component({
  selector: 'app-historique',
  imports: [RouterLink],
  template: `
    <ol>
      @for (recit of recits(); track recit.id) {
        <li>
          <span class="jour">{{ date(recit.jour) }}</span>
          <span>
            @if (recit.lien) {
              <a [routerLink]="recit.lien">{{ recit.quoi }}</a>
            } @else {
              {{ recit.quoi }}
            }
            @if (recit.centimes !== undefined) {
              <span class="nombre">{{ montant(recit.centimes, devise()) }}</span>
            }
            @if (recit.detail) {
              <span class="discret">{{ recit.detail }}</span>
            }
          </span>
          <span class="discret su" i18n>su le {{ instant(recit.su) }}</span>
        </li>
      } @empty {
        <li class="discret" i18n>Rien encore.</li>
      }
    </ol>
  `,
  styles: `
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    li {
      display: grid;
      grid-template-columns: 5.5rem 1fr;
      gap: 0 0.5rem;
      padding: 0.25rem 0;
      border-bottom: 1px solid var(--fond-3);
    }
    .jour {
      color: var(--texte-2);
    }
    .nombre,
    .discret {
      margin-left: 0.4rem;
    }
    .su {
      grid-column: 2;
      margin-left: 0;
      font-size: 0.75rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Historique {
  readonly evenements = input.required<readonly EvenementVue[]>();
  readonly devise = input('EUR');
  protected readonly recits = computed(() => recits(this.evenements()));
  protected readonly date = formaterDate;
  protected readonly instant = formaterInstant;
  protected readonly montant = formaterMontant;
}
