import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { FieldTree, form, FormField, required, submit } from '@angular/forms/signals';
import { firstValueFrom } from 'rxjs';
import { Adresse } from '../../../kernel/adresse/adresse';
import { ChampTexte, ErreurPlacee, erreursPlacees } from '../../../kernel/champs';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { Probleme, problemeDe } from '../../../kernel/data';
import { AfficheProbleme, Annonces } from '../../../kernel/etats';
import { focaliserLaPremiereErreur, ResumeErreurs } from '../../../kernel/formulaire';
import { EssaiDemande, EssaiJson, parametresDe, sansAmontEnMots } from './routes-json';

const ESSAI = '/exploitation/routes/essai';
const METHODES = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** « Which route takes this request? », with each predicate of the routes before it. Nothing is sent. */
@Component({
  selector: 'app-essai-de-route',
  imports: [FormField, ChampTexte, AfficheProbleme, ResumeErreurs],
  templateUrl: './essai.html',
  styles: `
    form {
      display: grid;
      grid-template-columns: 7rem minmax(12rem, 3fr) minmax(10rem, 2fr) minmax(10rem, 2fr) auto;
      gap: 0.5rem;
      align-items: start;
    }
    label {
      display: grid;
      gap: 0.1rem;
      font-size: 0.75rem;
      color: var(--texte-2);
    }
    select,
    textarea {
      min-height: 32px;
      font-size: 0.8125rem;
    }
    button {
      min-height: 36px;
    }
    @media (max-width: 1023px) {
      form {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EssaiDeRoute {
  private readonly adresse = inject(Adresse);
  /** The path may hold what somebody searched for: it stays in the history, like any free text. */
  protected readonly modele = signal<EssaiDemande>({
    methode: this.adresse.lire('methode', 'GET'),
    chemin: this.adresse.texte(),
    hote: this.adresse.lire('hote'),
    entetes: '',
  });
  protected readonly f = form(this.modele, (chemin) =>
    required(chemin.chemin, { message: $localize`Le chemin manque : /api/factures/12, par exemple.` }),
  );
  protected readonly methodes = METHODES;
  protected readonly tente = signal(false);
  protected readonly enCours = signal(false);
  protected readonly resultat = signal<EssaiJson | undefined>(undefined);
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  protected readonly sansAmont = computed(() => sansAmontEnMots(this.resultat()?.sans_amont ?? null));
  private readonly http = inject(HttpClient);
  private readonly annonces = inject(Annonces);

  constructor() {
    inject(Raccourcis).ajouter([{ touche: 'Ctrl+Enter', libelle: $localize`Essayer`, faire: () => void this.essayer() }]);
    if (this.modele().chemin) void this.essayer();
  }

  protected async essayer(): Promise<void> {
    if (this.enCours()) return;
    this.tente.set(true);
    this.probleme.set(undefined);
    this.resultat.set(undefined);
    await submit(this.f, () => this.demander());
    if (!this.resultat()) focaliserLaPremiereErreur(this.f);
  }

  private async demander(): Promise<ErreurPlacee[] | undefined> {
    this.adresse.chercher(this.modele().chemin);
    const { methode, hote } = this.modele();
    this.adresse.ecrire({ methode: methode === 'GET' ? undefined : methode, hote: hote.trim() });
    this.enCours.set(true);
    try {
      const resultat = await firstValueFrom(this.http.get<EssaiJson>(ESSAI, { params: parametresDe(this.modele()) }));
      this.resultat.set(resultat);
      this.annonces.dire(resultat.route ? $localize`Prise par la route ${resultat.route.id}` : $localize`Aucune route ne la prend`);
      return undefined;
    } catch (erreur) {
      return this.ranger(problemeDe(erreur, ESSAI));
    } finally {
      this.enCours.set(false);
    }
  }

  /** Errors of parameters go to their fields, the rest is shown above. */
  private ranger(probleme: Probleme): ErreurPlacee[] | undefined {
    if (probleme.statut !== 400 || !probleme.erreurs.length) {
      this.probleme.set(probleme);
      return undefined;
    }
    const erreurs = probleme.erreurs.map((erreur) => ({ ...erreur, pointer: erreur.pointer === '/entete' ? '/entetes' : erreur.pointer }));
    return erreursPlacees(this.f as FieldTree<unknown>, { ...probleme, erreurs });
  }
}
