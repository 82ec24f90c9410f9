import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { FicheRelance } from './fiche';

/** One reminder on a page of its own: `/relances/:id`. */
@Component({
  imports: [FicheRelance],
  template: '<app-fiche-relance [id]="id()" [seule]="true" />',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PageRelance {
  readonly id = input.required<string>();
}
