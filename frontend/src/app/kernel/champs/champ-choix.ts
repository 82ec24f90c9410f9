import { ChangeDetectionStrategy, Component, computed, ElementRef, input, model, output, viewChild } from '@angular/core';
import { FormValueControl, ValidationError } from '@angular/forms/signals';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';

/** Something that may be chosen. */
export interface Choisissable {
  readonly valeur: string;
  readonly libelle: string;
}

let numeros = 0;

/** One of a few things, in the browser's own list; empty while nothing is chosen, when `vide` says how that is called. */
@Component({
  selector: 'app-champ-choix',
  imports: [MatFormFieldModule, MatInputModule],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic" [class.mat-form-field-invalid]="messages().length > 0">
      <mat-label>{{ libelle() }}</mat-label>
      <select
        #liste
        matNativeControl
        [id]="id"
        [disabled]="disabled()"
        [required]="required()"
        [attr.aria-invalid]="messages().length > 0"
        [attr.aria-describedby]="id + '-dit'"
        (change)="value.set(liste.value)"
        (blur)="touch.emit()"
      >
        @if (vide() || !connu()) {
          <option [value]="connu() ? '' : value()" [selected]="!value() || !connu()">{{ connu() ? vide() : value() }}</option>
        }
        @for (un of choix(); track un.valeur) {
          <option [value]="un.valeur" [selected]="un.valeur === value()">{{ un.libelle }}</option>
        }
      </select>
    </mat-form-field>
    <div class="dit" [id]="id + '-dit'">
      @for (message of messages(); track message) {
        <p class="mal"><span aria-hidden="true">✕</span> {{ message }}</p>
      } @empty {
        @if (aide()) {
          <p class="discret">{{ aide() }}</p>
        }
      }
    </div>
  `,
  styleUrl: './champ.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChampChoix implements FormValueControl<string> {
  readonly value = model('');
  readonly libelle = input.required<string>();
  readonly choix = input.required<readonly Choisissable[]>();
  readonly vide = input('');
  readonly aide = input('');
  readonly errors = input<readonly ValidationError.WithOptionalFieldTree[]>([]);
  readonly disabled = input(false);
  readonly required = input(false);
  readonly touched = input(false);
  readonly touch = output<void>();

  protected readonly id = `choix-${++numeros}`;
  /** The present value is one of those offered (or none); another one is kept and shown as it is. */
  protected readonly connu = computed(() => !this.value() || this.choix().some(({ valeur }) => valeur === this.value()));
  protected readonly messages = computed(() => (this.touched() ? this.errors().map((erreur) => erreur.message ?? '') : []));
  private readonly liste = viewChild.required<ElementRef<HTMLSelectElement>>('liste');

  focus(options?: FocusOptions): void {
    this.liste().nativeElement.focus(options);
  }
}
