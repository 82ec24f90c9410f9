import { ChangeDetectionStrategy, Component, computed, effect, ElementRef, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { BalanceVue, GetFacturesResponse } from '../../api';
import { getBalanceAgeeRequest, getFacturesRequest } from '../../api/@angular/common.gen';
import { Adresse } from '../../kernel/adresse/adresse';
import { parametresDeTranche, Tranche, TRANCHES } from '../../kernel/balance';
import { DateReference, dateReference } from '../../kernel/champs';
import { Raccourcis, ToucheEnIndice, Touches } from '../../kernel/clavier';
import { lire } from '../../kernel/data';
import { Annonces, EtatLecture, Squelette, Vide } from '../../kernel/etats';
import { formaterDate } from '../../kernel/format/date';
import { formaterMontant } from '../../kernel/format/montant';
import { compter } from '../../kernel/format/texte';
import { csv, enregistrer } from '../../kernel/liste';
import { sensDe, triSuivant } from '../../kernel/table';
import { ANCIENNETES, controler, filtrer, lignesAgees, LigneAgee, net, sommes, trier } from './agee';
import { lireCredits } from './credits';
import { FacturesOuvertes } from './factures-ouvertes';

const ATTENTE_MS = 250;
/** More rows than this are shown on demand: the sums are always of all. */
const LIGNES_AU_PLUS = 300;

/** Who owes how much since when, at any date, with what is owed to them beside it. */
@Component({
  imports: [RouterLink, DateReference, Squelette, Vide, FacturesOuvertes, EtatLecture, ToucheEnIndice],
  providers: [Adresse],
  templateUrl: './balance.html',
  styleUrl: './balance.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BalanceAgee {
  protected readonly adresse = inject(Adresse);
  protected readonly au = dateReference(this.adresse);
  protected readonly tranches = TRANCHES;
  protected readonly anciennetes = ANCIENNETES;
  protected readonly balance = lire<BalanceVue>(() => getBalanceAgeeRequest({ query: { au: this.au() } }));
  protected readonly encours = lire<GetFacturesResponse>(() =>
    getFacturesRequest({ query: { ouverte_au: this.au(), type: 'FACTURE', limit: 1 } }),
  );
  /** Asked only when nothing is owed: is there any document at all? */
  protected readonly existantes = lire<GetFacturesResponse>(() =>
    this.balance.valeur()?.lignes.length === 0 ? getFacturesRequest({ query: { limit: 1 } }) : undefined,
  );
  private readonly touches = inject(Touches);
  private readonly debiteurs = computed(() => new Set(this.balance.valeur()?.lignes.map(({ client_id }) => client_id)));
  protected readonly credits = lireCredits(this.au, this.debiteurs);
  protected readonly toutes = computed(() => {
    const balance = this.balance.valeur();
    return balance ? lignesAgees(balance, this.credits.parClient(), this.credits.noms()) : [];
  });
  protected readonly lignes = computed(() =>
    trier(filtrer(this.toutes(), this.adresse.lire('anciennete'), this.adresse.texte()), this.adresse.lire('tri')),
  );
  protected readonly montrees = computed(() => (this.entiere() ? this.lignes() : this.lignes().slice(0, LIGNES_AU_PLUS)));
  protected readonly sommes = computed(() => sommes(this.lignes()));
  protected readonly controles = computed(() => {
    const [balance, encours] = [this.balance.valeur(), this.encours.valeur()];
    return balance && encours && balance.au === this.au() && !this.encours.enCours() ? controler(balance, encours.totaux) : undefined;
  });
  protected readonly filtree = computed(() => Boolean(this.adresse.lire('anciennete') || this.adresse.texte()));
  protected readonly nombre = computed(() => compter(this.lignes().length, $localize`client`, $localize`clients`));
  protected readonly entiere = signal(false);
  protected readonly rang = signal(0);
  protected readonly depliees = signal<ReadonlySet<string>>(new Set());
  protected readonly montant = formaterMontant;
  protected readonly jour = formaterDate;
  protected readonly net = net;
  protected readonly parametres = parametresDeTranche;
  private readonly router = inject(Router);
  private readonly annonces = inject(Annonces);
  private readonly hote = inject<ElementRef<HTMLElement>>(ElementRef);
  private minuterie: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const courante = retour();
    const attente = effect(() => {
      const rang = this.montrees().findIndex(({ cle }) => cle === courante);
      if (!this.montrees().length) return;
      attente.destroy();
      if (rang >= 0) setTimeout(() => this.aller(rang));
    });
    inject(Raccourcis).ajouter([
      { touche: 'ArrowDown', libelle: $localize`Entrer dans la balance`, faire: () => this.aller(this.rang()) },
      { action: 'chercher', libelle: $localize`Chercher un client`, faire: () => this.hote.nativeElement.querySelector('input')?.focus() },
    ]);
  }

  protected sensDe(colonne: string): 'ascending' | 'descending' | 'none' {
    return sensDe(this.adresse.lire('tri'), colonne);
  }

  protected trierPar(colonne: string): void {
    this.adresse.ecrire({ tri: triSuivant(this.adresse.lire('tri'), colonne) });
  }

  protected chercher(texte: string): void {
    clearTimeout(this.minuterie);
    this.minuterie = setTimeout(() => {
      this.adresse.chercher(texte);
      this.annonces.dire(this.nombre());
    }, ATTENTE_MS);
  }

  protected effacer(): void {
    this.adresse.chercher('');
    this.adresse.ecrire({ anciennete: undefined });
  }

  protected libelleDAnciennete(): string {
    return ANCIENNETES.find(({ cle }) => cle === this.adresse.lire('anciennete'))?.libelle ?? '';
  }

  protected parametresDe(tranche: Tranche | undefined, ligne?: LigneAgee): Record<string, string> {
    return parametresDeTranche(this.au(), tranche, ligne?.client_id);
  }

  protected basculer(ligne: LigneAgee, ouverte: boolean): void {
    if (ouverte) this.annonces.dire($localize`Factures ouvertes de ${ligne.nom} affichées`);
    this.depliees.update((cles) => new Set(ouverte ? [...cles, ligne.cle] : [...cles].filter((cle) => cle !== ligne.cle)));
  }

  protected toucher(evenement: KeyboardEvent, ligne: LigneAgee, rang: number): void {
    if (evenement.altKey || evenement.ctrlKey || evenement.metaKey || evenement.target !== evenement.currentTarget) return;
    const geste = this.gestes(ligne, rang)[this.touches.usuelle(evenement.key, ['ligne-suivante', 'ligne-precedente'])];
    if (!geste) return;
    evenement.preventDefault();
    geste();
  }

  private gestes(ligne: LigneAgee, rang: number): Record<string, (() => void) | undefined> {
    const vers = (cible: number) => (): void => this.aller(cible);
    return {
      ArrowDown: vers(rang + 1),
      j: vers(rang + 1),
      ArrowUp: vers(rang - 1),
      k: vers(rang - 1),
      Home: vers(0),
      End: vers(this.montrees().length - 1),
      ArrowRight: () => this.basculer(ligne, true),
      ArrowLeft: () => this.basculer(ligne, false),
      Enter: () => this.ouvrir(ligne),
    };
  }

  /** The client's open invoices at the date, in the list; coming back, the same row is current. */
  private ouvrir(ligne: LigneAgee): void {
    history.replaceState({ ...history.state, courante: ligne.cle }, '');
    void this.router.navigate(['/factures'], { queryParams: this.parametresDe(undefined, ligne) });
  }

  private aller(rang: number): void {
    const cible = Math.min(Math.max(rang, 0), this.montrees().length - 1);
    this.rang.set(cible);
    this.hote.nativeElement.querySelector<HTMLElement>(`tr[data-rang="${cible}"]`)?.focus();
  }

  protected imprimer(): void {
    this.entiere.set(true);
    setTimeout(() => window.print());
  }

  /** What is on screen, in its order, all rows of it. */
  protected exporter(): void {
    const entetes = [
      $localize`Client`,
      $localize`Devise`,
      ...TRANCHES.map(({ libelle }) => libelle),
      $localize`Total`,
      $localize`Avoirs et acomptes non affectés`,
      $localize`Net`,
    ];
    const lignes = this.lignes().map((l) => [l.nom, l.devise, ...l.tranches, l.total, l.credits ?? '', net(l) ?? '']);
    enregistrer(csv([entetes, ...lignes]), `balance-agee-${this.au()}.csv`);
    this.annonces.dire($localize`Export terminé`);
  }
}

/** The row a person comes back to. */
function retour(): string {
  const etat = history.state as { courante?: unknown } | null;
  return typeof etat?.courante === 'string' ? etat.courante : '';
}
