import { ChangeDetectionStrategy, Component, computed, effect, ElementRef, inject, signal, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  DifferenceVue,
  EcarteeVue,
  ExecutionVue,
  GetJobsExecutionsResponse,
  GetPolitiquesResponse,
  RelanceSimulee,
  SimulationVue,
} from '../../../api';
import { getJobsExecutionsRequest, getPolitiquesRequest, postRelancesSimulationRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { ChampDate } from '../../../kernel/champs';
import { Raccourcis, ToucheEnIndice, ToucheEnTitre } from '../../../kernel/clavier';
import { lire } from '../../../kernel/data';
import { AfficheProbleme, Age, Annonces, Squelette, Vide } from '../../../kernel/etats';
import { aujourdHui, formaterDate, formaterHeure, plusJours } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { compter } from '../../../kernel/format/texte';
import { Tableau } from '../../../kernel/table';
import { DERNIERES, derniereTerminee, empechement, passageSuivant } from '../campagnes/passages';
import { direClients, direRelances, MOTIFS, VOIES } from '../mots';
import { COLONNES_DES_DIFFERENCES, COLONNES_DES_ECARTEES, colonnesDesRelances, trier } from './colonnes';
import { DetailRelance } from './detail';
import { DialogueExclusion } from './dialogue-exclusion';
import { AU_PLUS, Exclusions } from './exclusions';
import { FraicheurDesPaiements } from './fraicheur';
import { Lancement } from './lancement';
import { MotifsDExclusion } from './motifs';
import { Choix, cleDe, filtrerEcartees, filtrerRelances, nombreDeDifferences, parMotif, parNiveau, parVoie, sommer } from './population';

const ATTENTE_MS = 400;

/** What a campaign would send on a day, to whom and why, who is left out and why, and the launch of it. */
@Component({
  imports: [
    RouterLink,
    AfficheProbleme,
    Age,
    ChampDate,
    DetailRelance,
    DialogueExclusion,
    Lancement,
    Squelette,
    Tableau,
    Vide,
    ToucheEnIndice,
    ToucheEnTitre,
  ],
  providers: [Adresse],
  templateUrl: './simulation.html',
  styleUrl: './simulation.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SimulationRelances {
  protected readonly adresse = inject(Adresse);
  private readonly router = inject(Router);
  private readonly annonces = inject(Annonces);
  private readonly tableau = viewChild<Tableau<RelanceSimulee>>(Tableau);
  private readonly recherche = viewChild<ElementRef<HTMLInputElement>>('recherche');
  private readonly panneau = viewChild<ElementRef<HTMLElement>>('panneau');
  private minuterie: ReturnType<typeof setTimeout> | undefined;

  protected readonly jour = computed(() => this.adresse.lire('date') || aujourdHui());
  protected readonly compareA = computed(() => this.adresse.lire('comparer'));
  protected readonly politique = computed(() => this.adresse.lire('politique'));
  protected readonly simulation = lire<SimulationVue>(() =>
    postRelancesSimulationRequest({
      body: {
        date_reference: this.jour(),
        ...(this.compareA() && { compare_a: this.compareA() }),
        ...(this.politique() && { politique: this.politique() }),
      },
    }),
  );
  protected readonly campagnes = lire<GetJobsExecutionsResponse>(() =>
    getJobsExecutionsRequest({ query: { job: 'relanceJob', limit: DERNIERES } }),
  );
  protected readonly politiques = lire<GetPolitiquesResponse>(() => getPolitiquesRequest({ query: { limit: 200 } }));

  protected readonly motifsDits = inject(MotifsDExclusion);
  protected readonly exclusions = new Exclusions(this.adresse, this.motifsDits);
  protected readonly fraicheur = new FraicheurDesPaiements();
  protected readonly colonnes = colonnesDesRelances((client) => this.exclusions.contientClient(client));
  protected readonly colonnesDesEcartees = COLONNES_DES_ECARTEES;
  protected readonly colonnesDesDifferences = COLONNES_DES_DIFFERENCES;
  protected readonly auPlus = AU_PLUS;
  protected readonly motifs = MOTIFS;
  protected readonly voies = VOIES;
  protected readonly date = formaterDate;
  protected readonly heure = formaterHeure;
  protected readonly montant = formaterMontant;
  protected readonly cleDe = cleDe;
  protected readonly factureDe = ({ facture_id }: EcarteeVue): string => facture_id;
  protected readonly cleDeDifference = (difference: DifferenceVue): string => cleDe(difference);
  protected readonly libelleDExclusion = ({ nom }: RelanceSimulee): string => $localize`Exclure ${nom}`;

  /** The day to come that is shown, if it is one. */
  protected readonly projection = computed(() => {
    const jour = this.simulation.valeur()?.date_reference ?? '';
    return jour > aujourdHui() ? jour : '';
  });
  private readonly toutes = computed(() => this.simulation.valeur()?.relances ?? []);
  protected readonly retenues = computed(() => this.toutes().filter(({ client_id }) => !this.exclusions.contientClient(client_id)));
  protected readonly exclues = computed(() => this.toutes().filter(({ client_id }) => this.exclusions.contientClient(client_id)));
  protected readonly somme = computed(() => sommer(this.retenues()));
  protected readonly niveaux = computed(() => parNiveau(this.retenues()));
  protected readonly canaux = computed(() => parVoie(this.retenues()));
  protected readonly raisons = computed(() => parMotif(this.simulation.valeur()?.ecartees ?? []));
  protected readonly comparaison = computed(() => this.simulation.valeur()?.comparaison ?? undefined);
  protected readonly differences = computed(() => {
    const comparaison = this.comparaison();
    return comparaison && nombreDeDifferences(comparaison);
  });
  protected readonly choix = computed((): Choix => ({
    niveau: this.adresse.lire('niveau'),
    voie: this.adresse.lire('canal'),
    motif: this.adresse.lire('motif'),
    exclus: this.adresse.lire('montrer') === 'exclus' ? 'oui' : '',
    texte: this.adresse.texte(),
  }));
  protected readonly filtree = computed(() => Object.values(this.choix()).some(Boolean));
  protected readonly volet = computed(() => this.adresse.lire('volet'));
  protected readonly tri = computed(() => this.adresse.lire('tri'));
  protected readonly montrees = computed(() =>
    trier(
      filtrerRelances(this.toutes(), this.choix(), (client) => this.exclusions.contientClient(client)),
      this.colonnes,
      this.tri(),
    ),
  );
  protected readonly ecartees = computed(() =>
    trier(filtrerEcartees(this.simulation.valeur()?.ecartees ?? [], this.choix()), COLONNES_DES_ECARTEES, this.tri()),
  );
  protected readonly changements = computed(() => trier(this.comparaison()?.differences ?? [], COLONNES_DES_DIFFERENCES, this.tri()));
  protected readonly resume = computed(() => {
    const { relances, clients } = this.somme();
    return $localize`${direRelances(relances)} à ${direClients(clients)}`;
  });

  protected readonly ditExclus = computed(() =>
    compter(this.exclusions.nombre(), $localize`client exclu de cette campagne`, $localize`clients exclus de cette campagne`),
  );
  protected readonly ditEcartees = computed(() =>
    compter(
      this.simulation.valeur()?.ecartees.length ?? 0,
      $localize`facture en retard a une raison d'attendre`,
      $localize`factures en retard ont une raison d'attendre`,
    ),
  );

  protected readonly panneauOuvert = computed(() => this.adresse.lire('panneau') === 'oui' && !this.volet());
  private readonly regardee = signal('');
  protected readonly sousLesYeux = computed(
    () => this.montrees().find((relance) => cleDe(relance) === this.regardee()) ?? this.montrees()[0],
  );
  protected readonly lancement = signal(false);
  private readonly passes = computed(() => this.campagnes.valeur()?.elements ?? []);
  protected readonly passage = computed(() => passageSuivant(this.passes(), this.jour()));
  protected readonly derniere = computed(() => derniereTerminee(this.passes()));
  /** Why nothing can be launched now. */
  protected readonly empechement = computed(() => {
    if (this.simulation.enCours()) return { raison: $localize`La simulation est en cours.` };
    if (this.simulation.probleme() || this.simulation.valeur()?.date_reference !== this.jour()) {
      return { raison: $localize`Il faut d'abord une simulation de ce jour qui réussisse.` };
    }
    if (!this.campagnes.valeur() || this.campagnes.probleme())
      return { raison: $localize`Les campagnes passées ne peuvent pas être lues.` };
    if (this.politique()) return { raison: $localize`Une campagne suit la politique de chaque client : revenez à « celle de chacun ».` };
    const empeche = empechement(this.passes(), this.jour(), aujourdHui());
    if (empeche) return empeche;
    if (!this.retenues().length) return { raison: $localize`Il n'y a personne à relancer.` };
    return this.exclusions.sansMotif().length ? { raison: $localize`Un client est exclu sans motif.` } : undefined;
  });

  constructor() {
    inject(Raccourcis).ajouter([
      { touche: 'Ctrl+Enter', libelle: $localize`Lancer la campagne`, faire: () => this.ouvrirLancement() },
      { action: 'apercu', libelle: $localize`Message à côté de la liste`, faire: () => this.basculerPanneau() },
      { action: 'ligne-choisir', libelle: $localize`Exclure le client de la campagne`, faire: () => this.basculerExclusion() },
      { touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.tableau()?.focus() },
      { action: 'chercher', libelle: $localize`Chercher dans la simulation`, faire: () => this.recherche()?.nativeElement.focus() },
      { touche: 'Escape', libelle: $localize`Revenir à la liste`, faire: () => this.revenirALaListe() },
    ]);
    effect(() => {
      if (this.simulation.valeur()) untracked(() => this.annonces.dire(this.resume()));
    });
  }

  protected poserDate(cle: 'date' | 'comparer', iso: string): void {
    clearTimeout(this.minuterie);
    const sansDate = cle === 'date' && iso === aujourdHui();
    this.adresse.ecrire(
      { [cle]: sansDate ? undefined : iso, ...(cle === 'comparer' && !iso && { volet: undefined }) },
      { nouvelleEntree: true },
    );
  }

  /** A date that is being typed is not asked for yet. */
  protected attendreDate(cle: 'date' | 'comparer', iso: string): void {
    clearTimeout(this.minuterie);
    this.minuterie = setTimeout(() => this.poserDate(cle, iso), ATTENTE_MS);
  }

  protected veille(): string {
    return plusJours(this.jour(), -1);
  }

  protected aujourdHui(): string {
    return aujourdHui();
  }

  protected chercher(texte: string): void {
    clearTimeout(this.minuterie);
    this.minuterie = setTimeout(() => this.adresse.chercher(texte), ATTENTE_MS / 2);
  }

  /** Choose a part of the population, or no longer. */
  protected basculer(cle: string, valeur: string | number): void {
    this.adresse.ecrire({ [cle]: this.adresse.lire(cle) === String(valeur) ? undefined : String(valeur) });
  }

  protected effacer(): void {
    this.adresse.chercher('');
    this.adresse.ecrire({ niveau: undefined, canal: undefined, motif: undefined, montrer: undefined });
  }

  protected regarder(relance: RelanceSimulee): void {
    this.regardee.set(cleDe(relance));
  }

  /** Open the message and go to it. */
  protected ouvrir(relance: RelanceSimulee): void {
    this.regarder(relance);
    this.adresse.ecrire({ panneau: 'oui' });
    setTimeout(() => this.panneau()?.nativeElement.querySelector('h2')?.focus(), 50);
  }

  protected basculerPanneau(): void {
    this.adresse.ecrire({ panneau: this.panneauOuvert() ? undefined : 'oui' });
  }

  protected basculerExclusion(): void {
    const relance = this.volet() ? undefined : this.sousLesYeux();
    if (!relance) return;
    this.exclusions.basculer(cleDe(relance), this.montrees().indexOf(relance));
    if (!this.exclusions.demandes().length) this.annonces.dire($localize`${relance.nom} remis dans la campagne`);
  }

  /** The only client of whom it is asked why, by name. */
  protected nomDemande(): string {
    const [client = '', ...autres] = this.exclusions.demandes();
    return autres.length ? '' : (this.toutes().find(({ client_id }) => client_id === client)?.nom ?? '');
  }

  protected apresMotif(motif: string | undefined): void {
    const qui = this.nomDemande() || direClients(this.exclusions.demandes().length);
    if (motif) {
      this.exclusions.exclure(motif);
      this.annonces.dire($localize`${qui} exclu`);
    } else this.exclusions.demander([]);
  }

  protected exclureMontrees(): void {
    this.exclusions.toutes(this.montrees().map(cleDe));
  }

  protected ouvrirClient({ client_id }: { client_id: string }): void {
    void this.router.navigate(['/clients', client_id]);
  }

  protected ouvrirFacture({ facture_id }: EcarteeVue): void {
    void this.router.navigate(['/factures', facture_id]);
  }

  protected ouvrirLancement(): void {
    if (!this.empechement()) this.lancement.set(true);
  }

  protected apresLancement(execution: ExecutionVue | undefined): void {
    this.lancement.set(false);
    if (execution) void this.router.navigate(['/relances/campagnes', execution.id]);
  }

  private revenirALaListe(): void {
    if (this.panneau()?.nativeElement.contains(document.activeElement)) this.tableau()?.focus();
    else if (this.panneauOuvert()) this.basculerPanneau();
  }
}
