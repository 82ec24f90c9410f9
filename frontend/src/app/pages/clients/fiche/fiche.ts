import { HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ClientJson } from '../../../api';
import {
  deleteClientsIdSuspensionRequest,
  postClientsIdArchivageRequest,
  postClientsIdDesarchivageRequest,
} from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { Disponibilite, Ecritures, Probleme, ProblemeError } from '../../../kernel/data';
import { AfficheProbleme, Annonces, EtatLecture, Squelette } from '../../../kernel/etats';
import { estSuspendu, etatDuClient, TYPES } from '../mots';
import { CompteClient } from './compte';
import { ConditionsClient } from './conditions';
import { ContactsClient } from './contacts';
import { Dossier } from './dossier';
import { EnteteClient } from './entete';
import { FacturesClient } from './factures';
import { PaiementsClient } from './paiements';
import { RelancesClient } from './relances';
import { SuspensionClient } from './suspension';

const ONGLETS = [
  { nom: 'compte', action: 'client-compte', libelle: $localize`Compte` },
  { nom: 'factures', action: 'client-factures', libelle: $localize`Factures` },
  { nom: 'paiements', action: 'client-paiements', libelle: $localize`Paiements` },
  { nom: 'relances', action: 'client-relances', libelle: $localize`Relances` },
  { nom: 'contacts', action: 'client-contacts', libelle: $localize`Contacts` },
  { nom: 'conditions', action: 'client-conditions', libelle: $localize`Conditions` },
] as const;

/** Everything about one client; the part that is shown is in the address. */
@Component({
  imports: [
    RouterLink,
    AfficheProbleme,
    Squelette,
    EnteteClient,
    CompteClient,
    FacturesClient,
    PaiementsClient,
    RelancesClient,
    ContactsClient,
    ConditionsClient,
    SuspensionClient,
    EtatLecture,
    ToucheEnTitre,
  ],
  providers: [Adresse, Dossier],
  templateUrl: './fiche.html',
  styleUrl: './fiche.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FicheClient {
  /** The client, from the address. */
  readonly id = input.required<string>();
  protected readonly adresse = inject(Adresse);
  protected readonly dossier = inject(Dossier);
  protected readonly onglets = ONGLETS;
  protected readonly types = TYPES;
  protected readonly onglet = computed(() => this.adresse.lire('onglet') || 'compte');
  protected readonly client = this.dossier.client.valeur;
  protected readonly etat = computed(() => {
    const client = this.client();
    return client && etatDuClient(client);
  });
  protected readonly suspendu = computed(() => estSuspendu(this.client()?.suspension));
  /** Why nothing can be written just now, empty when it can. */
  protected readonly empeche = computed(() =>
    this.disponibilite.enPanne('client-service') ? $localize`client-service ne répond pas : la fiche ne peut pas changer.` : '',
  );
  protected readonly sansFacture = computed(() => (this.client()?.archive ? $localize`Client archivé : pas de nouvelle facture.` : ''));
  protected readonly suspension = signal(false);
  protected readonly enCours = signal(false);
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  /** What was just done and may be taken back. */
  protected readonly fait = signal<{ readonly quoi: string; readonly defaire: () => void } | undefined>(undefined);
  private readonly router = inject(Router);
  private readonly ecritures = inject(Ecritures);
  private readonly annonces = inject(Annonces);
  private readonly disponibilite = inject(Disponibilite);

  constructor() {
    effect(() => this.dossier.id.set(this.id()));
    inject(Raccourcis).ajouter([
      { action: 'client-facture', libelle: $localize`Nouvelle facture pour ce client`, faire: () => this.facturer() },
      { action: 'client-paiement', libelle: $localize`Saisir un paiement de ce client`, faire: () => this.encaisser() },
      { action: 'client-modifier', libelle: $localize`Modifier la fiche`, faire: () => this.modifier() },
      { action: 'client-suspendre', libelle: $localize`Suspendre ou reprendre les relances`, faire: () => this.basculerSuspension() },
      ...ONGLETS.map(({ nom, action, libelle }) => ({ action, libelle, faire: () => this.montrer(nom) })),
    ]);
  }

  protected montrer(nom: string): void {
    this.adresse.ecrire({ onglet: nom === 'compte' ? undefined : nom, tri: undefined, du: undefined }, { nouvelleEntree: true });
  }

  protected facturer(): void {
    if (!this.sansFacture()) void this.router.navigate(['/factures/nouvelle'], { queryParams: { client: this.id() } });
  }

  protected encaisser(): void {
    void this.router.navigate(['/paiements/nouveau'], { queryParams: { client: this.id() } });
  }

  protected modifier(): void {
    void this.router.navigate(['/clients', this.id(), 'modification']);
  }

  protected basculerSuspension(): void {
    if (this.empeche() || !this.client()) return;
    if (!this.suspendu()) this.suspension.set(true);
    else void this.ecrire(deleteClientsIdSuspensionRequest({ path: { id: this.id() } }), $localize`Relances reprises`);
  }

  protected finirSuspension(client: ClientJson | undefined): void {
    this.suspension.set(false);
    if (!client) return;
    this.dossier.client.recharger();
    this.dossier.simulation.recharger();
    const lever = deleteClientsIdSuspensionRequest({ path: { id: this.id() } });
    this.proposer($localize`Relances suspendues`, () => void this.ecrire(lever, $localize`Relances reprises`));
  }

  /** Archiving moves no money: it is done at once and may be taken back. */
  protected async archiver(): Promise<void> {
    const { archive } = this.client() ?? {};
    const [archiver, sortir] = [postClientsIdArchivageRequest, postClientsIdDesarchivageRequest].map((requete) =>
      requete({ path: { id: this.id() } }),
    );
    if (archive === undefined || !archiver || !sortir) return;
    const quoi = archive ? $localize`Client sorti des archives` : $localize`Client archivé`;
    if (!(await this.ecrire(archive ? sortir : archiver, quoi))) return;
    const inverse = archive ? $localize`Client archivé` : $localize`Client sorti des archives`;
    this.proposer(quoi, () => void this.ecrire(archive ? archiver : sortir, inverse));
  }

  private proposer(quoi: string, defaire: () => void): void {
    this.fait.set({ quoi, defaire });
  }

  private async ecrire(requete: HttpRequest<ClientJson>, dit: string): Promise<boolean> {
    if (this.enCours()) return false;
    this.enCours.set(true);
    this.probleme.set(undefined);
    this.fait.set(undefined);
    try {
      await this.ecritures.envoyer(requete);
      this.annonces.dire(dit);
      return true;
    } catch (erreur) {
      if (!(erreur instanceof ProblemeError)) throw erreur;
      this.probleme.set(erreur.probleme);
      return false;
    } finally {
      this.enCours.set(false);
      this.dossier.client.recharger();
      this.dossier.simulation.recharger();
    }
  }
}
