import { ChangeDetectionStrategy, Component, effect, ElementRef, input, viewChild } from '@angular/core';

/**
 * A page of a service in a frame without scripts, forms or an origin of its own: a mail, a letter. Its address is set on
 * the element: no HTML passes through our hands, so Trusted Types have nothing to judge.
 */
@Component({
  selector: 'app-cadre-isole',
  template: `<iframe #cadre sandbox [title]="titre()"></iframe>`,
  styles: `
    :host {
      display: flex;
      min-height: 24rem;
    }
    iframe {
      flex: 1;
      min-width: 0;
      border: 1px solid var(--trait);
      background: #fff;
      color-scheme: light;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CadreIsole {
  /** An address of the API that answers HTML: `/api/notifications/…`. */
  readonly adresse = input.required<string>();
  readonly titre = input.required<string>();
  /** Whenever this changes, the page is loaded again. */
  readonly version = input('');
  private readonly cadre = viewChild.required<ElementRef<HTMLIFrameElement>>('cadre');

  constructor() {
    effect(() => {
      this.version();
      this.cadre().nativeElement.src = this.adresse();
    });
  }
}
