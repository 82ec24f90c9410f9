import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, map } from 'rxjs';
import { LANGUE, Langue } from '../../kernel/format/langue';
import { adresseEn, LANGUES_SERVIES, retenirLaLangue } from './preference';

const NOMS: Readonly<Record<Langue, string>> = { fr: 'Français', en: 'English' };

/** Leads to the same page in each other language, which is kept from then on. */
@Component({
  selector: 'app-langue',
  template: `
    @for (autre of autres; track autre.langue) {
      <a [href]="adresseEn(autre.langue, page())" [lang]="autre.langue" [attr.hreflang]="autre.langue" (click)="retenir(autre.langue)">{{
        autre.nom
      }}</a>
    }
  `,
  styles: `
    a {
      display: inline-flex;
      align-items: center;
      min-height: 24px;
      padding: 0 0.25rem;
      color: var(--texte);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChoixDeLangue {
  private readonly router = inject(Router);
  protected readonly autres = inject(LANGUES_SERVIES)
    .filter((langue) => langue !== LANGUE)
    .map((langue) => ({ langue, nom: NOMS[langue] }));
  protected readonly adresseEn = adresseEn;
  protected readonly retenir = retenirLaLangue;
  private readonly adresse = toSignal(
    this.router.events.pipe(
      filter((evenement) => evenement instanceof NavigationEnd),
      map(() => this.router.url),
    ),
    { initialValue: this.router.url },
  );
  protected readonly page = computed(() => this.adresse() || '/');
}
