import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';

/** What stands at an address that no page has. */
@Component({
  selector: 'app-introuvable',
  imports: [RouterLink],
  template: `
    <h1 i18n>Page introuvable</h1>
    <p i18n>Aucune page ne porte cette adresse : elle est peut-être incomplète, ou d'une version plus ancienne.</p>
    <p>
      <a routerLink="/tableau-de-bord" i18n>Aller au tableau de bord</a>
      <span class="discret" i18n>ou chercher avec Ctrl+K.</span>
    </p>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Introuvable {}
