import { ChangeDetectionStrategy, Component, DOCUMENT, inject } from '@angular/core';
import { Veille } from './veille';

/** Another build of the front is served: said, and loaded when its user wants it. Drafts are on the server, keys in the session. */
@Component({
  selector: 'app-bandeau-version',
  template: `
    @if (veille.depassee()) {
      <p role="status">
        <ng-container i18n>Une nouvelle version est en service.</ng-container>
        <button type="button" (click)="recharger()" i18n>Recharger</button>
      </p>
    }
  `,
  styles: `
    p {
      margin: 0 0 0.5rem;
      padding: 0.4rem 0.75rem;
      border: 1px solid var(--accent);
      border-left-width: 4px;
      background: var(--fond-2);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BandeauVersion {
  protected readonly veille = inject(Veille);
  private readonly document = inject(DOCUMENT);

  protected recharger(): void {
    this.document.location.reload();
  }
}
