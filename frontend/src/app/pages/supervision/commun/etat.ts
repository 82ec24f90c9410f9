import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { EtatAffiche } from '../../../kernel/table';

/** A state: sign, word and colour. */
@Component({
  selector: 'app-etat',
  template: `<span [class]="etat().ton"
    ><span aria-hidden="true">{{ etat().signe }}</span> {{ etat().mot }}</span
  >`,
  styles: ':host { white-space: nowrap; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Etat {
  readonly etat = input.required<EtatAffiche>();
}
