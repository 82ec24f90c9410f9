import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Probleme } from '../data';
import { formaterHeure } from '../format/date';
import { Annonces } from './annonces';

/** Why something could not be done, with its trace and a way to try again. */
@Component({
  selector: 'app-probleme',
  template: `
    @if (probleme(); as p) {
      <div class="probleme" role="alert">
        <p>
          <strong><span aria-hidden="true">✕</span> {{ p.titre }}</strong>
          @if (p.detail) {
            <span> {{ p.detail }}</span>
          }
        </p>
        @if (p.erreurs.length) {
          <ul>
            @for (erreur of p.erreurs; track $index) {
              <li>
                {{ erreur.detail }} <code>{{ erreur.code }}</code>
              </li>
            }
          </ul>
        }
        <p class="actions">
          @if (reessayable()) {
            <button type="button" (click)="reessayer.emit()" i18n>Réessayer</button>
          }
          @if (p.attendreS) {
            <span i18n>Nouvel essai possible dans {{ p.attendreS }} s.</span>
          }
          @if (p.trace) {
            <span class="discret" i18n>Trace {{ p.trace }}</span>
            <button type="button" (click)="copier(p.trace)" i18n>Copier la trace</button>
          }
        </p>
      </div>
    }
  `,
  styles: `
    .probleme {
      border: 1px solid var(--mal);
      border-left-width: 4px;
      padding: 0.5rem 0.75rem;
      margin: 0.5rem 0;
      background: var(--fond-2);
    }
    p {
      margin: 0 0 0.25rem;
    }
    strong {
      color: var(--mal);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AfficheProbleme {
  readonly probleme = input<Probleme>();
  readonly reessayable = input(true);
  readonly reessayer = output<void>();
  private readonly annonces = inject(Annonces);

  protected copier(trace: string): void {
    void navigator.clipboard.writeText(trace).then(() => this.annonces.dire($localize`Trace copiée`));
  }
}

/** Nothing to show: first use (what to do), nothing found (which filters), nothing to do (good news). */
@Component({
  selector: 'app-vide',
  template: `
    <div class="vide">
      <p class="titre">{{ titre() }}</p>
      <p class="discret"><ng-content /></p>
      @if (action()) {
        <p>
          <button type="button" (click)="agir.emit()">{{ action() }}</button>
        </p>
      }
    </div>
  `,
  styles: `
    .vide {
      padding: 2rem 1rem;
      text-align: center;
    }
    .titre {
      font-size: 1.1rem;
      margin: 0 0 0.25rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Vide {
  readonly titre = input.required<string>();
  readonly action = input('');
  readonly agir = output<void>();
}

/** Grey bars in the shape of what is coming, shown only when it takes longer than 150 ms. */
@Component({
  selector: 'app-squelette',
  template: `
    <div role="status" class="lu" i18n>Lecture en cours</div>
    @for (rang of rangs(); track rang) {
      <div class="rang" aria-hidden="true"></div>
    }
  `,
  styles: `
    :host {
      display: block;
      animation: parait 0s 150ms both;
    }
    @keyframes parait {
      from {
        visibility: hidden;
      }
      to {
        visibility: visible;
      }
    }
    .rang {
      height: calc(var(--rang) - 8px);
      margin: 4px 0;
      background: var(--fond-3);
      border-radius: 3px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Squelette {
  readonly nombre = input(8);
  protected readonly rangs = computed(() => Array.from({ length: this.nombre() }, (_, i) => i));
}

/** What is shown is of then, because its service is out now. */
@Component({
  selector: 'app-age',
  template: `
    @if (lueLe(); as le) {
      <p class="attention" role="status" i18n><span aria-hidden="true">◷</span> Chiffres de {{ heure(le) }} : le service ne répond pas.</p>
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Age {
  readonly lueLe = input<Date>();
  protected readonly heure = formaterHeure;
}
