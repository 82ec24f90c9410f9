import { HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Adresse } from '../adresse/adresse';
import { Ecritures, lire, Page, Probleme, ProblemeError } from '../data';
import { AfficheProbleme } from '../etats';
import { plier } from '../format/texte';

interface Vue {
  readonly nom: string;
  readonly titre: string;
  readonly parametres: Record<string, string>;
  readonly epinglee: boolean;
}

/** The saved views of a list: the address under a name, kept by the service for everybody. */
@Component({
  selector: 'app-vues',
  imports: [AfficheProbleme],
  template: `
    @for (vue of epinglees(); track vue.nom) {
      <button type="button" (click)="montrer(vue)">{{ vue.titre }}</button>
    }
    <details class="menu">
      <summary i18n>Vues</summary>
      <div class="panneau">
        @for (vue of toutes(); track vue.nom) {
          <div class="vue">
            <button type="button" (click)="montrer(vue)">{{ vue.titre }}</button>
            <button type="button" [attr.aria-pressed]="vue.epinglee" (click)="epingler(vue)" i18n>Épingler</button>
            <button type="button" (click)="supprimer(vue)" i18n>Supprimer</button>
          </div>
        } @empty {
          <p class="discret" i18n>Aucune vue enregistrée.</p>
        }
        <form (submit)="$event.preventDefault(); enregistrer(titre)">
          <label i18n>Enregistrer l'écran présent sous<input #titre maxlength="80" required /></label>
          <button type="submit" i18n>Enregistrer</button>
        </form>
        <app-probleme [probleme]="probleme() ?? vues.probleme()" (reessayer)="vues.recharger()" />
      </div>
    </details>
  `,
  styleUrl: './barre.scss',
  styles: `
    :host {
      display: contents;
    }
    .vue {
      display: flex;
      gap: 0.25rem;
    }
    .vue button:first-child {
      flex: 1;
      text-align: left;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Vues {
  readonly ressource = input.required<string>();
  protected readonly vues = lire<Page<Vue>>(() => new HttpRequest('GET', `/api/${this.ressource()}/vues`));
  protected readonly toutes = computed(() => this.vues.valeur()?.elements ?? []);
  protected readonly epinglees = computed(() => this.toutes().filter((vue) => vue.epinglee));
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  private readonly adresse = inject(Adresse);
  private readonly ecritures = inject(Ecritures);

  protected montrer(vue: Vue): void {
    this.adresse.remplacer(vue.parametres);
  }

  protected enregistrer(champ: HTMLInputElement): void {
    const titre = champ.value.trim();
    const nom = plier(titre)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60);
    champ.value = '';
    void this.poser({ nom: nom || 'vue', titre, parametres: this.adresse.tous(), epinglee: false });
  }

  protected epingler(vue: Vue): void {
    void this.poser({ ...vue, epinglee: !vue.epinglee });
  }

  protected supprimer({ nom }: Vue): void {
    void this.faire(new HttpRequest('DELETE', this.url(nom)));
  }

  private poser({ nom, titre, parametres, epinglee }: Vue): Promise<void> {
    return this.faire(new HttpRequest('PUT', this.url(nom), { titre, parametres, epinglee }));
  }

  private url(nom: string): string {
    return `/api/${this.ressource()}/vues/${encodeURIComponent(nom)}`;
  }

  private async faire(requete: HttpRequest<unknown>): Promise<void> {
    this.probleme.set(undefined);
    try {
      await this.ecritures.envoyer(requete);
      this.vues.recharger();
    } catch (erreur) {
      if (!(erreur instanceof ProblemeError)) throw erreur;
      this.probleme.set(erreur.probleme);
    }
  }
}
