import { ChangeDetectionStrategy, Component, computed, inject, output, signal } from '@angular/core';
import { ACTIONS, IdAction, IDS, Raccourcis, Touches } from '../../kernel/clavier';
import { Dialogue } from '../../kernel/dialogue';
import { LigneTouche } from './ligne-touche';

/** What a row of the help says: an action whose key can be another one, or a key that is what it is. */
interface Rangee {
  readonly libelle: string;
  readonly touche: string;
  readonly action?: IdAction;
}

/** Keys that have a name in French, or an arrow. */
const NOMS: Readonly<Record<string, string>> = { ArrowDown: '↓', Escape: $localize`Échap`, 'Ctrl+Enter': $localize`Ctrl+Entrée` };

/** In force on every page, though no page puts them there. */
const COMMUNES: readonly IdAction[] = ['aller', 'ligne-suivante', 'ligne-precedente', 'ligne-choisir'];

/** Every shortcut of the page and of the others; those of one key may be given another key, or be switched off together. */
@Component({
  selector: 'app-aide-clavier',
  imports: [Dialogue, LigneTouche],
  templateUrl: './aide-clavier.html',
  styleUrl: './aide-clavier.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AideClavier {
  readonly fermer = output<void>();
  protected readonly touches = inject(Touches);
  protected readonly dit = signal('');
  private readonly raccourcis = inject(Raccourcis);

  protected readonly ici = computed(() => {
    const dePage: readonly Rangee[] = this.raccourcis.tous().map((un) => ({ ...un, touche: NOMS[un.touche] ?? un.touche }));
    return sansDoubles([...dePage, ...COMMUNES.map((id) => this.rangeeDe(id))]);
  });
  protected readonly ailleurs = computed(() => {
    const montrees = new Set(this.ici().map(({ action }) => action));
    return IDS.filter((id) => !montrees.has(id)).map((id) => this.rangeeDe(id));
  });

  protected retablirTout(): void {
    this.touches.retablirTout();
    this.dit.set($localize`Toutes les touches sont celles d'origine.`);
  }

  private rangeeDe(action: IdAction): Rangee {
    return { action, libelle: ACTIONS[action].libelle, touche: this.touches.de(action) };
  }
}

/** Of two that stand for the same action, or have the same key, the first one is heard. */
function sansDoubles(rangees: readonly Rangee[]): Rangee[] {
  const cle = ({ action, touche }: Rangee): string => action ?? touche;
  return [...new Map([...rangees].reverse().map((rangee) => [cle(rangee), rangee])).values()].reverse();
}
