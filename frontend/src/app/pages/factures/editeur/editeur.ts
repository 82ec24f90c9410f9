import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { form, FormField, maxLength } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { FactureVue } from '../../../api';
import { deleteFacturesIdRequest, getFacturesIdRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { ChampDate, ChampRecherche, ChampTexte, ClientsConnus, Proposition, rechercheDeClients } from '../../../kernel/champs';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { Choix, PanneauConflit } from '../../../kernel/conflit';
import { Ecritures, lire, problemeDe } from '../../../kernel/data';
import { PageASaisie, retenirLaFenetre } from '../../../kernel/dialogue';
import { AfficheProbleme, Annonces, Squelette } from '../../../kernel/etats';
import { aujourdHui } from '../../../kernel/format/date';
import { DialogueSuppression } from '../actes/dialogue-suppression';
import { Emission } from '../emission/emission';
import { Cle, CLES } from './cellules';
import { suivreClient } from './client-choisi';
import { Contenu, contenuDe, EnTete, ENTETE_VIDE } from './contenu';
import { Controles } from './controles';
import { Fusion } from './fusion';
import { Grille } from './grille';
import { Lignes } from './lignes';
import { Sauvegarde, totauxDe } from './sauvegarde';
import { phraseDEtat } from './statut';
import { TotauxVivants } from './totaux';

/** Writes a draft: who, when, the lines; stored by itself, summed while one types, issued from here. */
@Component({
  imports: [
    FormField,
    RouterLink,
    ChampDate,
    ChampRecherche,
    ChampTexte,
    AfficheProbleme,
    Squelette,
    Grille,
    TotauxVivants,
    Controles,
    PanneauConflit,
    Emission,
    DialogueSuppression,
  ],
  providers: [Adresse, Sauvegarde],
  templateUrl: './editeur.html',
  styleUrl: './editeur.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EditeurFacture implements PageASaisie {
  /** The draft of the address; none for a new one. */
  readonly id = input<string>();
  protected readonly sauvegarde = inject(Sauvegarde);
  protected readonly lignes = new Lignes();
  protected readonly entete = signal<EnTete>(ENTETE_VIDE);
  protected readonly formulaire = form(this.entete, (f) => {
    maxLength(f.numero_commande, 120, { message: $localize`120 caractères au plus.` });
    maxLength(f.reference_externe, 120, { message: $localize`120 caractères au plus.` });
  });
  protected readonly intituleClient = signal('');
  protected readonly chercherClient = rechercheDeClients();
  protected readonly adresse = inject(Adresse);
  protected readonly emission = computed(() => this.adresse.lire('emission') || aujourdHui());
  protected readonly client = suivreClient(
    () => this.entete().client_id,
    () => this.emission(),
  );
  private readonly aLire = signal('');
  protected readonly lecture = lire<FactureVue>(() => (this.aLire() ? getFacturesIdRequest({ path: { id: this.aLire() } }) : undefined));
  protected readonly prete = signal(false);
  protected readonly titre = computed(() => {
    const nom = this.client.nom() || this.intituleClient();
    return this.sauvegarde.serveur() && nom ? $localize`Brouillon pour ${nom}` : $localize`Nouvelle facture`;
  });
  protected readonly totaux = computed(() => {
    const serveur = this.sauvegarde.serveur();
    return serveur && !this.sauvegarde.sale() ? totauxDe(serveur) : this.lignes.totaux();
  });
  protected readonly statut = computed(() =>
    phraseDEtat({
      etat: this.sauvegarde.etat(),
      sale: this.sauvegarde.sale(),
      sansClient: !this.entete().client_id,
      enregistreeLe: this.sauvegarde.enregistreeLe(),
      attendreS: this.sauvegarde.attendreS(),
      incompletes: this.lignes.incompletes(),
    }),
  );
  /** What would be lost by leaving now. */
  private readonly perte = computed(
    () => this.lignes.incompletes().length > 0 || (this.sauvegarde.sale() && (this.contenu() !== undefined || this.aQuelqueChose())),
  );
  protected readonly fusion = signal<Fusion | undefined>(undefined);
  protected readonly dialogue = signal<'emission' | 'suppression' | undefined>(undefined);
  protected readonly empechement = signal('');
  /** The usual currencies, and the one of the draft whatever it is. */
  protected readonly devises = computed(() => [...new Set(['EUR', 'CHF', 'GBP', 'USD', this.entete().devise])]);
  private readonly enteteTexte = computed(() => JSON.stringify(this.entete()));
  private readonly revisionEntete = linkedSignal<string, number>({
    source: this.enteteTexte,
    computation: (_, avant) => (avant?.value ?? 0) + 1,
  });
  private changeDAdresse = false;
  private readonly clients = inject(ClientsConnus);
  private readonly router = inject(Router);
  private readonly ecritures = inject(Ecritures);
  private readonly annonces = inject(Annonces);
  private readonly grille = viewChild(Grille);
  private readonly champClient = viewChild(ChampRecherche);

  constructor() {
    this.sauvegarde.suivre({
      contenu: () => this.contenu(),
      revision: () => this.lignes.revision() + this.revisionEntete(),
      totaux: () => this.lignes.totaux(),
    });
    effect(() => {
      const id = this.id();
      untracked(() => this.ouvrir(id));
    });
    effect(() => {
      const [facture, id] = [this.lecture.valeur(), this.aLire()];
      if (facture && facture.id === id) untracked(() => this.charger(facture, this.lecture.etag() ?? ''));
    });
    effect(() => {
      const id = this.sauvegarde.serveur()?.id;
      if (id && this.prete() && id !== untracked(this.id)) untracked(() => void this.changerDAdresse(id));
    });
    effect(() => {
      if (this.sauvegarde.etat() === 'conflit') untracked(() => this.fusionner());
    });
    inject(Raccourcis).ajouter([
      { touche: 'Ctrl+s', libelle: $localize`Enregistrer le brouillon`, faire: () => void this.enregistrer() },
      { touche: 'Ctrl+Enter', libelle: $localize`Émettre`, faire: () => void this.emettre() },
    ]);
    retenirLaFenetre(() => this.perte());
  }

  /** Stores what can be stored; asks only when something would be lost. */
  async quitter(): Promise<boolean> {
    if (this.changeDAdresse) return true;
    if (this.sauvegarde.sale() && this.contenu()) await this.sauvegarde.enregistrer();
    return (
      !this.perte() || window.confirm($localize`Une partie de votre saisie n'est pas enregistrée et serait perdue. Quitter quand même ?`)
    );
  }

  protected choisirClient(choisi: Proposition | undefined): void {
    if (choisi) this.clients.retenir(choisi);
  }

  protected poserEmission(jour: string): void {
    this.adresse.ecrire({ emission: jour === aujourdHui() ? undefined : jour });
  }

  protected async enregistrer(): Promise<void> {
    if (await this.sauvegarde.enregistrer()) this.annonces.dire($localize`Brouillon enregistré`);
  }

  protected async emettre(): Promise<void> {
    this.empechement.set(this.empeche());
    if (this.empechement()) return;
    if (!(await this.sauvegarde.enregistrer()) || this.sauvegarde.sale())
      this.empechement.set($localize`Le brouillon n'est pas enregistré : rien n'a été émis.`);
    else this.dialogue.set('emission');
  }

  /** Go to what a check or an error is about, by its JSON pointer. */
  protected async corriger(pointer: string): Promise<void> {
    this.dialogue.set(undefined);
    const [, quoi, rang, cle] = pointer.split('/');
    if (quoi === 'client' && rang) await this.router.navigate(['/clients', this.entete().client_id]);
    else if (quoi === 'lignes')
      this.grille()?.focaliser(this.lignes.stockee(Number(rang ?? 0)), CLES.includes(cle as Cle) ? (cle as Cle) : undefined);
    else setTimeout(() => this.champClient()?.focus());
  }

  protected allerALIncomplete(): void {
    const premiere = this.lignes.incompletes()[0];
    premiere?.ligne.toutQuitter();
    if (premiere) this.grille()?.focaliser(premiere.ligne, premiere.cle);
  }

  protected departager(choix: Readonly<Record<string, Choix>> = {}): void {
    const [fusion, leur] = [this.fusion(), this.sauvegarde.leur()];
    if (!fusion || !leur) return;
    this.fusion.set(undefined);
    this.sauvegarde.reprendreDe(leur);
    this.poser(fusion.relever(fusion.conflit.resultat(choix)));
    void this.sauvegarde.enregistrer();
  }

  /** Compare what is typed now with what somebody else stored; without a question where there is none. */
  protected fusionner(): void {
    const [base, leur] = [this.sauvegarde.fond(), this.sauvegarde.leur()];
    if (!base || !leur) return;
    const fusion = new Fusion(base, this.saisie(), contenuDe(leur.facture), (id) => this.clients.nom(id));
    this.fusion.set(fusion);
    if (fusion.conflit.lignes.length) return;
    const reprises = fusion.conflit.reprises.join(', ');
    this.annonces.dire($localize`Repris d'une autre session : ${reprises}`);
    this.departager();
  }

  protected async supprimer(): Promise<void> {
    this.dialogue.set(undefined);
    const id = this.sauvegarde.serveur()?.id;
    try {
      if (id) await this.ecritures.envoyer(deleteFacturesIdRequest({ path: { id }, headers: { 'If-Match': this.sauvegarde.version() } }));
      this.recommencer();
      await this.router.navigateByUrl('/factures');
    } catch (erreur) {
      this.empechement.set(problemeDe(erreur).detail || problemeDe(erreur).titre);
    }
  }

  private ouvrir(id: string | undefined): void {
    if (id && id === this.sauvegarde.serveur()?.id) return;
    this.aLire.set(id ?? '');
    this.prete.set(!id);
    if (!id) this.recommencer();
  }

  private charger(facture: FactureVue, etag: string): void {
    this.aLire.set('');
    if (facture.statut_document !== 'BROUILLON') {
      void this.router.navigate(['/factures', facture.id], { replaceUrl: true });
      return;
    }
    this.intituleClient.set(facture.client?.nom_affiche ?? '');
    if (facture.client) this.clients.apprendre(facture.client_id, facture.client.nom_affiche);
    this.poser(contenuDe(facture));
    this.sauvegarde.partir(facture, etag);
    this.prete.set(true);
    const champ = this.adresse.lire('champ');
    if (champ) setTimeout(() => void this.corriger(champ));
  }

  private recommencer(): void {
    this.intituleClient.set('');
    this.lignes.poser([]);
    this.entete.set(ENTETE_VIDE);
    this.sauvegarde.partir();
  }

  private poser({ entete, lignes }: Contenu): void {
    if (entete.client_id !== this.entete().client_id) this.intituleClient.set(this.clients.nom(entete.client_id));
    this.entete.set(entete);
    this.lignes.poser(lignes);
  }

  /** The first save made the draft: the address names it from now on, the page stays. */
  private async changerDAdresse(id: string): Promise<void> {
    this.changeDAdresse = true;
    await this.router.navigate(['/factures', id, 'modification'], {
      replaceUrl: true,
      queryParamsHandling: 'preserve',
      info: 'en-place',
    });
    this.changeDAdresse = false;
  }

  private saisie(): Contenu {
    const entete = this.entete();
    return {
      entete: { ...entete, numero_commande: entete.numero_commande.trim(), reference_externe: entete.reference_externe.trim() },
      lignes: this.lignes.contenu(),
    };
  }

  /** What can be stored; nothing without a client, and no new draft for a client alone. */
  private contenu(): Contenu | undefined {
    const saisie = this.saisie();
    const assez = this.sauvegarde.serveur() !== undefined || saisie.lignes.length > 0 || this.aQuelqueChose();
    return saisie.entete.client_id && assez ? saisie : undefined;
  }

  private aQuelqueChose(): boolean {
    const { numero_commande, reference_externe } = this.entete();
    return `${numero_commande}${reference_externe}`.trim() !== '' || this.lignes.contenu().length > 0;
  }

  /** Why nothing can be issued yet; the focus goes there. */
  private empeche(): string {
    if (!this.entete().client_id) {
      this.champClient()?.focus();
      return $localize`Choisissez d'abord un client.`;
    }
    const incomplete = this.lignes.incompletes()[0];
    if (incomplete) {
      this.allerALIncomplete();
      return $localize`La ligne ${incomplete.rang + 1} est incomplète : ${incomplete.message}.`;
    }
    if (this.lignes.contenu().length) return '';
    this.grille()?.focaliser();
    return $localize`Une facture a au moins une ligne.`;
  }
}
