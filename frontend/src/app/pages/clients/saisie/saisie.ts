import { NgTemplateOutlet } from '@angular/common';
import { HttpClient, HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { form, FormField, hidden, required, validate } from '@angular/forms/signals';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { ClientJson, DoublonJson, GetPolitiquesResponse } from '../../../api';
import { getClientsIdRequest, getPolitiquesRequest, postClientsRequest, putClientsIdRequest } from '../../../api/@angular/common.gen';
import { ChampChoix, ChampDecimal, ChampTexte } from '../../../kernel/champs';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { Choix, Conflit, PanneauConflit } from '../../../kernel/conflit';
import { Disponibilite, Ecrite, lire } from '../../../kernel/data';
import { PageASaisie, retenirLaFenetre } from '../../../kernel/dialogue';
import { AfficheProbleme, Annonces, Squelette } from '../../../kernel/etats';
import { LANGUE } from '../../../kernel/format/langue';
import { ResumeErreurs, Soumission } from '../../../kernel/formulaire';
import { CHOIX_DE_TYPE, MODES } from '../mots';
import { aUneAdresse, champDuPointeur, COMPARES, delaiMaximal, LIBELLES, Modele, versFiche, versModele, VIERGE } from './modele';
import { chercherDoublons, ChampVerifie, verifier } from './verification';

const MOTIFS: Readonly<Record<DoublonJson['motif'], string>> = {
  SIRET: $localize`même SIRET`,
  SIREN: $localize`même SIREN`,
  NOM: $localize`même nom`,
  COURRIEL: $localize`même courriel`,
};

const LANGUES = [
  { valeur: 'fr', libelle: $localize`français` },
  { valeur: 'en', libelle: $localize`anglais` },
];

/** The record that is being changed, as it was read. */
interface Version {
  readonly etag: string | undefined;
  readonly base: Modele;
}

/** A new client, or an existing one changed; what is typed is checked by the service at every pause. */
@Component({
  imports: [
    FormField,
    NgTemplateOutlet,
    RouterLink,
    ChampChoix,
    ChampDecimal,
    ChampTexte,
    PanneauConflit,
    ResumeErreurs,
    AfficheProbleme,
    Squelette,
  ],
  templateUrl: './saisie.html',
  styleUrl: './saisie.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SaisieClient implements PageASaisie {
  protected readonly id = inject(ActivatedRoute).snapshot.paramMap.get('id') ?? '';
  protected readonly types = CHOIX_DE_TYPE;
  protected readonly modes = Object.entries(MODES).map(([valeur, libelle]) => ({ valeur, libelle }));
  protected readonly langues = LANGUES;
  protected readonly libelles = LIBELLES;
  protected readonly motifs = MOTIFS;
  protected readonly modele = signal<Modele>(VIERGE);
  private readonly version = signal<Version>({ etag: undefined, base: VIERGE });
  private readonly verification = verifier(this.modele);
  protected readonly doublons = chercherDoublons(this.modele, this.id);
  protected readonly lue = lire<ClientJson>(() => (this.id ? getClientsIdRequest({ path: { id: this.id } }) : undefined));
  protected readonly politiques = lire<GetPolitiquesResponse>(() => getPolitiquesRequest({ query: { limit: 200 } }));
  protected readonly choixDePolitique = computed(() =>
    (this.politiques.valeur()?.elements ?? []).map(({ nom, libelle }) => ({ valeur: nom, libelle: libelle || nom })),
  );
  protected readonly pret = signal(!this.id);
  protected readonly maximum = computed(() => delaiMaximal(this.modele().type, this.modele().mode));
  protected readonly maximumDit = computed(() => $localize`Au plus ${this.maximum()} jours`);
  protected readonly sansPolitiques = $localize`Liste des politiques inconnue pour l'instant`;
  protected readonly conflit = signal<Conflit<Modele> | undefined>(undefined);
  protected readonly leurInstant = signal('');
  protected readonly soumission = new Soumission(this.id ? `client ${this.id}` : 'client nouveau');
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('client-service'));
  private readonly sale = computed(() => JSON.stringify(this.modele()) !== JSON.stringify(this.version().base));
  private leur: Version | undefined;
  private readonly disponibilite = inject(Disponibilite);
  private readonly annonces = inject(Annonces);
  private readonly router = inject(Router);
  private readonly http = inject(HttpClient);

  protected readonly f = form(this.modele, (c) => {
    const particulier = (): boolean => this.modele().type === 'PARTICULIER';
    const adresse = (): boolean => aUneAdresse(this.modele());
    required(c.type, { message: $localize`Le type est à choisir : il décide des frais, des intérêts et des délais.` });
    for (const chemin of [c.raison_sociale, c.siren, c.siret, c.tva_intracom]) hidden(chemin, { when: particulier });
    for (const chemin of [c.prenom, c.nom]) hidden(chemin, { when: () => !particulier() });
    hidden(c.mode, { when: () => this.modele().type === 'PUBLIC' });
    required(c.raison_sociale, { message: $localize`La raison sociale manque.` });
    required(c.nom, { message: $localize`Le nom manque.` });
    required(c.ligne1, { when: adresse, message: $localize`Une adresse a au moins une ligne.` });
    required(c.ville, { when: adresse, message: $localize`Une adresse a une ville.` });
    required(c.delai_jours, { message: $localize`Le délai manque : 0 pour un paiement à réception.` });
    validate(c.delai_jours, ({ value }) => this.erreurDeDelai(value()));
    for (const champ of ['siren', 'siret', 'tva_intracom', 'code_postal', 'pays', 'email', 'telephone'] as const) {
      validate(c[champ], () => this.erreurVerifiee(champ));
    }
  });

  constructor() {
    effect(() => {
      const client = this.lue.valeur();
      if (client && !untracked(this.pret)) this.commencer(client, this.lue.etag());
    });
    retenirLaFenetre(() => this.sale());
    inject(Raccourcis).ajouter([
      { touche: 'Ctrl+s', libelle: $localize`Enregistrer`, faire: () => void this.enregistrer() },
      { touche: 'Ctrl+Enter', libelle: $localize`Enregistrer`, faire: () => void this.enregistrer() },
    ]);
  }

  quitter(): boolean {
    return !this.sale() || window.confirm($localize`La fiche saisie n'est pas enregistrée. Quitter la page ?`);
  }

  /** What stands below a field while it is typed: it is right, or worth a second look. */
  protected aide(champ: ChampVerifie, sinon = ''): string {
    const constat = this.verification.constat(champ);
    if (constat?.niveau === 'AVERTISSEMENT') return `⚠ ${constat.detail}`;
    return constat?.niveau === 'OK' ? $localize`✓ vérifié` : sinon;
  }

  protected proposee(pour: keyof Modele): string {
    return this.verification.proposee(pour) ?? '';
  }

  protected prendre(pour: keyof Modele): void {
    const valeur = this.proposee(pour);
    if (valeur) this.modele.update((modele) => ({ ...modele, [pour]: valeur }));
  }

  /** The name of a country by its code, empty when it is none. */
  protected pays(): string {
    const code = this.modele().pays.trim().toUpperCase();
    const nom = /^[A-Z]{2}$/.test(code) ? new Intl.DisplayNames(LANGUE, { type: 'region', fallback: 'none' }).of(code) : undefined;
    return nom ?? $localize`code de deux lettres : FR, BE, DE…`;
  }

  protected async enregistrer(): Promise<void> {
    const ecrite = await this.envoyer();
    if (ecrite) this.finir(ecrite.corps);
    else if (this.soumission.probleme()?.statut === 412) await this.comparer();
  }

  protected async resoudre(choix: Readonly<Record<string, Choix>>): Promise<void> {
    const resultat = this.conflit()?.resultat(choix);
    this.conflit.set(undefined);
    if (resultat) await this.reprendre(resultat);
  }

  protected annuler(): void {
    void this.router.navigate(this.id ? ['/clients', this.id] : ['/clients']);
  }

  private commencer(client: ClientJson, etag: string | undefined): void {
    const base = versModele(client);
    this.modele.set(base);
    this.version.set({ etag, base });
    this.pret.set(true);
  }

  private envoyer(): Promise<Ecrite<ClientJson> | undefined> {
    const requete = (): HttpRequest<ClientJson> => {
      const body = versFiche(this.modele());
      const headers = { 'If-Match': this.version().etag ?? '' };
      return this.id ? putClientsIdRequest({ path: { id: this.id }, body, headers }) : postClientsRequest({ body });
    };
    return this.soumission.envoyer(this.f, requete, { etag: this.version().etag, pointeurs: champDuPointeur });
  }

  private finir(client: ClientJson): void {
    this.version.update(({ etag }) => ({ etag, base: this.modele() }));
    this.annonces.dire($localize`Client enregistré`);
    void this.router.navigate(['/clients', client.id], { replaceUrl: !this.id });
  }

  /** Somebody else was faster: what they changed is merged, and asked about only where both changed the same. */
  private async comparer(): Promise<void> {
    const url = `/api/clients/${encodeURIComponent(this.id)}`;
    const reponse = await firstValueFrom(this.http.get<ClientJson>(url, { observe: 'response' })).catch(() => undefined);
    if (!reponse?.body) return;
    const base = versModele(reponse.body);
    const conflit = new Conflit(this.version().base, this.modele(), base, COMPARES);
    this.leur = { etag: reponse.headers.get('ETag') ?? undefined, base };
    this.leurInstant.set(reponse.body.modifie_le);
    if (conflit.identiques) this.finir(reponse.body);
    else if (conflit.lignes.length) this.conflit.set(conflit);
    else await this.reprendre(conflit.resultat());
  }

  private async reprendre(modele: Modele): Promise<void> {
    if (this.leur) this.version.set(this.leur);
    this.modele.set(modele);
    await this.enregistrer();
  }

  private erreurVerifiee(champ: ChampVerifie): { kind: string; message: string } | undefined {
    const constat = this.verification.constat(champ);
    return constat?.niveau === 'ERREUR' ? { kind: constat.code ?? 'verification', message: constat.detail ?? '' } : undefined;
  }

  private erreurDeDelai(delai: string): { kind: string; message: string } | undefined {
    const jours = Number(delai);
    if (!delai || (jours >= 0 && jours <= this.maximum())) return undefined;
    return {
      kind: 'delai-illegal',
      message: $localize`De 0 à ${this.maximum()} jours : la loi ne permet pas plus pour ce type de client.`,
    };
  }
}
