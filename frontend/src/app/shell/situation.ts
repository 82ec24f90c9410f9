import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, map } from 'rxjs';
import { aujourdHui, formaterDate } from '../kernel/format/date';

/** Reminds that the page shows another day than today, and leads back to today. */
@Component({
  selector: 'app-situation',
  template: `
    @if (au(); as jour) {
      <button type="button" (click)="revenir()" i18n-title title="Revenir à aujourd'hui">
        <span aria-hidden="true">◷</span><span i18n>Au {{ jour }}</span
        ><span aria-hidden="true">✕</span>
      </button>
    }
  `,
  styles: `
    button {
      display: inline-flex;
      gap: 0.3rem;
      border-color: var(--attention);
      color: var(--attention);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Situation {
  private readonly router = inject(Router);
  private readonly adresse = toSignal(
    this.router.events.pipe(
      filter((evenement) => evenement instanceof NavigationEnd),
      map(() => this.router.url),
    ),
    { initialValue: this.router.url },
  );
  protected readonly au = computed(() => {
    const jour = this.router.parseUrl(this.adresse()).queryParamMap.get('au');
    return jour && jour !== aujourdHui() && /^\d{4}-\d\d-\d\d$/.test(jour) && this.datee() ? formaterDate(jour) : undefined;
  });

  /** On lists `au` is the end of a period, not a day that everything is seen from. */
  private datee(): boolean {
    return /^\/(tableau-de-bord|balance-agee|relances)\b/.test(this.adresse());
  }

  protected revenir(): void {
    void this.router.navigate([], { queryParams: { au: null }, queryParamsHandling: 'merge' });
  }
}
