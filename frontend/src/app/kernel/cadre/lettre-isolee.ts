import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/**
 * The HTML of a message that has no address of its own (a preview), in a frame without scripts, forms or an origin. It passes
 * through Angular's sanitizer and comes under the page's own Content-Security-Policy: neither styles nor images load, the
 * text and the tables stay.
 */
@Component({
  selector: 'app-lettre-isolee',
  template: `<iframe sandbox [srcdoc]="document()" [title]="titre()"></iframe>`,
  styles: `
    :host {
      display: flex;
      min-height: 20rem;
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
export class LettreIsolee {
  readonly html = input.required<string>();
  readonly titre = input.required<string>();
  /** Presentation by attributes, as styles do not pass: even the sanitizer's reading of them would be reported as a violation. */
  protected readonly document = computed(() => {
    const corps = this.html().replace(/<head\b[\s\S]*?<\/head>/i, '');
    return `<font face="sans-serif">${corps.replace(/<[^>]*>/g, sansStyle)}</font>`;
  });
}

function sansStyle(balise: string): string {
  return balise.replace(/\sstyle="[^"]*"/i, '').replace(/^<table\b/i, '<table cellpadding="6"');
}
