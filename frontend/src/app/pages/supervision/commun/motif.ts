import { ChangeDetectionStrategy, Component, ElementRef, signal, viewChild } from '@angular/core';

/** Why an operator does something to an instance: one line that must be there, and where the registry keeps it. */
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
      <span class="discret" i18n>Le registre le garde dans son journal et le montre parmi les actes des opérateurs.</span>
    </p>
    @if (manque()) {
      <p class="mal" role="alert" id="motif-manque" i18n><span aria-hidden="true">✕</span> Dites pourquoi.</p>
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
  protected readonly texte = signal('');
  protected readonly manque = signal(false);
  private readonly saisie = viewChild<ElementRef<HTMLInputElement>>('saisie');

  /** What was typed, ready for an address; empty where nothing was: then the field says so and takes the focus. */
  exiger(): string {
    const texte = this.texte().trim();
    this.manque.set(!texte);
    if (!texte) this.saisie()?.nativeElement.focus();
    return texte && `motif=${encodeURIComponent(texte)}`;
  }
}
