import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ExecutionVue } from '../../api';
import { Probleme, ProblemeError } from '../data';
import { avancement, lienDe, STATUTS, titreDe, tourne } from './avancement';
import { Travaux } from './travaux';

/** The bar of one job: how much is done, of what. */
@Component({
  selector: 'app-avancement',
  template: `
    <progress max="100" [value]="etat().pourCent" [attr.aria-label]="titre()"></progress>
    <span class="nombre">{{ etat().pourCent }}&nbsp;%</span>
    <span class="discret">
      {{ etat().etape }}
      @if (etat().attendu; as attendu) {
        <ng-container i18n>{{ etat().fait }} sur {{ attendu }}</ng-container>
      }
    </span>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 0.25rem 0.6rem;
      align-items: center;
    }
    progress {
      flex: 1;
      min-width: 8rem;
      accent-color: var(--accent);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BarreDAvancement {
  readonly execution = input.required<ExecutionVue>();
  protected readonly etat = computed(() => avancement(this.execution()));
  protected readonly titre = computed(() => titreDe(this.execution()));
}

/** The tray of jobs in the header: shown once there is one, on every page. */
@Component({
  selector: 'app-tiroir-travaux',
  imports: [RouterLink, BarreDAvancement],
  templateUrl: './tiroir.html',
  styleUrl: './tiroir.scss',
  host: { '(keydown.escape)': 'fermer()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TiroirTravaux {
  protected readonly travaux = inject(Travaux);
  protected readonly statuts = STATUTS;
  protected readonly titre = titreDe;
  protected readonly lien = lienDe;
  protected readonly tourne = tourne;
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  private readonly tiroir = viewChild<ElementRef<HTMLDetailsElement>>('tiroir');
  protected readonly moyenne = computed(() => {
    const enCours = this.travaux.enCours();
    return enCours.reduce((somme, execution) => somme + avancement(execution).pourCent, 0) / Math.max(enCours.length, 1);
  });

  protected fermer(): void {
    const tiroir = this.tiroir()?.nativeElement;
    if (tiroir) tiroir.open = false;
  }

  protected async arreter(id: string): Promise<void> {
    this.probleme.set(undefined);
    try {
      await this.travaux.arreter(id);
    } catch (erreur) {
      if (!(erreur instanceof ProblemeError)) throw erreur;
      this.probleme.set(erreur.probleme);
    }
  }
}
