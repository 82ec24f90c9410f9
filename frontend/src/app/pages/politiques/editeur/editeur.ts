import { HttpClient, HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, effect, inject, linkedSignal, signal, untracked } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { ActivatedRoute, RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { PolitiqueBrouillonJson, PolitiqueVue, SimulationVue } from '../../../api';
import { getPolitiquesNomRequest, postRelancesSimulationRequest, putPolitiquesNomRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { ChampDecimal, ChampMontant, ChampTexte, DateReference, dateReference } from '../../../kernel/champs';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { Choix, Conflit, PanneauConflit } from '../../../kernel/conflit';
import { differer, Disponibilite, Ecrite, lire } from '../../../kernel/data';
import { PageASaisie, retenirLaFenetre } from '../../../kernel/dialogue';
import { AfficheProbleme, Age, Annonces, Squelette } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { ResumeErreurs, Soumission } from '../../../kernel/formulaire';
import { COMPARES, differences, LIBELLES, Modele, regles, versBrouillon, versModele, versPolitique, VIERGE } from '../modele';
import { Echelle } from './echelle';
import { garder, oublier, reprendre } from './memoire';
import { PanneauEffet } from './panneau-effet';
import { PanneauExemple } from './panneau-exemple';
import { Versions } from './versions';

/** A draft that stands still for so long is simulated. */
const PAUSE_MS = 600;

/** The policy that is being changed, as it was read. */
interface Version {
  readonly etag: string | undefined;
  readonly base: Modele;
}

/** A dunning policy: its ladder, what a draft of it would change before it is saved, and what it was. */
@Component({
  imports: [
    FormField,
    RouterLink,
    ChampDecimal,
    ChampMontant,
    ChampTexte,
    DateReference,
    Echelle,
    PanneauConflit,
    PanneauEffet,
    PanneauExemple,
    Versions,
    ResumeErreurs,
    AfficheProbleme,
    Age,
    Squelette,
  ],
  providers: [Adresse],
  templateUrl: './editeur.html',
  styleUrl: './editeur.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EditeurPolitique implements PageASaisie {
  private readonly annonces = inject(Annonces);
  private readonly disponibilite = inject(Disponibilite);
  private readonly http = inject(HttpClient);
  protected readonly nom = inject(ActivatedRoute).snapshot.paramMap.get('id') ?? '';
  protected readonly au = dateReference(inject(Adresse));
  protected readonly libelles = LIBELLES;
  protected readonly instant = formaterInstant;

  protected readonly lue = lire<PolitiqueVue>(() => getPolitiquesNomRequest({ path: { nom: this.nom } }));
  /** The policy in force, as it was read or saved last. */
  protected readonly enVigueur = signal<PolitiqueVue | undefined>(undefined);
  protected readonly modele = signal<Modele>(VIERGE);
  private readonly version = signal<Version>({ etag: undefined, base: VIERGE });
  /** What was typed before the window was reloaded is back. */
  protected readonly retrouve = signal(false);
  protected readonly f = form(this.modele, regles);
  protected readonly changements = computed(() => differences(this.version().base, this.modele()));
  protected readonly change = computed(() => this.changements().length > 0);
  protected readonly soumission = new Soumission(`politique ${this.nom}`);
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('batch'));
  protected readonly conflit = signal<Conflit<Modele> | undefined>(undefined);
  protected readonly leurInstant = signal('');
  private leur: { readonly version: Version; readonly politique: PolitiqueVue } | undefined;

  /** The draft, when it is right. */
  protected readonly brouillon = computed<PolitiqueBrouillonJson | undefined>(() =>
    this.enVigueur() && this.f().valid() ? versBrouillon(this.nom, this.modele()) : undefined,
  );
  /** The last draft that was right: its effect and its messages stay while one types on. */
  protected readonly dernier = linkedSignal<PolitiqueBrouillonJson | undefined, PolitiqueBrouillonJson | undefined>({
    source: this.brouillon,
    computation: (brouillon, avant) => brouillon ?? avant?.value,
  });
  private readonly simule = differer(this.brouillon, PAUSE_MS);
  protected readonly avant = lire<SimulationVue>(() =>
    this.enVigueur() ? postRelancesSimulationRequest({ body: { date_reference: this.au() } }) : undefined,
  );
  protected readonly apres = lire<SimulationVue>(() => {
    const politique_brouillon = this.simule();
    if (!politique_brouillon || identiques(politique_brouillon, versBrouillon(this.nom, this.version().base))) return undefined;
    return postRelancesSimulationRequest({ body: { date_reference: this.au(), compare_a: this.au(), politique_brouillon } });
  });
  protected readonly enRetard = computed(() => this.change() && (this.apres.enCours() || !identiques(this.simule(), this.brouillon())));
  protected readonly simulee = computed(() => (this.change() ? this.apres.valeur() : undefined) ?? this.avant.valeur());
  /** Why it cannot be saved now. */
  protected readonly empechement = computed(() => this.empecher());

  constructor() {
    effect(() => {
      const politique = this.lue.valeur();
      if (politique && !untracked(this.enVigueur)) this.commencer(politique, this.lue.etag());
    });
    effect(() => {
      if (!this.enVigueur()) return;
      if (this.change()) garder(this.nom, { ...this.version(), modele: this.modele() });
      else oublier(this.nom);
    });
    retenirLaFenetre(() => this.change());
    inject(Raccourcis).ajouter([
      { touche: 'Ctrl+s', libelle: $localize`Enregistrer la politique`, faire: () => void this.enregistrer() },
      { touche: 'Ctrl+Enter', libelle: $localize`Enregistrer la politique`, faire: () => void this.enregistrer() },
    ]);
  }

  quitter(): boolean {
    const partir = !this.change() || window.confirm($localize`Ce brouillon de politique n'est pas enregistré. Quitter la page ?`);
    if (partir) oublier(this.nom);
    return partir;
  }

  protected async enregistrer(): Promise<void> {
    if (this.empechement()) return;
    const ecrite = await this.envoyer();
    if (ecrite) this.finir(ecrite.corps, ecrite.etag);
    else if (this.soumission.probleme()?.statut === 412) await this.comparer();
  }

  /** Back to what is in force. */
  protected abandonner(): void {
    this.soumission.recommencer();
    this.modele.set(this.version().base);
    this.retrouve.set(false);
    this.f().reset();
  }

  /** An older version becomes the draft; nothing is saved yet. */
  protected reprendreVersion(politique: PolitiqueVue): void {
    this.modele.set(versModele(politique));
    this.annonces.dire($localize`Version ${politique.version} reprise dans le brouillon, pas encore enregistrée`);
  }

  protected async resoudre(choix: Readonly<Record<string, Choix>>): Promise<void> {
    const resultat = this.conflit()?.resultat(choix);
    this.conflit.set(undefined);
    if (resultat) await this.continuer(resultat);
  }

  private commencer(politique: PolitiqueVue, etag: string | undefined): void {
    const garde = reprendre(this.nom);
    const base = versModele(politique);
    this.version.set(garde ?? { etag, base });
    this.modele.set(garde?.modele ?? base);
    this.retrouve.set(garde !== undefined);
    this.enVigueur.set(politique);
  }

  private empecher(): string | undefined {
    if (this.enPanne()) return $localize`batch ne répond pas : votre brouillon reste ici.`;
    return this.change() ? undefined : $localize`Rien n'a changé.`;
  }

  private envoyer(): Promise<Ecrite<PolitiqueVue> | undefined> {
    const { etag } = this.version();
    const requete = (): HttpRequest<PolitiqueVue> =>
      putPolitiquesNomRequest({ path: { nom: this.nom }, body: versPolitique(this.modele()), headers: { 'If-Match': etag ?? '' } });
    return this.soumission.envoyer(this.f, requete, { etag });
  }

  private finir(politique: PolitiqueVue, etag: string | undefined): void {
    const base = versModele(politique);
    this.version.set({ etag, base });
    this.modele.set(base);
    this.f().reset();
    this.retrouve.set(false);
    this.enVigueur.set(politique);
    this.soumission.recommencer();
    this.annonces.dire($localize`Version ${politique.version} enregistrée : elle vaut dès le prochain passage`);
  }

  /** Somebody else was faster: what they changed is merged, and asked about only where both changed the same. */
  private async comparer(): Promise<void> {
    const url = `/api/politiques/${encodeURIComponent(this.nom)}`;
    const reponse = await firstValueFrom(this.http.get<PolitiqueVue>(url, { observe: 'response' })).catch(() => undefined);
    const politique = reponse?.body;
    if (!politique) return;
    const version = { etag: reponse.headers.get('ETag') ?? undefined, base: versModele(politique) };
    const conflit = new Conflit(this.version().base, this.modele(), version.base, COMPARES);
    this.leur = { version, politique };
    this.leurInstant.set(politique.modifie_le);
    if (conflit.identiques) this.finir(politique, version.etag);
    else if (conflit.lignes.length) this.conflit.set(conflit);
    else await this.continuer(conflit.resultat());
  }

  private async continuer(modele: Modele): Promise<void> {
    if (this.leur) {
      this.version.set(this.leur.version);
      this.enVigueur.set(this.leur.politique);
    }
    this.modele.set(modele);
    if (this.change()) await this.enregistrer();
    else this.soumission.recommencer();
  }
}

function identiques(un: PolitiqueBrouillonJson | undefined, autre: PolitiqueBrouillonJson | undefined): boolean {
  return JSON.stringify(un) === JSON.stringify(autre);
}
