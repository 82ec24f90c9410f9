import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { FicheNotification } from './fiche';

/** One notification on a page of its own: `/notifications/:id`. */
@Component({
  imports: [FicheNotification],
  template: '<app-fiche-notification [id]="id()" [seule]="true" />',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PageNotification {
  readonly id = input.required<string>();
}
