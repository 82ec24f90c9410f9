import { ChangeDetectionStrategy, Component, ElementRef, input, model, signal, viewChild } from '@angular/core';

/** Why an operator does something: one line that must be there. */
@Component({
  selector: 'app-motif',
  template: `
    <p>
      <label
        ><ng-container i18n>Motif (obligatoire)</ng-container>
        <input
          #saisie
          type="text"
          name="motif"
          maxlength="200"
          autocomplete="off"
          required
          [value]="texte()"
          [attr.aria-invalid]="manque() || null"
          [attr.aria-describedby]="manque() ? 'motif-manque' : null"
          (input)="texte.set(saisie.value)"
      /></label>
      @if (note()) {
        <span class="discret">{{ note() }}</span>
      }
    </p>
    @if (manque()) {
      <p class="mal" role="alert" id="motif-manque"><span aria-hidden="true">✕</span> {{ reproche() }}</p>
    }
  `,
  styles: `
    label {
      display: grid;
      gap: 0.25rem;
      margin-bottom: 0.25rem;
    }
    input {
      width: 20rem;
      max-width: 100%;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChampMotif {
  readonly texte = model('');
  /** Where it is kept. */
  readonly note = input('');
  /** What is said when it is left out. */
  readonly reproche = input($localize`Dites pourquoi.`);
  protected readonly manque = signal(false);
  private readonly saisie = viewChild<ElementRef<HTMLInputElement>>('saisie');

  /** What was typed; empty where nothing was: then the field says so and takes the focus. */
  exiger(): string {
    const texte = this.texte().trim();
    this.manque.set(!texte);
    if (!texte) this.saisie()?.nativeElement.focus();
    return texte;
  }
}
