import { Injectable, signal } from '@angular/core';

/** The one live region: counts of results, progress, outcomes, for those who do not see the page. */
@Injectable({ providedIn: 'root' })
export class Annonces {
  private readonly dit = signal('');
  readonly texte = this.dit.asReadonly();

  dire(texte: string): void {
    this.dit.set('');
    setTimeout(() => this.dit.set(texte), 50);
  }
}
