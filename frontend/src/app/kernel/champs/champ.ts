import { computed, Directive, ElementRef, input, model, output, viewChild } from '@angular/core';
import { FormValueControl, ParseResult, transformedValue, ValidationError } from '@angular/forms/signals';

let numeros = 0;

/** What all fields of text share: label, help, errors under the field once it was left, the text shaped on leaving only. */
@Directive()
export abstract class Champ<T> implements FormValueControl<T> {
  readonly value = model.required<T>();
  readonly libelle = input.required<string>();
  readonly aide = input('');
  /** The on-screen keyboard, where the field's own does not do. */
  readonly clavier = input<'' | 'email' | 'tel' | 'numeric'>('');
  readonly errors = input<readonly ValidationError.WithOptionalFieldTree[]>([]);
  readonly disabled = input(false);
  readonly readonly = input(false);
  readonly required = input(false);
  readonly touched = input(false);
  readonly invalid = input(false);
  readonly pending = input(false);
  readonly touch = output<void>();

  protected readonly id = `champ-${++numeros}`;
  protected readonly mode: 'text' | 'decimal' | 'numeric' = 'text';
  protected readonly completion: string = 'off';
  protected readonly brut = transformedValue(this.valeurs(), {
    parse: (texte: string): ParseResult<T> => this.analyser(texte),
    format: (valeur: T): string => this.formater(valeur),
  });
  protected readonly messages = computed(() => (this.touched() ? this.errors().map((erreur) => erreur.message ?? '') : []));
  private readonly saisie = viewChild<ElementRef<HTMLInputElement>>('saisie');

  /** The value of what was typed, or why it is none. */
  protected abstract analyser(texte: string): ParseResult<T>;

  /** The text of a value. */
  protected abstract formater(valeur: T): string;

  focus(options?: FocusOptions): void {
    this.saisie()?.nativeElement.focus(options);
  }

  protected quitter(): void {
    if (!this.brut.parseErrors().length) this.brut.set(this.formater(this.value()));
    this.touch.emit();
  }

  private valeurs(): typeof this.value {
    return this.value;
  }
}
