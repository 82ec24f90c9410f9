import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject, Signal } from '@angular/core';
import { Adresse } from '../adresse/adresse';
import { aujourdHui, finDuMois } from '../format/date';
import { ChampDate } from './champs';

const PARAMETRE = 'au';
const ATTENTE_MS = 400;

/** The day of which a page shows the figures: `au` in the address, today without it. */
export function dateReference(adresse: Adresse): Signal<string> {
  return computed(() => adresse.lire(PARAMETRE) || aujourdHui());
}

/** The as-of date of a page, typed or chosen; it is in the address. The page provides `Adresse`. */
@Component({
  selector: 'app-date-reference',
  imports: [ChampDate],
  template: `
    <app-champ-date i18n-libelle libelle="Situation au" [value]="au()" (valueChange)="attendre($event)" />
    <button type="button" [attr.aria-pressed]="!adresse.lire('au')" (click)="poser('')" i18n>Aujourd'hui</button>
    <button type="button" (click)="poser(finDuMoisDernier())" i18n>Fin du mois dernier</button>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
      align-items: center;
    }
    app-champ-date {
      width: 11rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DateReference {
  protected readonly adresse = inject(Adresse);
  protected readonly au = dateReference(this.adresse);
  private minuterie: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.minuterie));
  }

  protected finDuMoisDernier(): string {
    return finDuMois(aujourdHui(), -1);
  }

  /** A date that is being typed is not asked for yet. */
  protected attendre(iso: string): void {
    clearTimeout(this.minuterie);
    this.minuterie = setTimeout(() => this.poser(iso), ATTENTE_MS);
  }

  protected poser(iso: string): void {
    clearTimeout(this.minuterie);
    this.adresse.ecrire({ [PARAMETRE]: iso === aujourdHui() ? undefined : iso }, { nouvelleEntree: true });
  }
}
