import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { ParseResult } from '@angular/forms/signals';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { aujourdHui, formaterDate, lireDate } from '../format/date';
import { formaterDecimal, lireDecimal, lireMontant, montantSaisissable } from '../format/montant';
import { Champ } from './champ';

const IMPORTS = [MatFormFieldModule, MatInputModule];

/** A line of text; trimmed on leaving. */
@Component({
  selector: 'app-champ-texte',
  imports: IMPORTS,
  templateUrl: './champ.html',
  styleUrl: './champ.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChampTexte extends Champ<string> {
  protected override analyser(texte: string): ParseResult<string> {
    return { value: texte };
  }

  protected override formater(valeur: string): string {
    return valeur;
  }

  protected override quitter(): void {
    this.brut.set(this.value().trim());
    super.quitter();
  }
}

/** An amount in cents, null when empty; comma and keypad dot, pasted spaces and signs. */
@Component({
  selector: 'app-champ-montant',
  imports: IMPORTS,
  templateUrl: './champ.html',
  styleUrl: './champ.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChampMontant extends Champ<number | null> {
  protected override readonly mode = 'decimal';

  protected override analyser(texte: string): ParseResult<number | null> {
    if (!texte.trim()) return { value: null };
    const centimes = lireMontant(texte);
    return centimes === undefined
      ? { error: { kind: 'montant', message: $localize`Montant illisible : par exemple 1 234,56.` } }
      : { value: centimes };
  }

  protected override formater(valeur: number | null): string {
    return valeur === null ? '' : montantSaisissable(valeur);
  }
}

/** A decimal number as the API writes it (`"2.5"`), empty text when empty. */
@Component({
  selector: 'app-champ-decimal',
  imports: IMPORTS,
  templateUrl: './champ.html',
  styleUrl: './champ.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChampDecimal extends Champ<string> {
  readonly decimales = input(2);
  protected override readonly mode = 'decimal';

  protected override analyser(texte: string): ParseResult<string> {
    if (!texte.trim()) return { value: '' };
    const lu = lireDecimal(texte, this.decimales());
    return lu === undefined
      ? { error: { kind: 'decimal', message: $localize`Nombre illisible, ou plus de ${this.decimales()} décimales.` } }
      : { value: lu };
  }

  protected override formater(valeur: string): string {
    return formaterDecimal(valeur);
  }
}

/** A day as ISO text, empty when empty: `15`, `1512`, `151226`, `15/12/2026`, `+30`, `.`. */
@Component({
  selector: 'app-champ-date',
  imports: IMPORTS,
  templateUrl: './champ.html',
  styleUrl: './champ.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChampDate extends Champ<string> {
  /** The day `+30` counts from, today unless given. */
  readonly reference = input('');
  protected override readonly mode = 'numeric';

  protected override analyser(texte: string): ParseResult<string> {
    if (!texte.trim()) return { value: '' };
    const iso = lireDate(texte, this.reference() || aujourdHui());
    return iso === undefined
      ? { error: { kind: 'date', message: $localize`Date illisible : 15, 1512, 15/12/2026 ou +30, par exemple.` } }
      : { value: iso };
  }

  protected override formater(valeur: string): string {
    return valeur ? formaterDate(valeur) : '';
  }
}
