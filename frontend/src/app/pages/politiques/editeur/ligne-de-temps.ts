import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import { GetRelancesJoursFeriesResponse } from '../../../api';
import { getRelancesJoursFeriesRequest } from '../../../api/@angular/common.gen';
import { ChampDate } from '../../../kernel/champs';
import { lire } from '../../../kernel/data';
import { aujourdHui, formaterDate, joursEntre, plusJours } from '../../../kernel/format/date';
import { direJours, tonDe } from '../mots';
import { fermetures, premierOuvre } from './jours-sans-envoi';

/** So many days batch tells the holidays of, less those after the last level. */
const PORTEE = 380;
const MARGE = 10;

/** The levels on a line of days that starts on the due date, days without sending hatched; the table says the same. */
@Component({
  selector: 'app-ligne-de-temps',
  imports: [ChampDate],
  template: `
    <app-champ-date
      class="ecran"
      i18n-libelle
      libelle="Pour une facture échue le"
      [value]="echeance()"
      (valueChange)="poser($event)"
      (keydown)="retenir($event)"
      i18n-aide
      aide="15, 1512, +7…"
    />
    <div class="ligne" role="img" [attr.aria-label]="enMots()">
      @for (bande of bandes(); track bande.place) {
        <span class="ferme" [style.left.%]="bande.place" [style.width.%]="bande.largeur"></span>
      }
      <span class="point echeance"><span class="mot" i18n>Échéance</span></span>
      @for (niveau of niveaux(); track $index) {
        <span class="point" [class.bas]="$odd" [class.lettre]="niveau.rang >= 3" [style.left.%]="niveau.place"
          ><span class="mot"
            >{{ niveau.rang + 1 }}
            @if (niveau.place - (niveaux()[niveau.rang - 2]?.place ?? -100) > 9) {
              <br /><ng-container i18n>J+{{ niveau.jours }}</ng-container>
            }
          </span></span
        >
      }
    </div>
    <p class="discret">
      <span class="ferme echantillon" aria-hidden="true"></span>&ngsp;<ng-container i18n>jours sans envoi automatique.</ng-container>
      @for (depart of departs(); track $index) {
        &ngsp;<span>{{ depart }}</span>
      }
      @if (nommes(); as noms) {
        &ngsp;<span i18n>Jours fériés&nbsp;: {{ noms }}.</span>
      }
    </p>
  `,
  styles: `
    :host {
      display: block;
      overflow-x: clip;
    }
    app-champ-date {
      display: block;
      max-width: 16rem;
    }
    .ferme {
      position: absolute;
      top: -9px;
      height: 20px;
      background: repeating-linear-gradient(135deg, var(--texte-2) 0 1px, transparent 1px 5px);
      border: solid var(--trait);
      border-width: 0 1px;
      forced-color-adjust: none;
    }
    .echantillon {
      position: static;
      display: inline-block;
      width: 1.4rem;
      height: 0.9rem;
      vertical-align: middle;
    }
    .ligne {
      margin: 2.6rem 1.5rem 2.6rem 5rem;
      position: relative;
      height: 2px;
      background: var(--texte-2);
    }
    .point {
      position: absolute;
      top: -5px;
      left: 0;
      width: 12px;
      height: 12px;
      margin-left: -6px;
      border: 2px solid var(--fond);
      border-radius: 50%;
      background: var(--accent);
    }
    .lettre {
      border-radius: 0;
      background: var(--mal);
    }
    .echeance {
      background: var(--texte-2);
    }
    .mot {
      position: absolute;
      bottom: 0.8rem;
      left: 50%;
      translate: -50%;
      text-align: center;
      white-space: nowrap;
      font-size: 0.85rem;
      line-height: 1.15;
    }
    .bas .mot {
      bottom: auto;
      top: 0.8rem;
    }
    .echeance .mot {
      bottom: auto;
      top: -0.25rem;
      left: auto;
      right: 0.9rem;
      translate: none;
    }
    @media (forced-colors: active) {
      .ligne,
      .point {
        background: CanvasText;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LigneDeTemps {
  /** Days late of each level, in their order. */
  readonly delais = input.required<readonly number[]>();
  protected readonly niveaux = computed(() => {
    const delais = this.delais();
    const dernier = Math.max(1, ...delais);
    return delais.map((jours, rang) => ({ rang, jours, place: (100 * jours) / dernier }));
  });
  protected readonly echeance = signal(aujourdHui());
  private readonly dernier = computed(() => Math.min(PORTEE, Math.max(1, ...this.delais())));
  private readonly lue = lire<GetRelancesJoursFeriesResponse>(() => {
    const du = this.echeance();
    // A few days more: what falls on the last of them leaves after it.
    return getRelancesJoursFeriesRequest({ query: { du, au: plusJours(du, this.dernier() + MARGE) } });
  });
  private readonly feries = computed(() => this.lue.valeur() ?? []);
  protected readonly bandes = computed(() => {
    const pas = 100 / Math.max(1, ...this.delais());
    return fermetures(this.echeance(), this.dernier(), this.feries()).map(({ debut, jours }) => ({
      place: Math.max(0, (debut - 0.5) * pas),
      largeur: (debut ? jours : jours - 0.5) * pas,
    }));
  });
  /** When each level leaves that falls on a closed day. */
  protected readonly departs = computed(() =>
    this.delais().flatMap((jours, rang) => {
      const atteint = plusJours(this.echeance(), jours);
      const part = premierOuvre(atteint, this.feries());
      return part === atteint
        ? []
        : [$localize`Niveau ${rang + 1} : atteint le ${formaterDate(atteint)}, demandé le ${formaterDate(part)}.`];
    }),
  );
  protected readonly nommes = computed(() =>
    this.feries()
      .filter(({ jour }) => joursEntre(this.echeance(), jour) <= this.dernier())
      .map(({ jour, nom }) => `${nom} ${formaterDate(jour)}`)
      .join(', '),
  );
  protected readonly enMots = computed(() =>
    this.delais()
      .map((jours, rang) => $localize`niveau ${rang + 1}, ${tonDe(rang + 1).toLowerCase()}, ${direJours(jours)} après l'échéance`)
      .join(' ; '),
  );

  /** The keys of the table around it and the form's Enter mean nothing here. */
  protected retenir(evenement: KeyboardEvent): void {
    if (evenement.ctrlKey || !['Enter', 'ArrowUp', 'ArrowDown', 'Delete'].includes(evenement.key)) return;
    evenement.stopPropagation();
    if (evenement.key === 'Enter') evenement.preventDefault();
  }

  protected poser(iso: string): void {
    if (iso) this.echeance.set(iso);
  }
}
