import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';

/** What stands at an address that no page has. */
@Component({
  selector: 'app-introuvable',
  imports: [RouterLink],
  template: `
    <h1 i18n>Page introuvable</h1>
    <p i18n>Aucune page ne porte cette adresse : elle est peut-être incomplète, ou d'une version plus ancienne.</p>
    <p i18n><a routerLink="/tableau-de-bord">Aller au tableau de bord</a>, ou chercher avec Ctrl+K.</p>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Introuvable {}
