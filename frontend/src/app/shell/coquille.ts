import { ChangeDetectionStrategy, Component, DOCUMENT, ElementRef, inject, signal, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { filter } from 'rxjs';
import { Raccourcis, ToucheEnTitre } from '../kernel/clavier';
import { Disponibilite } from '../kernel/data';
import { Annonces } from '../kernel/etats';
import { formaterHeure } from '../kernel/format/date';
import { TiroirTravaux } from '../kernel/travaux';
import { AideClavier } from './aide-clavier/aide-clavier';
import { ChoixDeLangue } from './langue/choix-langue';
import { DESTINATIONS } from './navigation';
import { Recherche } from './recherche/recherche';
import { Situation } from './situation';
import { BandeauVersion } from './veille/bandeau-version';
import { Pastille } from './veille/pastille';

const THEME = 'theme';
const DENSITE = 'densite';

/** What stands around every page: navigation, search, who is out, themes, shortcuts, the live region. */
@Component({
  selector: 'app-coquille',
  imports: [
    RouterOutlet,
    RouterLink,
    RouterLinkActive,
    AideClavier,
    Recherche,
    TiroirTravaux,
    Situation,
    Pastille,
    BandeauVersion,
    ChoixDeLangue,
    ToucheEnTitre,
  ],
  templateUrl: './coquille.html',
  styleUrl: './coquille.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Coquille {
  protected readonly destinations = DESTINATIONS;
  protected readonly annonces = inject(Annonces);
  protected readonly disponibilite = inject(Disponibilite);
  protected readonly heure = formaterHeure;
  protected readonly aide = signal(false);
  protected readonly recherche = signal(false);
  protected readonly menu = signal(false);
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);
  private readonly contenu = viewChild.required<ElementRef<HTMLElement>>('contenu');
  private chemin = '';

  constructor() {
    inject(Raccourcis).ajouter([
      ...DESTINATIONS.map(({ chemin, titre, action }) => ({
        action,
        libelle: titre,
        faire: () => void this.router.navigateByUrl(chemin),
      })),
      { touche: 'Ctrl+k', libelle: $localize`Chercher partout`, faire: () => this.recherche.set(true) },
      { action: 'aide', libelle: $localize`Aide sur le clavier`, faire: () => this.aide.set(true) },
    ]);
    this.router.events
      .pipe(
        filter((evenement) => evenement instanceof NavigationEnd),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.arriver());
    this.appliquer();
  }

  protected changerTheme(): void {
    const sombre = this.document.documentElement.style.colorScheme === 'dark';
    localStorage.setItem(THEME, sombre ? 'light' : 'dark');
    this.appliquer();
  }

  protected changerDensite(): void {
    const confortable = this.document.documentElement.classList.contains('confortable');
    localStorage.setItem(DENSITE, confortable ? 'dense' : 'confortable');
    this.appliquer();
    window.dispatchEvent(new Event('resize')); // tables measure their rows again
  }

  private appliquer(): void {
    const racine = this.document.documentElement;
    racine.style.colorScheme = localStorage.getItem(THEME) ?? 'light dark';
    racine.classList.toggle('confortable', localStorage.getItem(DENSITE) === 'confortable');
  }

  /**
   * On another page the focus goes to its heading; a change of filters in the address moves nothing, and neither does a page
   * that only takes another address (`info: 'en-place'`).
   */
  private arriver(): void {
    const chemin = this.router.url.split('?')[0] ?? '';
    this.menu.set(false);
    const enPlace = this.router.currentNavigation()?.extras.info === 'en-place';
    if (this.chemin && chemin !== this.chemin && !enPlace) setTimeout(() => this.titre()?.focus());
    this.chemin = chemin;
  }

  private titre(): HTMLElement | null {
    const titre = this.contenu().nativeElement.querySelector('h1');
    titre?.setAttribute('tabindex', '-1');
    return titre;
  }
}
