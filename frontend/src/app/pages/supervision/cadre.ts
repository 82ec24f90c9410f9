import { ChangeDetectionStrategy, Component, computed, inject, ViewEncapsulation } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Params, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { chaque } from './commun/chaque';
import { Parc } from './parc/parc';

/** Pages that show the registry itself ask more often. */
const RYTHME_MS = 10_000;

interface Volet {
  readonly chemin: string;
  readonly titre: string;
  /** Shows an instance or an application, so the one that is chosen is kept. */
  readonly deLInstance: boolean;
}

/** What stands around the pages of operators: their list, and the estate they all look at. */
@Component({
  selector: 'app-supervision',
  imports: [RouterOutlet, RouterLink, RouterLinkActive],
  providers: [Parc],
  template: `
    <nav class="volets ecran" i18n-aria-label aria-label="Exploitation">
      @for (volet of volets; track volet.chemin) {
        <a
          [routerLink]="volet.chemin"
          [queryParams]="volet.deLInstance ? choisis() : {}"
          routerLinkActive="ici"
          [routerLinkActiveOptions]="memeChemin"
          ariaCurrentWhenActive="page"
          >{{ volet.titre }}</a
        >
      }
    </nav>
    @if (fermee()) {
      <p class="attention" role="status" i18n>
        <span aria-hidden="true">⚠</span> Les appels d'exploitation sont fermés sur cette installation : la passerelle n'écoute pas
        seulement sur cette machine. Les traitements restent disponibles.
      </p>
    }
    <router-outlet />
  `,
  styleUrl: './cadre.scss',
  // One sheet for the tables of all pages of the family, below this element only.
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Cadre {
  protected readonly volets: readonly Volet[] = [
    { chemin: 'registre', titre: $localize`Registre`, deLInstance: false },
    { chemin: 'sante', titre: $localize`Santé`, deLInstance: true },
    { chemin: 'configuration', titre: $localize`Configuration`, deLInstance: true },
    { chemin: 'disjoncteurs', titre: $localize`Disjoncteurs`, deLInstance: true },
    { chemin: 'traitements', titre: $localize`Traitements`, deLInstance: false },
    { chemin: 'journaux', titre: $localize`Journaux`, deLInstance: true },
    { chemin: 'routes', titre: $localize`Routes`, deLInstance: false },
    { chemin: 'files', titre: $localize`Files`, deLInstance: true },
  ];
  protected readonly memeChemin = {
    paths: 'subset',
    queryParams: 'ignored',
    matrixParams: 'ignored',
    fragment: 'ignored',
  } as const;
  private readonly parc = inject(Parc);
  private readonly parametres = toSignal(inject(ActivatedRoute).queryParamMap, { requireSync: true });
  protected readonly fermee = computed(() => this.parc.annuaire.probleme()?.code === 'exploitation-fermee');
  protected readonly choisis = computed((): Params => {
    const [application, instance] = [this.parametres().get('application'), this.parametres().get('instance')];
    return { ...(application && { application }), ...(application && instance && { instance }) };
  });

  constructor() {
    chaque(RYTHME_MS, () => this.parc.relever());
  }
}
