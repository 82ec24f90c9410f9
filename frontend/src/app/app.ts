import { ChangeDetectionStrategy, Component } from '@angular/core';
import { Coquille } from './shell/coquille';

@Component({
  selector: 'app-root',
  imports: [Coquille],
  template: '<app-coquille />',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class App {}
