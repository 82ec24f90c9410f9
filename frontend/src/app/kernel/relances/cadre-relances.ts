import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { IsActiveMatchOptions, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Raccourcis, ToucheEnTitre } from '../clavier';

/** What stands around the pages of reminders: what would leave, what left in which campaign, every reminder, the policies. */
@Component({
  selector: 'app-cadre-relances',
  imports: [RouterOutlet, RouterLink, RouterLinkActive, ToucheEnTitre],
  template: `
    <nav class="volets ecran" i18n-aria-label aria-label="Relances">
      @for (volet of volets; track volet.chemin) {
        <a
          [routerLink]="volet.chemin"
          routerLinkActive="ici"
          [routerLinkActiveOptions]="volet.options"
          ariaCurrentWhenActive="page"
          [title]="volet.aide"
          [appTouche]="volet.action"
          >{{ volet.titre }}</a
        >
      }
    </nav>
    <router-outlet />
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-height: 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CadreRelances {
  protected readonly volets = [
    { chemin: '/relances', titre: $localize`Relances`, aide: '', action: undefined, options: options('exact') },
    {
      chemin: '/relances/simulation',
      titre: $localize`Simulation`,
      aide: $localize`Préparer une campagne`,
      action: 'nouveau' as const,
      options: options('subset'),
    },
    { chemin: '/relances/campagnes', titre: $localize`Campagnes`, aide: '', action: undefined, options: options('subset') },
    { chemin: '/relances/politiques', titre: $localize`Politiques`, aide: '', action: undefined, options: options('subset') },
  ];
  private readonly router = inject(Router);

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'nouveau', libelle: $localize`Préparer une campagne`, faire: () => void this.router.navigateByUrl('/relances/simulation') },
    ]);
  }
}

function options(paths: 'exact' | 'subset'): IsActiveMatchOptions {
  return { paths, queryParams: 'ignored', matrixParams: 'ignored', fragment: 'ignored' };
}
