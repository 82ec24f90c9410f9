import { CdkTrapFocus } from '@angular/cdk/a11y';
import { ChangeDetectionStrategy, Component, computed, effect, inject, output, signal, Signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { getClientsRequest, getFacturesRequest, getPaiementsRequest } from '../../api/@angular/common.gen';
import { Raccourcis, Touches } from '../../kernel/clavier';
import { lire } from '../../kernel/data';
import { AfficheProbleme, Annonces } from '../../kernel/etats';
import { compter } from '../../kernel/format/texte';
import { PAGES } from '../navigation';
import { Resultat, resultatClient, resultatFacture, resultatPaiement, trouverActions, trouverPages } from './resultats';

const ATTENTE_MS = 150;
const PAR_GROUPE = 6;

/** Search over everything: pages, actions, clients, invoices, payments. Each service answers for itself; one that is out costs its group only. */
@Component({
  selector: 'app-recherche',
  imports: [CdkTrapFocus, AfficheProbleme],
  templateUrl: './recherche.html',
  styleUrl: './recherche.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Recherche {
  readonly fermer = output<void>();
  protected readonly texte = signal('');
  protected readonly rang = signal(0);
  private readonly cherche = attendre(this.texte, ATTENTE_MS);
  private readonly clients = lire(() => this.demande((q) => getClientsRequest({ query: { q, limit: PAR_GROUPE } })));
  private readonly factures = lire(() => this.demande((q) => getFacturesRequest({ query: { q, limit: PAR_GROUPE } })));
  private readonly paiements = lire(() => this.demande((q) => getPaiementsRequest({ query: { q, limit: PAR_GROUPE } })));
  private readonly raccourcis = inject(Raccourcis);
  private readonly touches = inject(Touches);
  private readonly router = inject(Router);

  protected readonly resultats: Signal<readonly Resultat[]> = computed(() => {
    const texte = this.texte().trim();
    const connus = [...trouverPages(texte, PAGES, this.touches), ...trouverActions(texte, this.raccourcis.tous(), this.touches)];
    if (texte.length < 2) return connus;
    return [
      ...(this.factures.valeur()?.elements ?? []).map(resultatFacture),
      ...(this.clients.valeur()?.elements ?? []).map(resultatClient),
      ...(this.paiements.valeur()?.elements ?? []).map(resultatPaiement),
      ...connus,
    ];
  });
  protected readonly enCours = computed(() => this.clients.enCours() || this.factures.enCours() || this.paiements.enCours());
  protected readonly problemes = computed(() =>
    [this.clients, this.factures, this.paiements].flatMap((lecture) => lecture.probleme() ?? []),
  );

  constructor() {
    const annonces = inject(Annonces);
    effect(() => {
      const nombre = this.resultats().length;
      untracked(() => {
        this.rang.set(0);
        annonces.dire(compter(nombre, $localize`résultat`, $localize`résultats`));
      });
    });
  }

  protected toucher(evenement: KeyboardEvent): void {
    const dernier = this.resultats().length - 1;
    const pas: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const avance = pas[evenement.key];
    if (avance !== undefined) this.rang.update((rang) => Math.min(Math.max(rang + avance, 0), Math.max(dernier, 0)));
    else if (evenement.key === 'Enter') this.aller(this.resultats()[this.rang()]);
    else if (evenement.key === 'Escape') this.fermer.emit();
    else return;
    evenement.preventDefault();
    evenement.stopPropagation();
  }

  protected aller(resultat: Resultat | undefined): void {
    if (!resultat) return;
    this.fermer.emit();
    if (resultat.chemin) void this.router.navigateByUrl(resultat.chemin);
    else resultat.faire?.();
  }

  private demande<T>(requete: (q: string) => T): T | undefined {
    const texte = this.cherche().trim();
    return texte.length < 2 ? undefined : requete(texte);
  }
}

/** The value of a signal once it has rested. Needs an injection context. */
function attendre(source: Signal<string>, ms: number): Signal<string> {
  const reposee = signal(source());
  effect((annuler) => {
    const valeur = source();
    const minuterie = setTimeout(() => reposee.set(valeur), ms);
    annuler(() => clearTimeout(minuterie));
  });
  return reposee.asReadonly();
}
