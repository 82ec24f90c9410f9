import { computed, Directive, inject, input } from '@angular/core';
import { IdAction, ToucheFixe } from './actions';
import { Touches } from './touches';

/** Adds to the title of a button the key in force for what it does: `Nouvelle facture (n)`. */
@Directive({ selector: '[appTouche]', host: { '[attr.title]': 'complet()' } })
export class ToucheEnTitre {
  readonly appTouche = input.required<IdAction | ToucheFixe | undefined>();
  readonly title = input('');
  private readonly touches = inject(Touches);
  protected readonly complet = computed(() => {
    const action = this.appTouche();
    const touche = action ? this.touches.affichee(action) : '';
    if (!this.title()) return touche || null;
    return touche ? `${this.title()} (${touche})` : this.title();
  });
}

/** The same in a search field that is still empty: `Chercher  ( / )`. */
@Directive({ selector: 'input[appToucheEnIndice]', host: { '[attr.placeholder]': 'complet()' } })
export class ToucheEnIndice {
  readonly appToucheEnIndice = input.required<IdAction>();
  readonly placeholder = input('');
  private readonly touches = inject(Touches);
  protected readonly complet = computed(() => {
    const touche = this.touches.affichee(this.appToucheEnIndice());
    return touche ? `${this.placeholder()}  ( ${touche} )` : this.placeholder();
  });
}
