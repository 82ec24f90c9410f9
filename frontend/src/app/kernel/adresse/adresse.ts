import { inject, Injectable, Signal, signal, WritableSignal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Params, Router } from '@angular/router';

/**
 * What a page shows is in its address: filters, sort, columns, date, open panel. A free text that was searched for may be
 * a person's name; it is kept in the history entry instead, which no log sees. Provide it in the page's component.
 */
@Injectable()
export class Adresse {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly parametres = toSignal(this.route.queryParamMap, { requireSync: true });
  private readonly cherche: WritableSignal<string> = signal(texteDeLHistorique());

  /** The text searched for. */
  readonly texte: Signal<string> = this.cherche.asReadonly();

  /** The value of a parameter, `defaut` without it; a signal when read in one. */
  lire(nom: string, defaut = ''): string {
    return this.parametres().get(nom) ?? defaut;
  }

  /** All parameters as they are, to be kept as a view. */
  tous(): Record<string, string> {
    const lus = this.parametres();
    return Object.fromEntries(lus.keys.map((nom) => [nom, lus.get(nom) ?? '']));
  }

  /** Change parameters; `undefined` or an empty text takes one away. The present entry of the history is replaced. */
  ecrire(changes: Record<string, string | undefined>, options: { nouvelleEntree?: boolean } = {}): void {
    const queryParams: Params = Object.fromEntries(Object.entries(changes).map(([nom, valeur]) => [nom, valeur || null]));
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams,
      queryParamsHandling: 'merge',
      replaceUrl: !options.nouvelleEntree,
      state: { texte: this.cherche() },
    });
  }

  /** Put other parameters in the place of all present ones (a saved view). */
  remplacer(parametres: Record<string, string>): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams: parametres });
  }

  /** Search for a text. */
  chercher(texte: string): void {
    this.cherche.set(texte);
    history.replaceState({ ...history.state, texte }, '');
  }
}

function texteDeLHistorique(): string {
  const etat = history.state as { texte?: unknown } | null;
  return typeof etat?.texte === 'string' ? etat.texte : '';
}
