import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Sante, Veille } from './veille';

/** The estate's health as a sign and a word, leading to the page that explains it; nothing while it is not known. */
@Component({
  selector: 'app-pastille',
  imports: [RouterLink],
  template: `
    @if (sante().etat !== 'inconnu') {
      <a routerLink="/supervision" [class]="sante().etat" [title]="mots()">
        <span aria-hidden="true">{{ signe() }}</span><span class="mots">{{ mots() }}</span>
      </a>
    }
  `,
  styles: `
    a {
      display: inline-flex;
      gap: 0.3rem;
      padding: 0.25rem 0.4rem;
      color: var(--texte-2);
      text-decoration: none;
      &:hover .mots {
        text-decoration: underline;
      }
    }
    .bien span[aria-hidden] {
      color: var(--bien);
    }
    .attention {
      color: var(--attention);
    }
    .mal {
      color: var(--mal);
    }
    @media (max-width: 767px) {
      .bien .mots {
        position: absolute;
        width: 1px;
        overflow: hidden;
        white-space: nowrap;
        clip-path: inset(50%);
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Pastille {
  protected readonly sante = inject(Veille).sante;
  protected readonly signe = computed(() => ({ bien: '●', attention: '◐', mal: '✕', inconnu: '' })[this.sante().etat]);
  protected readonly mots = computed(() => direSante(this.sante()));
}

function direSante({ etat, absentes, nombre }: Sante): string {
  if (etat === 'bien') return $localize`${nombre}:nombre: services en marche`;
  if (etat === 'attention') return $localize`Une instance n'est pas en service`;
  return absentes.length > 1
    ? $localize`${absentes.length}:nombre: services ne répondent pas`
    : $localize`${absentes[0]}:service: ne répond pas`;
}
