import { HttpRequest } from '@angular/common/http';
import { computed, inject, Injectable, Signal } from '@angular/core';
import { Adresse } from '../../../kernel/adresse/adresse';
import { lire } from '../../../kernel/data';
import { Annuaire, Cible, ciblesDe, memesCibles } from './modele';

/** The estate as all pages of the family see it; provided by the frame around them. */
@Injectable()
export class Parc {
  readonly annuaire = lire<Annuaire>(() => new HttpRequest<Annuaire>('GET', '/exploitation'));
  readonly applications = computed(() => this.annuaire.valeur()?.applications ?? []);
  /** Every instance; the same list while nobody comes or goes. */
  readonly cibles: Signal<readonly Cible[]> = computed(() => ciblesDe(this.annuaire.valeur()), { equal: memesCibles });

  /** Why nobody can be given an order now; empty when they can. */
  readonly empechement = computed(() => (this.annuaire.perimee() ? $localize`La passerelle ne répond pas.` : ''));

  /** Ask again, unless an answer is on its way. */
  relever(): void {
    if (!this.annuaire.enCours()) this.annuaire.recharger();
  }
}

/** The instances that a page's address names: `application`, `instance`; `defaut` is the application without one. */
export function ciblesChoisies(defaut: () => string = () => ''): Signal<readonly Cible[]> {
  const [parc, adresse] = [inject(Parc), inject(Adresse)];
  return computed(
    () =>
      ciblesDe(parc.annuaire.valeur(), adresse.lire('application') || defaut(), adresse.lire('application') && adresse.lire('instance')),
    { equal: memesCibles },
  );
}
