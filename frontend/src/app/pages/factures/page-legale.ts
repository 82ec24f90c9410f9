import { ChangeDetectionStrategy, Component, effect, ElementRef, input, viewChild } from '@angular/core';

/**
 * The printable legal page as the service serves it, in a frame without scripts, forms or an origin of its own. The
 * address is set on the element (no HTML passes through our hands, so Trusted Types have nothing to judge).
 */
@Component({
  selector: 'app-page-legale',
  template: `<iframe #cadre sandbox i18n-title title="Page légale du document"></iframe>`,
  styles: `
    :host {
      display: flex;
      min-height: 20rem;
    }
    iframe {
      flex: 1;
      border: 1px solid var(--trait);
      background: #fff;
      color-scheme: light;
      zoom: 0.8;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PageLegale {
  readonly factureId = input.required<string>();
  /** Whenever this changes, the page is loaded again. */
  readonly version = input('');
  private readonly cadre = viewChild.required<ElementRef<HTMLIFrameElement>>('cadre');

  constructor() {
    effect(() => {
      this.version();
      this.cadre().nativeElement.src = adresseDeLaPage(this.factureId());
    });
  }
}

/** Where a browser that asks for HTML gets the legal page. */
export function adresseDeLaPage(factureId: string): string {
  return `/api/factures/${encodeURIComponent(factureId)}`;
}
