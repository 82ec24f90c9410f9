import { inject, Injectable } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { RouterStateSnapshot, TitleStrategy } from '@angular/router';

/** `Factures · Ressort` in the browser's tab. */
@Injectable()
export class TitreDePage extends TitleStrategy {
  private readonly title = inject(Title);

  override updateTitle(etat: RouterStateSnapshot): void {
    const titre = this.buildTitle(etat);
    this.title.setTitle(titre ? `${titre} · Ressort` : 'Ressort');
  }
}
